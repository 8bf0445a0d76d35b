import { type CartMemory, emptyCartMemory } from '../domain/cart/cart.ts';
import type { SlackFailure } from '../domain/failures/failure.ts';
import type { SlackUserId, SlackViewId } from '../domain/ids.ts';
import { generationsOfNewForm, type ModalCarry, noCarry } from '../domain/order-form/choice.ts';
import { fingerprintText } from '../domain/screens.ts';
import type { ModalView } from '../domain/surfaces.ts';
import { cartWithAccepted, type NotAccepted } from '../services/cart/accept.ts';
import { openReconciledCart } from '../services/cart/open.ts';
import { type CartInFull, screenOutcome } from '../services/cart/outcome.ts';
import type { CartOutcome, ChangeWork, SendWork, ShownOutcome } from '../services/cart/session.ts';
import { type JobOutcome, jobDone, retryAfter, type ServiceContext } from '../services/context.ts';
import { cartMemoryText, cartNewsText, readCartMemory, yourCartModal, yourCartTitle } from '../views/cart/modal.ts';
import { pageOfProblem } from '../views/cart/rows.ts';
import { waitingModal, waitingTexts } from '../views/cart/states.ts';
import { afterClosingText, cartNotShownText, cartTroubleText, existingCartText } from '../views/cart/trouble.ts';
import { callbacks } from '../views/ids.ts';
import { noticeModal, sentence } from '../views/notices.ts';
import { peopleLoadingModal } from '../views/order-form/details.ts';
import { orderMemoryText } from '../views/order-form/read.ts';
import { lockedModal, pricedOrderModal } from './order-form.ts';
import { type Workspace, waitForPeople } from './workspace.ts';

type Screen = Extract<ShownOutcome, { kind: 'screen' }>;
type Form = Extract<ShownOutcome, { kind: 'form' }>;

/** Who looks at the cart, and what its fields held: the two modals pass it to each other. */
interface CartReader {
  readonly slackUserId: SlackUserId;
  readonly carry: ModalCarry;
  readonly page?: number;
  /** Of the modal that was pressed. What a job has drawn since is newer than a cart that still waits for it. */
  readonly hash?: string;
}

/** Null: the metadata is not ours for this person, was tampered with, or is from a release that is gone. */
export function cartMemoryOf(
  { context }: Workspace,
  slackUserId: SlackUserId,
  view: { readonly private_metadata: string },
): CartMemory | null {
  return readCartMemory(
    context.seal.openModal(
      { workspaceId: context.workspaceId, slackUserId, view: callbacks.yourCart },
      view.private_metadata,
    ),
  );
}

/** Draws the current **Your cart** into an open modal. */
export async function showCart(workspace: Workspace, viewId: SlackViewId, reader: CartReader): Promise<void> {
  const { context } = workspace;
  const outcome = await waitForPeople(workspace, {
    look: () => openReconciledCart(context, reader.slackUserId, reader.carry),
    isTooEarly: waitsForPeople,
    showWaiting: () => showIn(workspace, viewId, peopleLoadingModal(yourCartTitle)),
  });
  if (outcome === null) return;
  const isPending = outcome.kind === 'screen' && outcome.screen.kind === 'cart' && outcome.screen.pending !== null;
  const view = await cartModal(context, outcome, reader);
  await showIn(workspace, viewId, view, isPending ? reader.hash : undefined);
}

const waitsForPeople = (outcome: ShownOutcome): boolean =>
  outcome.kind === 'sentence' &&
  outcome.trouble.kind === 'not_matched' &&
  outcome.trouble.match.kind === 'people_loading';

/** A closed modal needs nothing more; any other refusal by Slack must not pass silently. */
export async function showIn(
  { context, slack }: Workspace,
  viewId: SlackViewId,
  view: ModalView,
  hash?: string,
): Promise<boolean> {
  const shown = await slack.updateModal(viewId, view, hash);
  if (shown.ok || shown.failure.kind === 'gone' || shown.failure.kind === 'stale_view') return shown.ok;
  context.log.warn('a modal of the cart was not shown', { failure: shown.failure.kind });
  await slack.updateModal(viewId, noticeModal(yourCartTitle, cartNotShownText));
  return false;
}

/** Why nothing was recorded: a request has locked the cart, or ordering is paused. */
export function notAcceptedModal({ context }: Workspace, accepted: NotAccepted, reader: CartReader): ModalView {
  return accepted.kind === 'locked'
    ? lockedModal(context, accepted.request, reader)
    : noticeModal(yourCartTitle, cartTroubleText({ kind: 'paused' }));
}

/** **Your cart** with what was accepted, marked until Fleet has it. `said`: plain words above it. */
export function pendingCartModal(
  { context }: Pick<Workspace, 'context'>,
  cart: CartInFull,
  reader: CartReader,
  said: string | null = null,
): ModalView {
  return screenModal(context, screenOutcome(cart), reader, said);
}

interface Waiting extends CartReader {
  readonly kind: (ChangeWork | SendWork)['kind'];
  readonly viewId: SlackViewId | null;
  readonly generation?: string;
  readonly acknowledgedAt?: number;
  /** The modal's title while we keep retrying. */
  readonly title: string;
}

/** Slack takes a moment to show an acknowledgement's view, which would replace what we draw before. */
const ACKNOWLEDGED_WITHIN_MS = 300;

/** Shows the outcome in the waiting modal, or sends it as a message if that was closed or shows something else. */
export async function showCartOutcome(
  { context, slack }: Workspace,
  outcome: CartOutcome,
  waiting: Waiting,
): Promise<JobOutcome> {
  const { viewId, slackUserId, acknowledgedAt = 0 } = waiting;
  if (outcome.kind === 'later') {
    // If the modal was closed, they are told once there is an outcome.
    if (outcome.why !== null && viewId !== null && (await isStillShown(context, waiting)))
      await slack.updateModal(viewId, await retryingModal(context, outcome.why, waiting));
    return retryAfter(outcome.afterMs);
  }
  const earlyMs = acknowledgedAt + ACKNOWLEDGED_WITHIN_MS - context.now();
  if (earlyMs > 0) await context.sleep(Math.min(earlyMs, ACKNOWLEDGED_WITHIN_MS));
  const isCart = outcome.kind === 'screen' && outcome.screen.kind === 'cart' && outcome.trouble === null;
  const isShown = (await isStillShown(context, waiting)) || (isCart && (await showsCartAgain(context, waiting)));
  // They work on something else in that modal, and the cart will show it.
  if (!isShown && isCart) return jobDone;
  if (viewId !== null && isShown) {
    const shown = await slack.updateModal(viewId, await cartModal(context, outcome, waiting));
    if (shown.ok) {
      // The outcome of another change must not replace a form that came back, or what they have to read.
      if (!isCart) await context.store.claimNextGeneration(viewId, TOLD).catch(() => undefined);
      return jobDone;
    }
    const again = retryFor(shown.failure);
    if (again !== null) return again;
    if (shown.failure.kind !== 'gone')
      context.log.error('a modal of the cart was not shown', { failure: shown.failure.kind });
  }
  const told = await slack.post(slackUserId, sentence(cartOutcomeText(outcome)));
  if (told.ok) return jobDone;
  const again = retryFor(told.failure);
  if (again === null) context.log.warn('what became of a cart could not be told', { failure: told.failure.kind });
  return again ?? jobDone;
}

/** False: a later action has put something else there. */
async function isStillShown({ store }: ServiceContext, { viewId, generation }: Waiting): Promise<boolean> {
  return viewId === null || generation === undefined || store.isCurrentGeneration(viewId, generation);
}

/** Another change was submitted in it since, and is marked. */
async function showsCartAgain({ store }: ServiceContext, { viewId }: Waiting): Promise<boolean> {
  const last = viewId === null ? null : await store.lastSubmission(viewId);
  return last !== null && last !== TOLD;
}

/** Never part of a change's id. */
const TOLD = 'told';

async function retryingModal(
  context: ServiceContext,
  why: keyof typeof waitingTexts,
  waiting: Waiting,
): Promise<ModalView> {
  const { kind, slackUserId, carry, title } = waiting;
  const cart = kind === 'change_cart' ? await cartWithAccepted(context, slackUserId, carry) : null;
  return cart === null ? waitingModal(title, why) : pendingCartModal({ context }, cart, waiting, waitingTexts[why]);
}

const SLACK_AGAIN_MS = 2_000;

/** Running the job again is harmless: the change is already applied. Null: Slack would refuse again. */
function retryFor(failure: SlackFailure): JobOutcome | null {
  if (failure.kind === 'rate_limited') return retryAfter(failure.retryAfterMs);
  return failure.kind === 'unavailable' ? retryAfter(SLACK_AGAIN_MS) : null;
}

/** Replaces the waiting modal. */
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
  }
}

function screenModal(
  context: ServiceContext,
  outcome: Screen,
  reader: CartReader,
  said: string | null = null,
): ModalView {
  const { slackUserId, carry, page = 0 } = reader;
  const { screen, trouble } = outcome;
  const of = { workspaceId: context.workspaceId, slackUserId, view: callbacks.yourCart };
  const sign = (memory: CartMemory) => context.seal.signModal(of, cartMemoryText(memory));
  switch (screen.kind) {
    case 'locked':
      return lockedModal(context, screen.request, reader, textOf(outcome));
    case 'exists': {
      // Approver and note are kept once, in the cart's own memory: twice would not fit.
      const order = orderMemoryText({ choice: screen.choice, purpose: { kind: 'add' }, turns: {}, carry: noCarry });
      const existing = { fleetOrderId: screen.fleetOrderId, order };
      return yourCartModal(screen, sign({ ...emptyCartMemory, carry, existing }));
    }
    case 'cart': {
      const row = trouble !== null && 'row' in trouble ? trouble.row : null;
      const problem = trouble === null ? null : { row, text: cartTroubleText(trouble) };
      const shown = { ...screen, problem, news: newsOf(outcome) ?? said };
      const shownPage = pageOfProblem(shown) ?? page;
      const memory = {
        ...emptyCartMemory,
        carry: { ...carry, approver: screen.approver, note: screen.note },
        approverName: screen.approverName,
        // What isn't in Fleet yet can't be sent.
        seen: screen.pending === null ? context.seal.digest(fingerprintText(screen)) : '',
        page: shownPage,
      };
      return yourCartModal(shown, sign(memory), shownPage);
    }
  }
}

/** The form again, with its values and the message above the field that it is about. */
async function refusedForm(
  context: ServiceContext,
  { choice, purpose, trouble }: Form,
  { slackUserId, carry }: CartReader,
): Promise<ModalView> {
  const form = await pricedOrderModal(context, {
    slackUserId,
    choice,
    memory: { purpose, carry },
    generationsFor: () => generationsOfNewForm(context.newId().slice(0, 6)),
    trouble,
  });
  // Something else now prevents ordering; what went wrong is still told first.
  return form ?? noticeModal(yourCartTitle, cartTroubleText(trouble));
}

/** The outcome without a modal, in a sentence or two. mrkdwn. */
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
