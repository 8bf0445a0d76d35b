import { errorName } from '../domain/error-name.ts';
import type { SlackUserId } from '../domain/ids.ts';
import type { OrderChoice, OrderForm } from '../domain/order/order-form.ts';
import { editingOf, type FieldTurns, type OrderMemory } from '../domain/order/order-memory.ts';
import { type FilledForm, fillOrderForm } from '../services/order/fill-order-form.ts';
import { notShownText, sentence } from '../views/notices.ts';
import { orderEquipmentTitle } from '../views/order-equipment/order-equipment.ts';
import { cannotOrderModal, peopleLoadingModal } from '../views/order-equipment/order-equipment-notices.ts';
import { slackFailureText } from '../views/slack-failure-text.ts';
import type { HandlerDeps, Tenant } from './deps.ts';
import { drawingInto, ModalNotDrawn, type OpenModal } from './draw-modal.ts';
import { onceThereArePeople } from './once-there-are-people.ts';
import { presentOrderForm } from './present-order-form.ts';

export interface OrderModalWanted {
  readonly slackUserId: SlackUserId;
  /** Null: a new form. */
  readonly choice: OrderChoice | null;
  readonly memory: Omit<OrderMemory, 'choice' | 'turns'>;
  readonly turnsFor?: (choice: OrderChoice) => FieldTurns;
  readonly problem?: OrderForm['problem'];
}

/** Draws **Order equipment** into an open modal: the form, then its price, or the sentence that says why not. */
export async function fillOrderModal(
  deps: HandlerDeps,
  tenant: Tenant,
  modal: OpenModal,
  wanted: OrderModalWanted,
): Promise<void> {
  const { slackUserId, choice, memory, turnsFor = () => ({}), problem = null } = wanted;
  const draw = drawingInto(tenant, modal);
  const fill = () =>
    fillOrderForm(tenant.context, slackUserId, {
      choice,
      words: memory.carry.words,
      editing: editingOf(memory.purpose),
      problem,
    });
  try {
    if (modal.isForm && !(await tenant.context.store.claimTurn(modal.viewId, modal.turn))) return;
    const say = () => draw(peopleLoadingModal(orderEquipmentTitle));
    const filled = await onceThereArePeople(tenant, { look: fill, isTooEarly: waitsForPeople, say });
    if (filled !== null) await presentOrderForm(filled, { tenant, draw, memory, turnsFor });
  } catch (error) {
    deps.log.error('Order equipment could not be filled', {
      error: errorName(error),
      slack: error instanceof ModalNotDrawn ? error.kind : null,
    });
    await apologise(tenant, modal, slackUserId, error);
  }
}

const waitsForPeople = (filled: FilledForm): boolean =>
  filled.kind === 'no_match' && filled.why.kind === 'people_loading';

async function apologise(
  { slack }: Tenant,
  { viewId, isForm }: OpenModal,
  slackUserId: SlackUserId,
  error: unknown,
): Promise<void> {
  if (error instanceof ModalNotDrawn) {
    await slack.post(slackUserId, sentence(slackFailureText({ kind: error.kind })));
    return;
  }
  // What was filled in already stays: the sentence goes beside the form and not in its place.
  if (isForm) await slack.post(slackUserId, sentence(notShownText));
  else await slack.updateModal(viewId, cannotOrderModal(notShownText));
}
