import { FleetOrderId, parseFleetId, type RequestId } from '../domain/ids.ts';
import type { DeviceRequest } from '../domain/request/request.ts';
import { type FollowedOrder, followedStatus } from '../domain/tracking/follow-order.ts';
import { firstMark, SweepMark } from '../domain/tracking/sweep.ts';
import { createCodec } from './codec.ts';
import { lifetimesMs } from './keys.ts';
import { readWith, type StoreParts } from './store-parts.ts';

const sweepMarkCodec = createCodec<SweepMark>(SweepMark);

/** Null: it is not in the index. The status comes last, since Fleet's text may hold anything. */
export function followedMember(request: DeviceRequest): string | null {
  const clientStatus = followedStatus(request);
  return clientStatus === null ? null : memberOf({ ...request, requestId: request.id, clientStatus });
}

/** A few dozen bytes for each order, and no record is read for them. */
export async function readFollowed({ keys, link }: StoreParts): Promise<readonly FollowedOrder[]> {
  const members = await link.run((redis) => redis.zrange(keys.followed, 0, '-1'));
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
export async function dropFollowed({ keys, link }: StoreParts, order: FollowedOrder): Promise<void> {
  await link.run((redis) => redis.zrem(keys.followed, memberOf(order)));
}

/** A device may be with somebody for longer than a record lives: what is followed outlives its last change. */
export async function renewFollowed({ keys, link }: StoreParts, orders: readonly FollowedOrder[]): Promise<void> {
  await link.pipeline((pipeline) => {
    for (const { requestId, fleetOrderId } of orders) {
      for (const key of [keys.request(requestId), keys.copies(requestId), keys.newestForOrder(fleetOrderId)])
        pipeline.pexpire(key, lifetimesMs.request);
    }
  });
}

export async function readSweepMark(parts: StoreParts): Promise<SweepMark> {
  const key = parts.keys.sweep;
  const json = await parts.link.run((redis) => redis.get(key));
  return readWith(parts, sweepMarkCodec, { record: 'sweep', key }, json) ?? firstMark;
}

export async function putSweepMark({ keys, link }: StoreParts, mark: SweepMark): Promise<void> {
  await link.run((redis) => redis.set(keys.sweep, sweepMarkCodec.encode(mark)));
}

function memberOf({ fleetOrderId, requestId, clientStatus }: FollowedOrder): string {
  return `${fleetOrderId}|${requestId}|${clientStatus}`;
}
