import { FleetOrderId, parseFleetId, type RequestId, type SlackUserId } from '../domain/ids.ts';
import { type FollowedOrder, firstMark, followedStatus, SweepMark } from '../domain/orders/follow.ts';
import { CardCopy, type CopyPlace, DeviceRequest, isOpen } from '../domain/request/request.ts';
import { lifetimesMs } from './keys.ts';
import { createCodec, readWith, type StoreParts } from './parts.ts';

// Members of one sorted set with equal scores stand in the order of their bytes: by approver, then by age.

const CREATED_DIGITS = 14;

export function waitingMember({ approver, createdAt, id }: DeviceRequest): string {
  return `${approver.slackUserId}|${String(createdAt).padStart(CREATED_DIGITS, '0')}|${id}`;
}

/** The bounds of one approver's members for `ZRANGE … BYLEX`: `}` is the byte after `|`. */
function waitingBounds(approver: SlackUserId): readonly [string, string] {
  return [`[${approver}|`, `(${approver}}`];
}

function requestIdIn(member: string): string {
  return member.slice(member.lastIndexOf('|') + 1);
}

export const requestCodec = createCodec<DeviceRequest>(DeviceRequest);

export async function readRequest(parts: StoreParts, id: string): Promise<DeviceRequest | null> {
  const [request] = await readRequests(parts, [id]);
  return request ?? null;
}

export async function readRequestForOrder(parts: StoreParts, order: FleetOrderId): Promise<DeviceRequest | null> {
  const id = await parts.connection.run((redis) => redis.hget(parts.keys.newestForOrder(order), 'id'));
  return id === null ? null : readRequest(parts, id);
}

export async function readOpenRequests(parts: StoreParts): Promise<readonly DeviceRequest[]> {
  const ids = await parts.connection.run((redis) => redis.zrange(parts.keys.openRequests, 0, '-1'));
  const requests = await readRequests(parts, ids);
  // Between the index and the record somebody may have decided.
  return requests.filter(({ state }) => isOpen(state));
}

export async function readRequestsBy(
  parts: StoreParts,
  requester: SlackUserId,
  limit: number,
): Promise<readonly DeviceRequest[]> {
  if (limit < 1) return [];
  const key = parts.keys.requestsBy(requester);
  const ids = await parts.connection.run((redis) => redis.zrange(key, 0, String(limit - 1), 'REV'));
  return readRequests(parts, ids);
}

export async function readRequestsWaitingFor(
  parts: StoreParts,
  approver: SlackUserId,
): Promise<readonly DeviceRequest[]> {
  const [from, to] = waitingBounds(approver);
  const members = await parts.connection.run((redis) => redis.zrange(parts.keys.waiting, from, to, 'BYLEX'));
  const requests = await readRequests(parts, members.map(requestIdIn));
  return requests.filter((request) => isOpen(request.state) && request.approver.slackUserId === approver);
}

/** In the order of the ids; without those whose lifetime is over. */
async function readRequests(parts: StoreParts, ids: readonly string[]): Promise<readonly DeviceRequest[]> {
  // The ids come from our own indexes or from a caller who holds one.
  const keys = ids.map((id) => parts.keys.request(id as RequestId));
  const stored = await readJsons(parts, keys);
  return keys.flatMap((key, index) => {
    const request = readWith(parts, requestCodec, { record: 'request', key }, stored[index]);
    return request ? [request] : [];
  });
}

async function readJsons(parts: StoreParts, keys: readonly string[]): Promise<readonly (string | null)[]> {
  if (keys.length === 0) return [];
  const answers = await parts.connection.pipeline((pipeline) => {
    for (const key of keys) pipeline.hget(key, 'json');
  });
  return answers.map((answer) => (typeof answer === 'string' ? answer : null));
}

const sweepMarkCodec = createCodec<SweepMark>(SweepMark);

/** Null: it is not in the index. The status comes last, since Fleet's text may hold anything. */
export function followedMember(request: DeviceRequest): string | null {
  const clientStatus = followedStatus(request);
  return clientStatus === null ? null : memberOf({ ...request, requestId: request.id, clientStatus });
}

/** A few dozen bytes for each order, and no record is read for them. */
export async function readFollowed({ keys, connection }: StoreParts): Promise<readonly FollowedOrder[]> {
  const members = await connection.run((redis) => redis.zrange(keys.followed, 0, '-1'));
  return members.flatMap((member) => {
    const [number = '', requestId = '', ...status] = member.split('|');
    const fleetOrderId = parseFleetId(FleetOrderId, number);
    // Only `commit` writes members here, each with the id of a request.
    return fleetOrderId === null
      ? []
      : [{ fleetOrderId, requestId: requestId as RequestId, clientStatus: status.join('|') }];
  });
}

/** Its record is gone (its lifetime is over): nobody is left to tell. */
export async function dropFollowedOrder({ keys, connection }: StoreParts, order: FollowedOrder): Promise<void> {
  await connection.run((redis) => redis.zrem(keys.followed, memberOf(order)));
}

/** A device may be with somebody for longer than a record lives: what is followed outlives its last change. */
export async function renewFollowedOrders(
  { keys, connection }: StoreParts,
  orders: readonly FollowedOrder[],
): Promise<void> {
  await connection.pipeline((pipeline) => {
    for (const { requestId, fleetOrderId } of orders) {
      for (const key of [keys.request(requestId), keys.copies(requestId), keys.newestForOrder(fleetOrderId)])
        pipeline.pexpire(key, lifetimesMs.request);
    }
  });
}

export async function readSweepMark(parts: StoreParts): Promise<SweepMark> {
  const key = parts.keys.sweep;
  const json = await parts.connection.run((redis) => redis.get(key));
  return readWith(parts, sweepMarkCodec, { record: 'sweep', key }, json) ?? firstMark;
}

export async function putSweepMark({ keys, connection }: StoreParts, mark: SweepMark): Promise<void> {
  await connection.run((redis) => redis.set(keys.sweep, sweepMarkCodec.encode(mark)));
}

function memberOf({ fleetOrderId, requestId, clientStatus }: FollowedOrder): string {
  return `${fleetOrderId}|${requestId}|${clientStatus}`;
}

const copyCodec = createCodec<CardCopy>(CardCopy);

const fieldOf = ({ channel, ts }: CopyPlace) => `${channel}:${ts}`;

export async function readCopies(parts: StoreParts, requestId: RequestId): Promise<readonly CardCopy[]> {
  const key = parts.keys.copies(requestId);
  const stored = await parts.connection.run((redis) => redis.hgetall(key));
  return Object.values(stored).flatMap((json) => readWith(parts, copyCodec, { record: 'copy', key }, json) ?? []);
}

/** The last write wins, also with a lower `shows`: what was sent to Slack last is what stands there. */
export async function putCopy(parts: StoreParts, requestId: RequestId, copy: CardCopy): Promise<void> {
  const key = parts.keys.copies(requestId);
  await parts.connection.pipeline((pipeline) => {
    pipeline.hset(key, fieldOf(copy), copyCodec.encode(copy));
    pipeline.pexpire(key, lifetimesMs.request);
  });
}

export async function dropCopy(parts: StoreParts, requestId: RequestId, copy: CopyPlace): Promise<void> {
  await parts.connection.run((redis) => redis.hdel(parts.keys.copies(requestId), fieldOf(copy)));
}
