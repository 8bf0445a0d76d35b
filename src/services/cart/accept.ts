import { CommitUnclear, StoreUnavailable } from '../../domain/errors.ts';
import type { Pause } from '../../domain/failures/pause.ts';
import type { ChangeId, SlackUserId, SlackViewId } from '../../domain/ids.ts';
import type { ModalCarry } from '../../domain/order-form/state.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { CartChange, Work } from '../../domain/work.ts';
import type { Commit } from '../../store/commit.ts';
import type { WorkspaceStore } from '../../store/store.ts';
import type { ServiceContext } from '../context.ts';
import { findLockingRequest } from './session.ts';

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
