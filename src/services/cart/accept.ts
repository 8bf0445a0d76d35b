import { withTimeout } from '../../domain/async.ts';
import type { DraftCart } from '../../domain/cart/cart.ts';
import { notApplied } from '../../domain/cart/pending.ts';
import { CommitUnclear, StoreUnavailable } from '../../domain/failures/failure.ts';
import type { Pause } from '../../domain/failures/pause.ts';
import type { ChangeId, SlackUserId, SlackViewId } from '../../domain/ids.ts';
import type { OrderLine } from '../../domain/line.ts';
import type { ModalCarry } from '../../domain/order-form/choice.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { CartChange } from '../../domain/work.ts';
import type { Commit } from '../../store/commit.ts';
import type { WorkspaceStore } from '../../store/store.ts';
import { type ServiceContext, snapshotOf } from '../context.ts';
import { matchPerson } from '../people/match.ts';
import { lineOf } from './lines.ts';
import { type CartInFull, cartScreen } from './outcome.ts';
import { type ChangeWork, findLockingRequest, itemId, newDraft, type SendWork } from './session.ts';

/** The modal at the press or submission: a repeated delivery has the same hash. */
interface SubmittedView {
  readonly viewId: SlackViewId;
  readonly hash: string;
  /** `action_ts`. Left out: it was submitted, so Slack gives no time, and the acknowledgement shows a view. */
  readonly pressedAt?: string;
}

export type NotAccepted =
  /** The cart waits for approval: nothing is sent to Fleet. */
  { readonly kind: 'locked'; readonly request: DeviceRequest } | { readonly kind: 'paused'; readonly pause: Pause };

/** Recorded. `cart`: with the change, which is marked until Fleet has it. Null: it couldn't be read in time. */
type AcceptedCart = { readonly kind: 'accepted'; readonly cart: CartInFull | null };

/** Mostly from caches. Where Fleet or Slack has to be asked, the acknowledgement can't wait for it. */
const LOOKED_UP_WITHIN_MS = 500;

/** Called before the acknowledgement, and never waits for Fleet. If it throws, the acknowledgement says so. */
export async function acceptCartChange(
  context: ServiceContext,
  asked: {
    readonly slackUserId: SlackUserId;
    readonly view: SubmittedView;
    readonly change: CartChange;
    readonly carry: ModalCarry;
  },
): Promise<AcceptedCart | NotAccepted> {
  const { slackUserId, view, change, carry } = asked;
  const { store, workspaceId, now } = context;
  const snapshot = snapshotOf(context);
  const changeId = changeIdOf(context, view, actionOf(change));
  const [draft, pause, generation] = await Promise.all([
    snapshot.store.draft(slackUserId),
    snapshot.store.pause(),
    // Keeps an older drawing from replacing the outcome. The change is recorded even if this fails.
    view.pressedAt ?? store.claimNextGeneration(view.viewId, changeId.slice(0, 8)).catch(() => undefined),
  ]);
  const refused = await whyNotAccepted(snapshot, draft, pause);
  if (refused !== null) return refused;
  const line = 'choice' in change ? await lookUpLine(snapshot, slackUserId, draft, change) : null;
  await accept(context, changeId, {
    ...{ kind: 'change_cart', tenant: workspaceId, slackUserId, changeId, change, carry, viewId: view.viewId },
    ...(line === null ? {} : { line }),
    ...(generation === undefined ? {} : { generation }),
    ...(view.pressedAt === undefined ? { acknowledgedAt: now() } : {}),
  });
  const cart = cartWithAccepted(context, slackUserId, carry).catch(() => null);
  return { kind: 'accepted', cart: await inTime(context, cart) };
}

/** `not_yet`: a change is still on its way to Fleet, so nobody has seen what would be sent. */
export async function acceptSendRequest(
  context: ServiceContext,
  asked: {
    readonly slackUserId: SlackUserId;
    readonly view: SubmittedView;
    readonly approver: SlackUserId;
    readonly note: string;
    readonly seen: string;
  },
): Promise<{ readonly kind: 'accepted' } | { readonly kind: 'not_yet' } | NotAccepted> {
  const { slackUserId, view, approver, note, seen } = asked;
  const { store, workspaceId, now } = context;
  const accepted = await store.acceptedChanges(slackUserId);
  const [draft, pause] = await Promise.all([store.draft(slackUserId), store.pause()]);
  const refused = await whyNotAccepted(context, draft, pause);
  if (refused !== null) return refused;
  if (accepted.length > 0 && (draft === null || notApplied(draft, accepted).length > 0)) return { kind: 'not_yet' };
  const changeId = changeIdOf(context, view, 'send');
  await accept(context, changeId, {
    ...{ kind: 'send_request', tenant: workspaceId, slackUserId, changeId, note, seen },
    ...{ approverSlackUserId: approver, viewId: view.viewId, acknowledgedAt: now() },
  });
  return { kind: 'accepted' };
}

async function whyNotAccepted(
  context: ServiceContext,
  draft: DraftCart | null,
  pause: Pause | null,
): Promise<NotAccepted | null> {
  if (pause !== null) return { kind: 'paused', pause };
  const request = await findLockingRequest(context, draft);
  return request === null ? null : { kind: 'locked', request };
}

/** `repeated` is fine too: Slack delivered the same press again. */
function accept({ store }: ServiceContext, changeId: ChangeId, work: ChangeWork | SendWork): Promise<void> {
  return commitOnce(store, { once: `accepted.${changeId}`, work: [{ id: itemId(work), work }] });
}

async function lookUpLine(
  context: ServiceContext,
  slackUserId: SlackUserId,
  draft: DraftCart | null,
  change: CartChange,
): Promise<OrderLine | null> {
  const look = async (): Promise<OrderLine | null> => {
    const [match, settings] = await Promise.all([matchPerson(context, slackUserId), context.store.settings()]);
    if (match.kind !== 'matched') return null;
    const { person } = match;
    return lineOf({ context, settings, person }, draft ?? newDraft(person, settings.defaultMode), change);
  };
  return inTime(
    context,
    look().catch(() => null),
  );
}

function inTime<T>(
  { sleep, lookUpTimeoutMs = LOOKED_UP_WITHIN_MS }: ServiceContext,
  look: Promise<T>,
): Promise<T | null> {
  return withTimeout(sleep, lookUpTimeoutMs, look);
}

/** The cart as we know it, with what was accepted; Fleet isn't asked. Null: nobody knows whose it is. */
export async function cartWithAccepted(
  context: ServiceContext,
  slackUserId: SlackUserId,
  { approver, note }: ModalCarry,
): Promise<CartInFull | null> {
  const accepted = await context.store.acceptedChanges(slackUserId);
  const draft = (await context.store.draft(slackUserId)) ?? (await emptyDraft(context, slackUserId));
  return draft === null ? null : cartScreen(draft, null, { approver, approverName: null, note, last: null }, accepted);
}

async function emptyDraft(context: ServiceContext, slackUserId: SlackUserId): Promise<DraftCart | null> {
  const [match, settings] = await Promise.all([matchPerson(context, slackUserId), context.store.settings()]);
  return match.kind === 'matched' ? newDraft(match.person, settings.defaultMode) : null;
}

/** Retries a commit whose answer was lost; `once` makes that harmless. Told that it failed, a person would press again. */
async function commitOnce(store: WorkspaceStore, commit: Commit & Required<Pick<Commit, 'once'>>): Promise<void> {
  try {
    await store.commit(commit);
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    await store.commit(commit).catch((again: unknown) => {
      // If either attempt may have been committed, report that error.
      throw error instanceof CommitUnclear ? error : again;
    });
  }
}

/** Two rows can be removed from one state of a view, so the id includes the action, but not what was typed. */
function changeIdOf({ seal, workspaceId }: ServiceContext, { viewId, hash }: SubmittedView, action: string): ChangeId {
  return seal.digest(`${workspaceId} ${viewId} ${hash} ${action}`).slice(0, 32) as ChangeId;
}

function actionOf(change: CartChange): string {
  switch (change.kind) {
    case 'remove':
      return `remove ${change.row}`;
    case 'remove_found':
      return `remove_found ${change.productId}`;
    default:
      return 'submit';
  }
}
