import { withTimeout } from '../domain/async.ts';
import { emptyCartMemory } from '../domain/cart/cart.ts';
import type { CartTrouble } from '../domain/cart/trouble.ts';
import { errorName } from '../domain/failures/failure.ts';
import type { SlackUserId } from '../domain/ids.ts';
import {
  editingOf,
  type FieldGenerations,
  type ModalCarry,
  noCarry,
  type OrderChoice,
  type OrderMemory,
} from '../domain/order-form/choice.ts';
import type { OrderForm } from '../domain/order-form/offer.ts';
import type { DeviceRequest } from '../domain/request/request.ts';
import type { ModalView } from '../domain/surfaces.ts';
import type { ServiceContext } from '../services/context.ts';
import { type FilledForm, fillOrderForm, type NoForm, type OfferedForm } from '../services/order-form/fill.ts';
import { cartMemoryText, yourCartModal } from '../views/cart/modal.ts';
import { lockedOrderText } from '../views/cart/states.ts';
import { cartTroubleText } from '../views/cart/trouble.ts';
import { callbacks } from '../views/ids.ts';
import { noticeModal, notShownText, sentence, slackFailureText } from '../views/notices.ts';
import { noCountryText, peopleLoadingModal } from '../views/order-form/details.ts';
import { signedOrderModal, withTroubleShown } from '../views/order-form/modal.ts';
import { orderEquipmentTitle, readOrderMemory } from '../views/order-form/read.ts';
import { noMatchText } from '../views/people/link.ts';
import { createDraw, type Draw, ModalNotDrawn, type OpenModal, type Workspace, waitForPeople } from './workspace.ts';

interface OrderModalWanted {
  readonly slackUserId: SlackUserId;
  /** Null: a new form. */
  readonly choice: OrderChoice | null;
  readonly memory: Omit<OrderMemory, 'choice' | 'turns'>;
  readonly generationsFor?: (form: OrderForm) => FieldGenerations;
  /** Why the form comes back. */
  readonly trouble?: CartTrouble | null;
}

/** Null: the metadata is not ours for this person, or of a release that is gone. */
export function orderMemoryOf(
  { context }: Pick<Workspace, 'context'>,
  slackUserId: SlackUserId,
  view: { readonly private_metadata: string } | undefined,
): OrderMemory | null {
  const of = { workspaceId: context.workspaceId, slackUserId, view: callbacks.orderEquipment };
  return readOrderMemory(context.seal.openModal(of, view?.private_metadata ?? ''));
}

/** A cached price comes with the form; the form does not wait for any other. */
const PRICE_GRACE_MS = 150;

/** Draws **Order equipment** into an open modal: the form and then its price, or why there is no form. */
export async function fillOrderModal(workspace: Workspace, modal: OpenModal, wanted: OrderModalWanted): Promise<void> {
  const { context } = workspace;
  const draw = createDraw(workspace, modal);
  try {
    const claiming = modal.isForm ? context.store.claimGeneration(modal.viewId, modal.generation) : true;
    const filled = await waitForPeople(workspace, {
      look: async () => {
        const [isNewest, form] = await Promise.all([claiming, fill(context, wanted)]);
        return isNewest ? form : null;
      },
      isTooEarly: waitsForPeople,
      showWaiting: () => draw(peopleLoadingModal(orderEquipmentTitle)),
    });
    if (filled?.kind === 'form') await drawForm(context, draw, filled, wanted);
    else if (filled !== null) await draw(noFormModal(context, filled, wanted));
  } catch (error) {
    context.log.error('Order equipment could not be filled', {
      error: errorName(error),
      slack: error instanceof ModalNotDrawn ? error.kind : null,
    });
    await apologise(workspace, modal, wanted.slackUserId, error);
  }
}

/** The form with its price, for a job, which draws only once. Null: there is no form. */
export async function pricedOrderModal(context: ServiceContext, wanted: OrderModalWanted): Promise<ModalView | null> {
  const filled = await fill(context, wanted);
  return filled.kind === 'form' ? formModal(context, await filled.priced(), wanted) : null;
}

/** The cart while a request locks it, with **Withdraw and edit**. `said`: mrkdwn above it. */
export function lockedModal(
  context: ServiceContext,
  request: DeviceRequest,
  { slackUserId, carry }: { readonly slackUserId: SlackUserId; readonly carry: ModalCarry },
  said = '',
): ModalView {
  const memory = cartMemoryText({ ...emptyCartMemory, carry, requestId: request.id });
  const isFromOtherAccount = request.requester.slackUserId !== slackUserId;
  const screen = { kind: 'locked', request, isFromOtherAccount } as const;
  return yourCartModal(
    screen,
    context.seal.signModal({ workspaceId: context.workspaceId, slackUserId, view: callbacks.yourCart }, memory),
    0,
    said,
  );
}

function fill(context: ServiceContext, { slackUserId, choice, memory }: OrderModalWanted) {
  const { carry, purpose } = memory;
  return fillOrderForm(context, slackUserId, { choice, words: carry.words, editing: editingOf(purpose) });
}

const waitsForPeople = (filled: FilledForm | null): boolean =>
  filled?.kind === 'no_match' && filled.why.kind === 'people_loading';

async function drawForm(
  context: ServiceContext,
  draw: Draw,
  filled: Extract<FilledForm, { kind: 'form' }>,
  wanted: OrderModalWanted,
): Promise<void> {
  const pricing = filled.priced();
  const soon = await withTimeout(context.sleep, PRICE_GRACE_MS, pricing);
  if (soon !== null) {
    await draw(formModal(context, soon, wanted));
    return;
  }
  const [isShown, priced] = await Promise.all([draw(formModal(context, filled, wanted)), pricing]);
  if (isShown) await draw(formModal(context, priced, wanted));
}

function formModal(
  context: ServiceContext,
  { form, trouble }: OfferedForm,
  { slackUserId, memory, generationsFor = () => ({}), trouble: told = null }: OrderModalWanted,
): ModalView {
  const memoryOfForm = { ...memory, turns: generationsFor(form) };
  const of = { workspaceId: context.workspaceId, slackUserId, view: callbacks.orderEquipment };
  return signedOrderModal(withTroubleShown(form, told, trouble), memoryOfForm, (text) =>
    context.seal.signModal(of, text),
  );
}

/** Why nothing can be ordered now. */
function noFormModal(context: ServiceContext, no: NoForm, { slackUserId }: OrderModalWanted): ModalView {
  switch (no.kind) {
    case 'no_match':
      return noticeModal(orderEquipmentTitle, noMatchText(no.why));
    case 'paused':
      return noticeModal(orderEquipmentTitle, cartTroubleText({ kind: 'paused' }));
    case 'no_country':
      return noticeModal(orderEquipmentTitle, noCountryText);
    case 'locked':
      return lockedModal(context, no.request, { slackUserId, carry: noCarry }, lockedOrderText(no.request));
  }
}

async function apologise(
  { slack }: Workspace,
  { viewId, isForm }: OpenModal,
  slackUserId: SlackUserId,
  error: unknown,
): Promise<void> {
  if (error instanceof ModalNotDrawn) {
    // Slack may refuse what the form says, but not a fixed notice: without it the window would load for ever.
    if (!isForm) await slack.updateModal(viewId, noticeModal(orderEquipmentTitle, notShownText));
    await slack.post(slackUserId, sentence(slackFailureText({ kind: error.kind })));
    return;
  }
  // Keep what was filled in: tell them beside the form instead of replacing it.
  if (isForm) await slack.post(slackUserId, sentence(notShownText));
  else await slack.updateModal(viewId, noticeModal(orderEquipmentTitle, notShownText));
}
