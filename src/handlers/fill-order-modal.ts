import type { SlackUserId } from '../domain/ids.ts';
import type { OrderChoice, OrderForm } from '../domain/order/order-form.ts';
import { editingOf, type FieldTurns, type OrderMemory } from '../domain/order/order-memory.ts';
import { type FilledForm, fillOrderForm } from '../services/order/fill-order-form.ts';
import { notShownText, sentence } from '../views/notices.ts';
import { cannotOrderModal, peopleLoadingModal } from '../views/order-equipment/order-equipment-notices.ts';
import { slackFailureText } from '../views/slack-failure-text.ts';
import { after } from './after.ts';
import type { HandlerDeps, Tenant } from './deps.ts';
import { type Draw, drawingInto, ModalNotDrawn, type OpenModal } from './draw-modal.ts';
import { presentOrderForm } from './present-order-form.ts';

/** For a minute: most companies stand in less. */
const QUICK_LOOKS = 120;
const QUICK_LOOK_MS = 500;
/** For half an hour: 10,000 people take five minutes, and many of them may be waiting. */
const LOOKS = QUICK_LOOKS + 360;
const SLOW_LOOK_MS = 5_000;

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
    const filled = await onceThereArePeople(tenant, draw, fill);
    if (filled !== null) await presentOrderForm(filled, { tenant, draw, memory, turnsFor });
  } catch (error) {
    deps.log.error('Order equipment could not be filled', {
      error: error instanceof Error ? error.name : typeof error,
      slack: error instanceof ModalNotDrawn ? error.kind : null,
    });
    await apologise(tenant, modal, slackUserId, error);
  }
}

/** Nobody can be matched before the first pass over Fleet's people has ended: the modal says so and waits for it. */
async function onceThereArePeople(
  tenant: Tenant,
  draw: Draw,
  fill: () => Promise<FilledForm>,
): Promise<FilledForm | null> {
  let filled = await fill();
  if (!waitsForPeople(filled)) return filled;
  if (!(await draw(peopleLoadingModal()))) return null;
  for (let looks = 0; looks < LOOKS && waitsForPeople(filled); looks += 1) {
    const isQuick = looks < QUICK_LOOKS;
    await after(isQuick ? QUICK_LOOK_MS : SLOW_LOOK_MS);
    // The whole of it seldom: it also tells that Fleet stopped answering.
    if (!isQuick || (await tenant.context.store.directory.builtAt()) !== null) filled = await fill();
  }
  return filled;
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
