import { CommitUnclear, StoreUnavailable } from '../../domain/errors.ts';
import type { Pause } from '../../domain/failures/pause.ts';
import type { ChangeId, SlackUserId, SlackViewId } from '../../domain/ids.ts';
import type { ModalCarry } from '../../domain/order-form/state.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { CartChange, Work } from '../../domain/work.ts';
import type { Commit, WorkspaceStore } from '../../store/store.ts';
import type { ServiceContext } from '../context.ts';
import { findLockingRequest } from './session.ts';

/** The modal as it stood when something in it was pressed or submitted: the same delivery twice has the same hash. */
interface SubmittedView {
  readonly viewId: SlackViewId;
  readonly hash: string;
}

export type Accepted =
  | { readonly kind: 'accepted' }
  /** The cart is waiting for a signature: nothing is sent to Fleet. */
  | { readonly kind: 'locked'; readonly request: DeviceRequest }
  | { readonly kind: 'paused'; readonly pause: Pause };

/**
 * The acknowledgement puts "Adding…" into the modal, and Slack takes a moment for it: an outcome shown before that would
 * be drawn over by it, and nothing would come after it.
 */
const ACKNOWLEDGED_AFTER_MS = 300;

/** Before the acknowledgement: two round trips to Redis, or it throws and the acknowledgement says so. */
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
  const changeId = changeIdOf(context, view, actOf(change));
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
  // `repeated`: Slack delivered it again. It was accepted the first time, and once is enough.
  const item = { id: `${work.kind}.${changeId}`, work, notBefore: context.now() + ACKNOWLEDGED_AFTER_MS };
  await commitOnce(store, { once: `accepted.${changeId}`, work: [item] });
  return { kind: 'accepted' };
}

/** A commit whose answer was lost is made again, since its name is known by then: whoever is told that it failed acts twice. */
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

/** Two rows can be removed from one state of a view: what was done is part of the id, and what was typed is not. */
function changeIdOf({ seal, workspaceId }: ServiceContext, { viewId, hash }: SubmittedView, act: string): ChangeId {
  return seal.digest(`${workspaceId} ${viewId} ${hash} ${act}`).slice(0, 32) as ChangeId;
}

function actOf(change: CartChange): string {
  switch (change.kind) {
    case 'remove':
      return `remove ${change.row}`;
    case 'remove_found':
      return `remove_found ${change.productId}`;
    default:
      return 'submit';
  }
}
