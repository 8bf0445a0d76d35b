import type { JournalEntry } from '../../sandbox/fleet/journal.ts';
import type { RequestId } from '../../src/domain/ids.ts';
import { storeOf } from '../support/store-of.ts';
import type { World } from '../support/world.ts';

/** When each order's status was read, by the pages of Fleet's list (newest first) and one by one. */
function readingsOf(world: World): ReadonlyMap<number, readonly number[]> {
  const newestFirst = world.fleet
    .orders()
    .map(({ id }) => id)
    .reverse();
  const readings = new Map<number, number[]>(newestFirst.map((id) => [id, []]));
  for (const entry of world.fleet.journal.entries())
    for (const id of idsIn(entry, newestFirst)) readings.get(id)?.push(entry.time);
  return readings;
}

function idsIn({ operation, status, query, path }: JournalEntry, newestFirst: readonly number[]): readonly number[] {
  if (status !== 200) return [];
  if (operation === 'getOrder') return [Number(path.split('/').at(-1))];
  const from = Number(query.offset ?? 0);
  return operation === 'listOrders' ? newestFirst.slice(from, from + Number(query.limit ?? 100)) : [];
}

export interface Freshness {
  readonly orders: number;
  /** Never, from the start to the end, was longer unread than this. */
  readonly withinInterval: number;
  /** Read for the first time so long after the start, the last of them. */
  readonly allReadAfterMs: number | null;
  readonly longestUnreadMs: number;
}

/** How long each order went unread between `startedAt` and `endedAt`. */
export function freshness(
  world: World,
  { startedAt, endedAt, allowedMs }: { startedAt: number; endedAt: number; allowedMs: number },
): Freshness {
  const readings = [...readingsOf(world).values()];
  const unread = readings.map((times) => longestGap([startedAt, ...times, endedAt]));
  const isRead = readings.every(([first]) => first !== undefined);
  return {
    orders: readings.length,
    withinInterval: unread.filter((ms) => ms <= allowedMs).length,
    allReadAfterMs: isRead ? Math.max(...readings.map(([first = endedAt]) => first)) - startedAt : null,
    longestUnreadMs: Math.max(...unread),
  };
}

function longestGap(times: readonly number[]): number {
  return Math.max(...times.slice(1).map((time, index) => time - (times[index] ?? time)));
}

/** Fleet moves so many orders that can move, the oldest. */
export function moveSome(world: World, count: number): readonly number[] {
  const moving = world.fleet.orders().filter(({ clientStatus }) => clientStatus !== 'PROCESSING');
  const moved = moving.slice(0, count).map(({ id }) => id);
  for (const id of moved) world.fleet.cockpit.setStatus(id, 'PROCESSING');
  return moved;
}

/** How many of these stand in our own records as they stand in Fleet. */
export async function recordedOf(world: World, moved: readonly number[]): Promise<number> {
  const store = storeOf(world);
  const requests = await Promise.all(moved.map((id) => store.request(`r${id}` as RequestId)));
  return requests.filter((one) => one?.state.kind === 'ordered' && one.state.clientStatus === 'PROCESSING').length;
}
