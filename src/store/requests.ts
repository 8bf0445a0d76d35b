import type { FleetOrderId, RequestId, SlackUserId } from '../domain/ids.ts';
import { DeviceRequest, isOpen } from '../domain/request/request.ts';
import { createCodec } from './codec.ts';
import { readWith, type StoreParts } from './store-parts.ts';
import { requestIdIn, waitingBounds } from './waiting-member.ts';

export const requestCodec = createCodec<DeviceRequest>(DeviceRequest);

export async function readRequest(parts: StoreParts, id: string): Promise<DeviceRequest | null> {
  const [request] = await readRequests(parts, [id]);
  return request ?? null;
}

export async function readRequestForOrder(parts: StoreParts, order: FleetOrderId): Promise<DeviceRequest | null> {
  const id = await parts.link.run((redis) => redis.hget(parts.keys.newestForOrder(order), 'id'));
  return id === null ? null : readRequest(parts, id);
}

export async function readOpenRequests(parts: StoreParts): Promise<readonly DeviceRequest[]> {
  const ids = await parts.link.run((redis) => redis.zrange(parts.keys.openRequests, 0, '-1'));
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
  const ids = await parts.link.run((redis) => redis.zrange(key, 0, String(limit - 1), 'REV'));
  return readRequests(parts, ids);
}

export async function readRequestsWaitingFor(
  parts: StoreParts,
  approver: SlackUserId,
): Promise<readonly DeviceRequest[]> {
  const [from, to] = waitingBounds(approver);
  const members = await parts.link.run((redis) => redis.zrange(parts.keys.waiting, from, to, 'BYLEX'));
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
  const answers = await parts.link.pipeline((pipeline) => {
    for (const key of keys) pipeline.hget(key, 'json');
  });
  return answers.map((answer) => (typeof answer === 'string' ? answer : null));
}
