import { type CartMemory, emptyCartMemory } from '../domain/cart/cart-memory.ts';
import { seenText } from '../domain/cart/seen-cart.ts';
import type { SlackFailure } from '../domain/failures/slack-failure.ts';
import type { SlackUserId, SlackViewId } from '../domain/ids.ts';
import { noCarry, turnsOfNewForm } from '../domain/order/order-memory.ts';
import type { ModalView } from '../domain/surfaces.ts';
import type { ModalCarry } from '../domain/work.ts';
import type { Accepted } from '../services/cart/accept-cart-work.ts';
import type { CartOutcome, ShownOutcome } from '../services/cart/cart-outcome.ts';
import { openCart } from '../services/cart/open-cart.ts';
import type { ServiceContext } from '../services/context.ts';
import { done, type JobOutcome, later } from '../services/under-lease.ts';
import {
  afterClosingText,
  cartNewsText,
  cartNotShownText,
  cartTroubleText,
  existingCartText,
  formProblem,
} from '../views/cart/cart-trouble-text.ts';
import { waitingModal } from '../views/cart/cart-waiting.ts';
import { yourCartModal, yourCartTitle } from '../views/cart/your-cart.ts';
import { cartMemoryText, readCartMemory } from '../views/cart/your-cart-metadata.ts';
import { pageOfProblem } from '../views/cart/your-cart-rows.ts';
import { noticeModal, sentence } from '../views/notices.ts';
import { orderMemoryText } from '../views/order-equipment/order-equipment-metadata.ts';
import { peopleLoadingModal } from '../views/order-equipment/order-equipment-notices.ts';
import { lockedModal, pricedOrderModal } from './order-form.ts';
import { onceThereArePeople, type Workspace } from './workspace.ts';

type Screen = Extract<ShownOutcome, { kind: 'screen' }>;
type Form = Extract<ShownOutcome, { kind: 'form' }>;

/** For whom, and what the fields held: the two modals hand it to each other. */
export interface CartReader {
  readonly slackUserId: SlackUserId;
  readonly carry: ModalCarry;
  readonly page?: number;
}

/** Null: the metadata is not ours, was changed, or belongs to a release that is gone. */
export function cartMemoryOf({ context }: Workspace, view: { readonly private_metadata: string }): CartMemory | null {
  return readCartMemory(context.seal.open('modal', view.private_metadata));
}

/** **Your cart** as it is now, into an open modal. */
export async function showCart(workspace: Workspace, viewId: SlackViewId, reader: CartReader): Promise<void> {
  const { context } = workspace;
  const outcome = await onceThereArePeople(workspace, {
    look: () => openCart(context, reader.slackUserId, reader.carry),
    isTooEarly: waitsForPeople,
    say: () => showIn(workspace, viewId, peopleLoadingModal(yourCartTitle)),
  });
  if (outcome !== null) await showIn(workspace, viewId, await cartModal(context, outcome, reader));
}

const waitsForPeople = (outcome: ShownOutcome): boolean =>
  outcome.kind === 'sentence' &&
  outcome.trouble.kind === 'not_matched' &&
  outcome.trouble.match.kind === 'people_loading';

/** A modal that was closed needs nothing more; anything else that Slack refuses must not pass in silence. */
export async function showIn({ context, slack }: Workspace, viewId: SlackViewId, view: ModalView): Promise<boolean> {
  const shown = await slack.updateModal(viewId, view);
  if (shown.ok || shown.failure.kind === 'gone') return shown.ok;
  context.log.warn('a modal of the cart was not shown', { failure: shown.failure.kind });
  await slack.updateModal(viewId, noticeModal(yourCartTitle, cartNotShownText));
  return false;
}

/** Why nothing was recorded: the request that has the cart locked, or that ordering pauses. */
export function notAcceptedModal(
  { context }: Workspace,
  accepted: Exclude<Accepted, { kind: 'accepted' }>,
  carry: ModalCarry,
): ModalView {
  return accepted.kind === 'locked'
    ? lockedModal(context, accepted.request, carry)
    : noticeModal(yourCartTitle, cartTroubleText({ kind: 'paused' }));
}

interface Waiting extends CartReader {
  readonly viewId: SlackViewId | null;
  /** Of the modal while it goes on by itself. */
  readonly title: string;
}

/** Into the modal that waits; where it was closed meanwhile, as a message. Nobody is left without a sentence. */
export async function showCartOutcome(
  { context, slack }: Workspace,
  outcome: CartOutcome,
  waiting: Waiting,
): Promise<JobOutcome> {
  const { viewId, title, slackUserId } = waiting;
  if (outcome.kind === 'later') {
    // A closed modal is no news yet: there will be an outcome to tell.
    if (outcome.why !== null && viewId !== null) await slack.updateModal(viewId, waitingModal(title, outcome.why));
    return later(outcome.afterMs);
  }
  if (viewId !== null) {
    const shown = await slack.updateModal(viewId, await cartModal(context, outcome, waiting));
    if (shown.ok) return done;
    const again = showAgain(shown.failure);
    if (again !== null) return again;
    if (shown.failure.kind !== 'gone')
      context.log.error('a modal of the cart was not shown', { failure: shown.failure.kind });
  }
  const told = await slack.post(slackUserId, sentence(cartOutcomeText(outcome)));
  if (told.ok) return done;
  const again = showAgain(told.failure);
  if (again === null) context.log.warn('what became of a cart could not be told', { failure: told.failure.kind });
  return again ?? done;
}

const SLACK_AGAIN_MS = 2_000;

/** The same job again is harmless: the change finds itself carried out. Null: Slack would say the same again. */
function showAgain(failure: SlackFailure): JobOutcome | null {
  if (failure.kind === 'rate_limited') return later(failure.retryAfterMs);
  return failure.kind === 'unavailable' ? later(SLACK_AGAIN_MS) : null;
}

/** What takes the place of the modal that waits. */
export async function cartModal(
  context: ServiceContext,
  outcome: ShownOutcome,
  reader: CartReader,
): Promise<ModalView> {
  switch (outcome.kind) {
    case 'screen':
      return screenModal(context, outcome, reader);
    case 'form':
      return refusedForm(context, outcome, reader);
    case 'sentence':
      return noticeModal(yourCartTitle, cartTroubleText(outcome.trouble));
    default:
      return outcome satisfies never;
  }
}

function screenModal(context: ServiceContext, outcome: Screen, { carry, page = 0 }: CartReader): ModalView {
  const { screen, trouble } = outcome;
  const sign = (memory: CartMemory) => context.seal.sign('modal', cartMemoryText(memory));
  switch (screen.kind) {
    case 'locked':
      return lockedModal(context, screen.request, carry, textOf(outcome));
    case 'exists': {
      // Approver and note stand beside it, once: both together would not fit.
      const order = orderMemoryText({ choice: screen.choice, purpose: { kind: 'add' }, turns: {}, carry: noCarry });
      const existing = { fleetOrderId: screen.fleetOrderId, order };
      return yourCartModal(screen, sign({ ...emptyCartMemory, carry, existing }));
    }
    case 'cart': {
      const row = trouble !== null && 'row' in trouble ? trouble.row : null;
      const problem = trouble === null ? null : { row, text: cartTroubleText(trouble) };
      const shown = { ...screen, problem, news: newsOf(outcome) };
      const shownPage = pageOfProblem(shown) ?? page;
      const memory = {
        ...emptyCartMemory,
        carry: { ...carry, approver: screen.approver, note: screen.note },
        approverName: screen.approverName,
        seen: context.seal.digest(seenText(screen)),
        page: shownPage,
      };
      return yourCartModal(shown, sign(memory), shownPage);
    }
    default:
      return screen satisfies never;
  }
}

/** The form comes back with its values and the message above the field that it is about. */
async function refusedForm(
  context: ServiceContext,
  { choice, purpose, trouble }: Form,
  { slackUserId, carry }: CartReader,
): Promise<ModalView> {
  const form = await pricedOrderModal(context, {
    slackUserId,
    choice,
    memory: { purpose, carry },
    turnsFor: () => turnsOfNewForm(context.newId().slice(0, 6)),
    problem: formProblem(trouble),
  });
  // Something else stands in the way by now: what went wrong is still told first.
  return form ?? noticeModal(yourCartTitle, cartTroubleText(trouble));
}

/** The same without a modal: one sentence, mrkdwn. */
function cartOutcomeText(outcome: ShownOutcome): string {
  if (outcome.kind !== 'screen') return afterClosingText(cartTroubleText(outcome.trouble));
  return outcome.screen.kind === 'exists' ? existingCartText : afterClosingText(textOf(outcome));
}

function textOf(outcome: Screen): string {
  return outcome.trouble === null ? (newsOf(outcome) ?? '') : cartTroubleText(outcome.trouble);
}

function newsOf({ news, repriced }: Screen): string | null {
  return news === null ? null : cartNewsText(news, repriced);
}
