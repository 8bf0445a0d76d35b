import type { DeviceRequest } from '../../domain/request/request.ts';
import type { WorkItem } from '../../domain/work.ts';
import { workItem } from './settle-request.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** After which times it is looked again, counted by looks; the last one goes on until it is known. */
const delaysMs = [10 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE] as const;
const EVERY_MS = 60 * MINUTE;

/** The lost answer may just have been lost: the first look is soon. */
export function firstLook(request: DeviceRequest, now: number): WorkItem {
  return lookAt(request, now + SECOND);
}

/** `notBefore`: what the looks so far would come to, or sooner when something is known to happen then. */
export function nextLook(request: DeviceRequest, now: number, atTheLatest: number | null): WorkItem {
  // This look is counted already.
  const looks = request.state.kind === 'unconfirmed' ? request.state.looks : 1;
  const at = now + (delaysMs[looks - 1] ?? EVERY_MS);
  return lookAt(request, Math.min(at, atTheLatest ?? at));
}

/** Named by the request's revision: planning it again is one item, unless the queue lost it. */
export function lookAt(request: DeviceRequest, notBefore: number): WorkItem {
  const work = { kind: 'look_up_unconfirmed', tenant: request.tenant, requestId: request.id } as const;
  return workItem(request, work, 'look', notBefore);
}
