import { inChunks } from '../../domain/async.ts';
import type { FleetOrderId, FleetUserId, SlackUserId } from '../../domain/ids.ts';
import { followedStatus, statusInfo } from '../../domain/orders/follow.ts';
import { draftReport, isToBeSent, maySeeDraft, maySeeRequest, type Viewer } from '../../domain/orders/reports.ts';
import {
  type CopyPlace,
  type DeviceRequest,
  isEndedUnordered,
  isSameSave,
  shownOf,
} from '../../domain/request/request.ts';
import type { OrderStatus, PersonStatus, StatusItem } from '../../domain/screens.ts';
import type { ServiceContext } from '../context.ts';
import { isAdmin } from '../people/admins.ts';
import { distinctName, matchOrReport, unnamedFleetUser } from '../people/match.ts';
import { cardUpdateItem } from '../request/update.ts';
import { readStateInFleet, refreshStatus } from './fleet-status.ts';

/**
 * `/fleet status 42`. A person who may not see it gets the same answer as for an unknown number, and Fleet is not
 * asked: neither the answer nor its timing reveals whether the order exists.
 */
export async function refreshOrderStatus(
  context: ServiceContext,
  slackUserId: SlackUserId,
  fleetOrderId: FleetOrderId,
): Promise<OrderStatus> {
  const [viewer, { request: found, drafts }] = await Promise.all([
    viewerOf(context, slackUserId),
    context.store.recordsOfOrder(fleetOrderId),
  ]);
  const unsent = drafts.find(({ draft }) => draft.lockedBy === null);
  const request = found !== null && maySeeRequest(viewer, found) ? found : null;
  const seen = unsent !== undefined && maySeeDraft(viewer, unsent.slackUserId, unsent.draft) ? unsent : null;
  // A cart outlives its request, and its rows may have changed since.
  const isOpenAgain = seen !== null && isToBeSent(seen.draft) && (request === null || isEndedUnordered(request.state));
  if (request !== null && !isOpenAgain) return { kind: 'request', item: await refreshStatus(context, request) };
  if (seen !== null) {
    const whose = seen.slackUserId === slackUserId ? null : await nameOf(context, seen.draft.purchaserId);
    const stateInFleet = await readStateInFleet(context, fleetOrderId, { likely: 'cart' });
    return { kind: 'draft', fleetOrderId, whose, draft: draftReport(seen.draft), stateInFleet, lastRequest: request };
  }
  if (!viewer.isAdmin) return { kind: 'not_found' };
  const stateInFleet = await readStateInFleet(context, fleetOrderId, { likely: 'cart' });
  if (stateInFleet.kind === 'gone') return { kind: 'not_found' };
  if (stateInFleet.kind === 'not_asked') return { kind: 'could_not_look' };
  const purchaserId = stateInFleet.kind === 'cart' ? stateInFleet.purchaserId : null;
  const whose = purchaserId === null ? null : await nameOf(context, purchaserId);
  return { kind: 'foreign', fleetOrderId, whose, stateInFleet };
}

async function nameOf(context: ServiceContext, purchaserId: FleetUserId): Promise<string> {
  return (await distinctName(context, purchaserId)) ?? unnamedFleetUser(purchaserId);
}

async function viewerOf(context: ServiceContext, slackUserId: SlackUserId): Promise<Viewer> {
  const [match, admin] = await Promise.all([matchOrReport(context, slackUserId), isAdmin(context, slackUserId)]);
  return { slackUserId, fleetUserId: match.kind === 'matched' ? match.person.fleetUserId : null, isAdmin: admin };
}

const MAX_SHOWN = 20;
/** The newest ones that can change; the others show what the last sweep recorded. */
const MAX_ASKED = 5;

/** A person's own cart, requests and orders, newest first. Asks Fleet about the newest, and records new statuses. */
export async function refreshPersonStatus(
  context: ServiceContext,
  slackUserId: SlackUserId,
  max = MAX_SHOWN,
): Promise<PersonStatus> {
  const [draft, requests, waiting] = await Promise.all([
    context.store.draft(slackUserId),
    context.store.requestsBy(slackUserId, max + 1),
    context.store.countWaitingFor(slackUserId),
  ]);
  const shown = requests.slice(0, max);
  const asked = new Set(shown.filter(isOnItsWay).slice(0, MAX_ASKED));
  const items = await inChunks(shown, (request) => statusItem(context, request, asked.has(request)));
  return {
    draft: draft !== null && isToBeSent(draft) ? draftReport(draft) : null,
    items,
    hasOlder: requests.length > max,
    waiting,
  };
}

/** Orders in use or over hardly change: the sweep records them, and asking here would cost one request each. */
function isOnItsWay(request: DeviceRequest): boolean {
  const status = followedStatus(request);
  return status !== null && statusInfo(status).stage !== 'in_use';
}

async function statusItem(context: ServiceContext, request: DeviceRequest, isAsked: boolean): Promise<StatusItem> {
  return isAsked ? refreshStatus(context, request) : { request, stateInFleet: { kind: 'not_asked' } };
}

/** Remembers a copy shared in a channel, and updates it if the request changed while it was posted. */
export async function keepSharedCopy(
  { store, newId }: ServiceContext,
  shown: DeviceRequest,
  place: CopyPlace,
): Promise<void> {
  await store.putCopy(shown.id, { kind: 'shared', slackUserId: null, ...place, ...shownOf(shown) });
  const current = await store.request(shown.id);
  if (current === null || isSameSave(current, shown)) return;
  await store.commit({ work: [{ ...cardUpdateItem(current), id: `shared.${newId()}` }] });
}
