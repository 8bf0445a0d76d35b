import { FleetOrderId, parseFleetId, type RequestId, type SlackUserId } from '../domain/ids.ts';
import { ToldMessage } from '../domain/notices.ts';
import { type FollowedOrder, firstMark, followedStatus, SweepMark } from '../domain/orders/follow.ts';
import { listingOfRequest, listingText } from '../domain/orders/listing.ts';
import {
  CardCopy,
  type CopyPlace,
  DeviceRequest,
  isBeingChecked,
  isOpen,
  isWatched,
} from '../domain/request/request.ts';
import { createCodec, createKeptCodec, readWith } from './codec.ts';
import { lifetimesMs, MAX_REQUESTS_LISTED } from './keys.ts';
import { type CommitPlan, type Replacement, type StoreParts, writeUnlessRemoved } from './parts.ts';

export const requestRecords = {
  request: readRequest,

  /** The newest request for this order, whatever its state. */
  async requestForOrder(parts: StoreParts, order: FleetOrderId): Promise<DeviceRequest | null> {
    const id = await parts.connection.read('HGET', parts.keys.newestForOrder(order), 'id');
    return id === null ? null : readRequest(parts, id as RequestId);
  },

  /** The request that locks this order's cart, no matter who sent it. A commit refuses a second one. */
  async openRequestFor(parts: StoreParts, order: FleetOrderId): Promise<DeviceRequest | null> {
    const key = parts.keys.newestForOrder(order);
    const [lastOpen, newest] = await parts.connection.read('HMGET', key, 'open', 'id');
    if (!newest) return null;
    const found = await readRequests(parts, [...new Set([lastOpen ?? newest, newest])]);
    const open = found.find(({ state }) => isOpen(state)) ?? null;
    if (open !== null || lastOpen) return open;
    // Saved by the previous release, which doesn't name it here.
    return (await readOpenRequests(parts)).find(({ fleetOrderId }) => fleetOrderId === order) ?? null;
  },

  /** Pending, validating or unconfirmed, oldest first. */
  openRequests: readOpenRequests,

  /** Ended without an order, which Fleet hasn't confirmed yet. */
  async requestsBeingChecked(parts: StoreParts): Promise<readonly DeviceRequest[]> {
    const ids = await parts.connection.read('SMEMBERS', parts.keys.unchecked);
    return (await readRequests(parts, ids)).filter(isBeingChecked);
  },

  /** Orders whose newest request ended without one being placed, as far as we know. */
  async watchedOrders({ keys, connection }: StoreParts): Promise<readonly FleetOrderId[]> {
    const numbers = await connection.read('SMEMBERS', keys.watched);
    return numbers.flatMap((number) => parseFleetId(FleetOrderId, number) ?? []);
  },

  /** Of the watched orders with the highest numbers, at most `limit`: their newest requests. */
  async watchedRequests(parts: StoreParts, limit: number): Promise<readonly DeviceRequest[]> {
    const numbers = (await requestRecords.watchedOrders(parts)).toSorted((one, other) => other - one).slice(0, limit);
    if (numbers.length === 0) return [];
    const ids = await parts.connection.pipeline((pipeline) => {
      for (const number of numbers) pipeline.hget(parts.keys.newestForOrder(number), 'id');
    });
    return readRequests(
      parts,
      ids.filter((id) => typeof id === 'string'),
    );
  },

  async dropWatchedOrder({ keys, connection }: StoreParts, order: FleetOrderId): Promise<void> {
    await connection.run((redis) => redis.srem(keys.watched, String(order)));
  },

  /** Newest first, at most `limit`. */
  async requestsBy(parts: StoreParts, requester: SlackUserId, limit: number): Promise<readonly DeviceRequest[]> {
    if (limit < 1) return [];
    const key = parts.keys.requestsBy(requester);
    const ids = await parts.connection.read('ZRANGE', key, 0, limit - 1, 'REV');
    return readRequests(parts, ids);
  },

  /** Created after this time, whatever became of them. */
  async countRequestsBy({ keys, connection }: StoreParts, requester: SlackUserId, since: number): Promise<number> {
    return connection.read('ZCOUNT', keys.requestsBy(requester), `(${since}`, '+inf');
  },

  /** Open requests that wait for this approver, oldest first. */
  async requestsWaitingFor(parts: StoreParts, approver: SlackUserId): Promise<readonly DeviceRequest[]> {
    const [from, to] = waitingBounds(approver);
    const members = await parts.connection.read('ZRANGE', parts.keys.waiting, from, to, 'BYLEX');
    const requests = await readRequests(parts, members.map(requestIdIn));
    return requests.filter((request) => isOpen(request.state) && request.approver.slackUserId === approver);
  },

  /** Orders that can still change in Fleet: a few dozen bytes each, read without their records. */
  async followedOrders({ keys, connection }: StoreParts): Promise<readonly FollowedOrder[]> {
    const members = await connection.run((redis) => redis.zrange(keys.followed, 0, '-1'));
    return members.flatMap((member) => {
      const [number = '', requestId = '', ...status] = member.split('|');
      const fleetOrderId = parseFleetId(FleetOrderId, number);
      // Only `commit` writes members here, each with the id of a request.
      return fleetOrderId === null
        ? []
        : [{ fleetOrderId, requestId: requestId as RequestId, clientStatus: status.join('|') }];
    });
  },

  /** For an order whose record has expired: there is no one left to tell. */
  async dropFollowedOrder({ keys, connection }: StoreParts, order: FollowedOrder): Promise<void> {
    await connection.run((redis) => redis.zrem(keys.followed, followedMember(order)));
  },

  /** Renews the lifetime of their records and copies: people may keep a device for longer than a record lives. */
  async renewFollowedOrders({ keys, connection }: StoreParts, orders: readonly FollowedOrder[]): Promise<void> {
    await connection.pipeline((pipeline) => {
      for (const { requestId, fleetOrderId } of orders) {
        for (const key of [keys.request(requestId), keys.copies(requestId), keys.newestForOrder(fleetOrderId)])
          pipeline.pexpire(key, lifetimesMs.request);
      }
    });
  },

  /** Where the last sweep left off. */
  async sweepMark(parts: StoreParts): Promise<SweepMark> {
    const key = parts.keys.sweep;
    const json = await parts.connection.read('GET', key);
    return readWith(parts, sweepMarkCodec, { record: 'sweep', key }, json) ?? firstMark;
  },

  async putSweepMark({ keys, connection }: StoreParts, mark: SweepMark): Promise<void> {
    await connection.run((redis) => redis.set(keys.sweep, sweepMarkCodec.encode(mark)));
  },

  async copies(parts: StoreParts, requestId: RequestId): Promise<readonly CardCopy[]> {
    const key = parts.keys.copies(requestId);
    const stored = await parts.connection.read('HVALS', key);
    return stored.flatMap((json) => readWith(parts, copyCodec, { record: 'copy', key }, json) ?? []);
  },

  /** The last write wins, even with a lower `shows`: Slack shows what was sent last. */
  async putCopy(parts: StoreParts, requestId: RequestId, copy: CardCopy): Promise<void> {
    const key = parts.keys.copies(requestId);
    await writeUnlessRemoved(parts, (plan) => {
      plan.write('HSET', 'hash', key, copyField(copy), copyCodec.encode(copy));
      plan.write('PEXPIRE', 'hash', key, lifetimesMs.request);
    });
  },

  async dropCopy({ keys, connection }: StoreParts, requestId: RequestId, copy: CopyPlace): Promise<void> {
    await connection.run((redis) => redis.hdel(keys.copies(requestId), copyField(copy)));
  },

  async toldMessages(parts: StoreParts, requestId: RequestId): Promise<readonly ToldMessage[]> {
    const key = parts.keys.told(requestId);
    const stored = await parts.connection.read('HVALS', key);
    return stored.flatMap((json) => readWith(parts, toldCodec, { record: 'told', key }, json) ?? []);
  },

  async dropToldMessage({ keys, connection }: StoreParts, requestId: RequestId, told: CopyPlace): Promise<void> {
    await connection.run((redis) => redis.hdel(keys.told(requestId), copyField(told)));
  },
};

export const requestCodec = createKeptCodec<DeviceRequest>(DeviceRequest);
const sweepMarkCodec = createCodec<SweepMark>(SweepMark);
const copyCodec = createCodec<CardCopy>(CardCopy);
const toldCodec = createCodec<ToldMessage>(ToldMessage);

export function planTold(plan: CommitPlan, { keys }: StoreParts, requestId: RequestId, told: ToldMessage): void {
  const key = keys.told(requestId);
  plan.write('HSET', 'hash', key, copyField(told), toldCodec.encode(told));
  plan.write('PEXPIRE', 'hash', key, lifetimesMs.request);
}

const copyField = ({ channel, ts }: CopyPlace) => `${channel}:${ts}`;

async function readRequest(parts: StoreParts, id: RequestId): Promise<DeviceRequest | null> {
  const [request] = await readRequests(parts, [id]);
  return request ?? null;
}

async function readOpenRequests(parts: StoreParts): Promise<readonly DeviceRequest[]> {
  const ids = await parts.connection.read('ZRANGE', parts.keys.openRequests, 0, -1);
  const requests = await readRequests(parts, ids);
  // A decision may be recorded between reading the index and reading the record.
  return requests.filter(({ state }) => isOpen(state));
}

/** In the order of the ids, without expired records. */
export async function readRequests(parts: StoreParts, ids: readonly string[]): Promise<readonly DeviceRequest[]> {
  if (ids.length === 0) return [];
  // The ids come from our own indexes or from a caller who holds one.
  const keys = ids.map((id) => parts.keys.request(id as RequestId));
  const stored = await Promise.all(keys.map((key) => parts.connection.read('HGET', key, 'json')));
  return keys.flatMap((key, at) => readWith(parts, requestCodec, { record: 'request', key }, stored[at]) ?? []);
}

export function planRequest(plan: CommitPlan, { keys }: StoreParts, change: Replacement<DeviceRequest>): void {
  const { expectedRevision, expectedNonce, next } = change;
  const { id, fleetOrderId, createdAt, requester } = next;
  const key = keys.request(id);
  plan.compare(key, expectedRevision);
  plan.compareNonce(key, expectedNonce);
  if (expectedRevision === null) plan.unlessOpen(keys.newestForOrder(fleetOrderId), keys.openRequests, id);
  plan.move(key, 'waiting', keys.waiting, isOpen(next.state) ? waitingMember(next) : null);
  const clientStatus = followedStatus(next);
  const followed = clientStatus === null ? null : followedMember({ fleetOrderId, requestId: id, clientStatus });
  plan.move(key, 'followed', keys.followed, followed);
  plan.keepNewest(keys.newestForOrder(fleetOrderId), id, createdAt);
  if (isOpen(next.state)) plan.write('HSET', 'hash', keys.newestForOrder(fleetOrderId), 'open', id);
  plan.write('PEXPIRE', 'hash', keys.newestForOrder(fleetOrderId), lifetimesMs.request);
  plan.writeRecord(key, next.revision, requestCodec.encode(next));
  // One that is over is in no list.
  if (isOpen(next.state)) plan.write('HSET', 'hash', key, 'listed', listingText(next.revision, listingOfRequest(next)));
  else plan.write('HDEL', 'hash', key, 'listed');
  if (next.nonce !== undefined) plan.write('HSET', 'hash', key, 'nonce', next.nonce);
  plan.write('PEXPIRE', 'hash', key, lifetimesMs.request);
  if (isOpen(next.state)) plan.write('ZADD', 'zset', keys.openRequests, createdAt, id);
  else plan.write('ZREM', 'zset', keys.openRequests, id);
  plan.write(isBeingChecked(next) ? 'SADD' : 'SREM', 'set', keys.unchecked, id);
  // By order: a superseded request leaves that to the newer one.
  if (next.isSuperseded !== true) plan.write(isWatched(next) ? 'SADD' : 'SREM', 'set', keys.watched, fleetOrderId);
  const own = keys.requestsBy(requester.slackUserId);
  plan.write('ZADD', 'zset', own, createdAt, id);
  // A list in use outlives its oldest records, so its length is limited.
  plan.write('ZREMRANGEBYRANK', 'zset', own, 0, -MAX_REQUESTS_LISTED - 1);
  plan.write('PEXPIRE', 'zset', own, lifetimesMs.request);
}

const CREATED_DIGITS = 14;

/** Members of a sorted set with equal scores are ordered by their bytes: here by approver, then by age. */
function waitingMember({ approver, createdAt, id }: DeviceRequest): string {
  return `${approver.slackUserId}|${String(createdAt).padStart(CREATED_DIGITS, '0')}|${id}`;
}

/** The bounds of one approver's members for `ZRANGE … BYLEX`: `}` is the byte after `|`. */
export function waitingBounds(approver: SlackUserId): readonly [string, string] {
  return [`[${approver}|`, `(${approver}}`];
}

function requestIdIn(member: string): string {
  return member.slice(member.lastIndexOf('|') + 1);
}

/** The status comes last: Fleet's text may contain anything. */
function followedMember({ fleetOrderId, requestId, clientStatus }: FollowedOrder): string {
  return `${fleetOrderId}|${requestId}|${clientStatus}`;
}
