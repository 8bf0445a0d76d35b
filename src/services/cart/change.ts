import type { DraftCart } from '../../domain/cart/cart.ts';
import type { ChangeOutcome } from '../../domain/cart/trouble.ts';
import { CommitUnclear, StoreUnavailable } from '../../domain/failures/failure.ts';
import type { Pause } from '../../domain/failures/pause.ts';
import type { ChangeId, SlackUserId, SlackViewId } from '../../domain/ids.ts';
import type { ModalCarry } from '../../domain/order-form/choice.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { AcquisitionMode } from '../../domain/vocabulary.ts';
import type { CartChange, Work } from '../../domain/work.ts';
import type { Commit } from '../../store/commit.ts';
import type { WorkspaceStore } from '../../store/store.ts';
import type { ServiceContext } from '../context.ts';
import { prepareChange } from './lines.ts';
import {
  cartNews,
  cartScreen,
  existsOutcome,
  reportRejection,
  screenOutcome,
  sendFields,
  troubleOutcome,
} from './outcome.ts';
import {
  type CartOutcome,
  type CartSession,
  type ChangeWork,
  cartAudit,
  earlierOutcome,
  findLockingRequest,
  inCartSession,
  keepOutcome,
  newDraft,
  retryLater,
  saveDraft,
  troubleIn,
  type WrittenCart,
  withAppliedChange,
  writtenOutcome,
} from './session.ts';
import { createCart, createdAs, patchCart, recordCreatedCart, resolveCreation } from './write.ts';

/** The modal at the press or submission: a repeated delivery has the same hash. */
interface SubmittedView {
  readonly viewId: SlackViewId;
  readonly hash: string;
}

export type Accepted =
  | { readonly kind: 'accepted' }
  /** The cart waits for approval: nothing is sent to Fleet. */
  | { readonly kind: 'locked'; readonly request: DeviceRequest }
  | { readonly kind: 'paused'; readonly pause: Pause };

/** Slack takes a moment to show the acknowledgement's "Adding…", which would overwrite an outcome drawn before it. */
const ACKNOWLEDGED_AFTER_MS = 300;

/** Called before the acknowledgement: two round trips to Redis. If it throws, the acknowledgement says so. */
export async function acceptCartChange(
  context: ServiceContext,
  asked: {
    readonly slackUserId: SlackUserId;
    readonly view: SubmittedView;
    readonly change: CartChange;
    readonly carry: ModalCarry;
  },
): Promise<Accepted> {
  const { slackUserId, view, change, carry } = asked;
  const changeId = changeIdOf(context, view, actionOf(change));
  return accept(context, slackUserId, changeId, {
    kind: 'change_cart',
    tenant: context.workspaceId,
    slackUserId,
    changeId,
    change,
    carry,
    viewId: view.viewId,
  });
}

export async function acceptSendRequest(
  context: ServiceContext,
  asked: {
    readonly slackUserId: SlackUserId;
    readonly view: SubmittedView;
    readonly approver: SlackUserId;
    readonly note: string;
    readonly seen: string;
  },
): Promise<Accepted> {
  const { slackUserId, view, approver, note, seen } = asked;
  const changeId = changeIdOf(context, view, 'send');
  return accept(context, slackUserId, changeId, {
    kind: 'send_request',
    tenant: context.workspaceId,
    slackUserId,
    changeId,
    note,
    seen,
    approverSlackUserId: approver,
    viewId: view.viewId,
  });
}

async function accept(
  context: ServiceContext,
  slackUserId: SlackUserId,
  changeId: ChangeId,
  work: Work,
): Promise<Accepted> {
  const { store } = context;
  const [draft, pause] = await Promise.all([store.draft(slackUserId), store.pause()]);
  if (pause !== null) return { kind: 'paused', pause };
  const request = await findLockingRequest(context, draft);
  if (request !== null) return { kind: 'locked', request };
  // `repeated` is fine too: Slack delivered the same press again.
  const item = { id: `${work.kind}.${changeId}`, work, notBefore: context.now() + ACKNOWLEDGED_AFTER_MS };
  await commitOnce(store, { once: `accepted.${changeId}`, work: [item] });
  return { kind: 'accepted' };
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

/** Carries out one accepted change of a person's cart. Safe to repeat at any point, also concurrently. */
export function changeCartInFleet(context: ServiceContext, work: ChangeWork): Promise<CartOutcome> {
  return inCartSession(context, work, (session) => changeUnderLease(session, work));
}

async function changeUnderLease(session: CartSession, work: ChangeWork): Promise<CartOutcome> {
  const { context, person } = session;
  const stored = await context.store.draft(person.slackUserId);
  const draft = stored ?? newDraft(person, session.settings.defaultMode);
  const request = await findLockingRequest(context, cartToChange(draft, work.change));
  const earlier = await earlierOutcome(session);
  if (request !== null) return screenOutcome({ kind: 'locked', request }, { trouble: troubleIn(earlier) });
  if (earlier !== null) return showAgain(session, work, draft, earlier);
  if (draft.creatingSince === null) return applyChange(session, work, draft);

  const creation = await resolveCreation(context, person, draft);
  switch (creation.kind) {
    case 'found': {
      const request = await findLockingRequest(context, creation.draft);
      return request === null ? applyChange(session, work, creation.draft) : screenOutcome({ kind: 'locked', request });
    }
    case 'not_there':
      return applyChange(session, work, creation.draft);
    case 'too_early':
      return retryLater(creation.afterMs, 'fleet_did_not_confirm');
    case 'unknown':
      return reportRejection(session, work, { draft, failure: creation.failure });
  }
}

/** An earlier run got this far, and may not have been shown. */
async function showAgain(
  session: CartSession,
  work: ChangeWork,
  draft: DraftCart,
  earlier: ChangeOutcome,
): Promise<CartOutcome> {
  if (earlier.kind === 'written')
    return toOutcome(session, work, await recordCreatedCart(session, draft), earlier.repriced);
  const seen = earlier.kind === 'changed_elsewhere' && draft.standing !== 'found' ? draft.fleetHolds : null;
  return troubleOutcome(session, work, { draft, trouble: earlier, ...(seen === null ? {} : { inFleet: seen }) });
}

function cartToChange(draft: DraftCart, change: CartChange): Parameters<typeof findLockingRequest>[1] {
  return change.kind === 'replace_existing' ? { ...draft, fleetOrderId: change.fleetOrderId } : draft;
}

async function applyChange(session: CartSession, work: ChangeWork, draft: DraftCart): Promise<CartOutcome> {
  const isApplied = draft.appliedChanges.includes(session.changeId);
  // An earlier run died right after its create, before it read the new cart. Unread, the cart can't be sent.
  if (isApplied && draft.creatingSince === null)
    return toOutcome(session, work, await recordCreatedCart(session, draft), null);
  // An earlier run saved the lines but couldn't bring them to Fleet.
  const prepared = isApplied
    ? ({ ok: true, draft, repriced: null } as const)
    : await prepareChange(session, draft, work.change);
  if (!prepared.ok) {
    const { trouble } = prepared;
    return trouble.kind === 'fleet'
      ? reportRejection(session, work, { draft, failure: trouble.failure })
      : troubleOutcome(session, work, { draft, trouble });
  }
  const { repriced } = prepared;
  return toOutcome(session, work, await writeToFleet({ ...session, repriced }, draft, prepared.draft), repriced);
}

async function writeToFleet(session: CartSession, before: DraftCart, after: DraftCart): Promise<WrittenCart> {
  const { context, person, changeId } = session;
  const { fleetOrderId } = after;
  if (after.standing !== 'found' && after.lines.length > 0)
    return fleetOrderId === null
      ? createCart(session, before, after)
      : patchCart(session, before, { ...after, fleetOrderId });

  // Only saved: found devices are still to be completed, or the last line went and Fleet can't empty or delete a cart.
  const stillHeld = before.standing === 'found' ? (before.foundAs ?? null) : (after.fleetHolds ?? createdAs(before));
  const kept = after.standing === 'emptied' ? { ...after, fleetHolds: stillHeld } : after;
  const draft = await saveDraft(context, person.slackUserId, {
    before,
    after: withAppliedChange(kept, changeId),
    audit: [cartAudit(session, 'cart_changed', after, after.standing)],
    ...keepOutcome(session, writtenOutcome(session)),
  });
  return { kind: 'written', draft, inFleet: null };
}

async function toOutcome(
  session: CartSession,
  work: ChangeWork,
  written: WrittenCart,
  repriced: AcquisitionMode | null,
): Promise<CartOutcome> {
  switch (written.kind) {
    case 'later':
      return written;
    case 'exists': {
      const { fleetOrderId } = written;
      const purchaserId = session.person.fleetUserId;
      const request = await findLockingRequest(session.context, { purchaserId, fleetOrderId });
      return request === null ? existsOutcome(work, written) : screenOutcome({ kind: 'locked', request });
    }
    case 'over':
      return troubleOutcome(session, work, written);
    case 'changed_elsewhere':
      return troubleOutcome(session, work, { ...written, trouble: { kind: 'changed_elsewhere' } });
    case 'rejected':
      return reportRejection(session, work, written);
    case 'written': {
      const fields = await sendFields(session, session.person, work.carry, written.draft);
      const screen = cartScreen(written.draft, written.inFleet, fields);
      return screenOutcome(screen, { news: cartNews(work.change, screen), repriced });
    }
  }
}
