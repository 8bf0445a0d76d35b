import type { FleetFailure } from '../../domain/failures/failure.ts';
import type { SweepMark } from '../../domain/orders/follow.ts';
import { type CardCopy, type DeviceRequest, isOpen, isShown } from '../../domain/request/request.ts';
import type { WorkItem } from '../../domain/work.ts';
import type { ServiceContext } from '../context.ts';
import { lookUpItem } from '../request/resolve-unconfirmed.ts';
import { cardUpdateItem, endingItems, expiryItem, workItem } from '../request/update.ts';
import { followCarts, followPlaced, type Sweep } from './sweep.ts';

/** Longer than one call may wait for the minute's budget and for its answer. */
const LEASE_MS = 3 * 60_000;

/** One sweep over what can change in Fleet: carts waiting for approval, then orders. Only one runs at a time. */
export async function followOrders(context: ServiceContext): Promise<void> {
  const { store } = context;
  const lease = await store.lease('follow-orders', LEASE_MS);
  if (lease === null) return;
  const sweep: Sweep = {
    context,
    isOurs: () => lease.extend(LEASE_MS),
    mark: await store.sweepMark(),
    counts: { pages: 0, asked: 0, moved: 0 },
  };
  try {
    sweep.mark = await distrustCards(context, sweep.mark);
    await requeueOverdueWork(context);
    const failure = (await followCarts(sweep)) ?? (await followPlaced(sweep));
    report(sweep, failure);
  } finally {
    await store.putSweepMark(sweep.mark);
    await lease.release();
  }
}

function report({ context, counts }: Sweep, failure: FleetFailure | null): void {
  if (failure !== null)
    context.log.warn('the sweep over orders is incomplete', {
      ...counts,
      operation: failure.operation,
      failure: failure.kind,
    });
  else if (counts.pages + counts.asked > 0) context.log.info('the sweep over orders is complete', { ...counts });
}

/** Of the requests that ended without an order, the ones whose cards are compared. */
const MAX_ENDED = 50;

/**
 * Another Redis process than at the last sweep may lack what was acknowledged last, and with it that a card lost its
 * buttons: every card of an open request is drawn again, and of those that ended lately.
 */
async function distrustCards({ store }: ServiceContext, mark: SweepMark): Promise<SweepMark> {
  const redisRun = await store.redisRun();
  if (redisRun === null || redisRun === mark.redisRun) return mark;
  if (mark.redisRun !== undefined)
    for (const { id } of [...(await store.openRequests()), ...(await store.watchedRequests(MAX_ENDED))])
      for (const copy of await store.copies(id)) await store.putCopy(id, { ...copy, shows: 0 });
  return { ...mark, redisRun };
}

/** A working queue changes a request sooner than this. */
const OVERDUE_MS = 5 * 60_000;
const MAX_ITEMS = 200;

/**
 * A queue that lost its jobs leaves requests that nothing moves any more. Their work is queued again under the same
 * name for the same save: the queue ignores what it still has, and each job is safe to run twice.
 */
async function requeueOverdueWork({ store, now }: ServiceContext): Promise<void> {
  const open = await store.openRequests();
  const requests = [...open, ...(await store.watchedRequests(MAX_ENDED))];
  const copies = await Promise.all(requests.map(({ id }) => store.copies(id)));
  const undrawn = requests.filter((request, index) => !isDrawn(request, copies[index] ?? []));
  const unsettled = [...open, ...(await store.requestsBeingChecked())];
  const work = [...unsettled.flatMap((request) => overdueItems(request, now())), ...undrawn.map(cardUpdateItem)];
  if (work.length > 0) await store.commit({ work: work.slice(0, MAX_ITEMS) });
}

/** Also false if someone who should have a card of an open request has none: they are sent one. */
function isDrawn(request: DeviceRequest, copies: readonly CardCopy[]): boolean {
  if (!isOpen(request.state)) return copies.every((copy) => isShown(copy, request));
  const owners = request.approverGone ? (['requester'] as const) : (['requester', 'approver'] as const);
  const hasCopy = (owner: (typeof owners)[number]) =>
    copies.some(({ kind, slackUserId }) => kind === owner && slackUserId === request[owner].slackUserId);
  return owners.every(hasCopy) && copies.every((copy) => isShown(copy, request));
}

function overdueItems(request: DeviceRequest, now: number): readonly WorkItem[] {
  const { state, tenant, id: requestId } = request;
  switch (state.kind) {
    case 'pending':
      return now < request.expiresAt ? [] : [expiryItem(request)];
    case 'validating':
      return now - state.at < OVERDUE_MS ? [] : [workItem(request, { kind: 'carry_out_approval', tenant, requestId })];
    case 'unconfirmed':
      return now - state.gaveUpAt < OVERDUE_MS ? [] : [lookUpItem(request, now)];
    case 'declined':
    case 'changes_requested':
    case 'withdrawn':
    case 'expired':
      return now - state.at < OVERDUE_MS ? [] : endingItems(request);
    default:
      return [];
  }
}

/** The environment's interval overrides the one in the settings. */
export async function sweepEveryMs({ pollEveryMs, store }: ServiceContext): Promise<number> {
  return pollEveryMs ?? (await store.settings()).pollEveryMs;
}

/**
 * At the start of a process, to see at once what changed while none ran. The item is named by its interval, so that of
 * all instances that start together only one asks Fleet.
 */
export async function queueStartupSweep(context: ServiceContext): Promise<void> {
  const { store, workspaceId, now } = context;
  const notBefore = now();
  const id = `follow-orders.start.${Math.floor(notBefore / (await sweepEveryMs(context)))}`;
  await store.commit({ once: id, work: [{ id, notBefore, work: { kind: 'follow_orders', tenant: workspaceId } }] });
}
