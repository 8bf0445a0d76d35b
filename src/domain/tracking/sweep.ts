import { z } from 'zod';
import type { FleetOrderId } from '../ids.ts';
import { type DeepReadonly, looseObject } from '../schema.ts';
import { standingOf } from './client-status.ts';
import type { FollowedOrder } from './follow-order.ts';

const place = z.int().nonnegative().catch(0);

/** Where one sweep over Fleet's orders left off and the next goes on: so that nothing waits for ever behind the rest. */
export const SweepMark = looseObject({
  /** Offset in the list of orders; 0: from its start. */
  listFrom: place,
  /** The last numbers that were asked one by one, of each kind. */
  askedCart: place,
  askedMoving: place,
  askedResting: place,
});
export type SweepMark = DeepReadonly<z.infer<typeof SweepMark>>;

export const firstMark: SweepMark = { listFrom: 0, askedCart: 0, askedMoving: 0, askedResting: 0 };

interface Numbered {
  readonly fleetOrderId: FleetOrderId;
}

/** By number, beginning with the first one after `after`. */
export function inTurn<T extends Numbered>(items: readonly T[], after: number): readonly T[] {
  const sorted = items.toSorted((one, other) => one.fleetOrderId - other.fleetOrderId);
  return [
    ...sorted.filter(({ fleetOrderId }) => fleetOrderId > after),
    ...sorted.filter(({ fleetOrderId }) => fleetOrderId <= after),
  ];
}

/**
 * What the list did not show is asked one by one, at most so many in one sweep. Three quarters go to what is still on its
 * way; what is in use hardly ever moves, and still gets its turn.
 */
export function whomToAsk(
  unseen: readonly FollowedOrder[],
  mark: SweepMark,
  most: number,
): { readonly moving: readonly FollowedOrder[]; readonly resting: readonly FollowedOrder[] } {
  const moving = inTurn(unseen.filter(isMoving), mark.askedMoving);
  const resting = inTurn(
    unseen.filter((one) => !isMoving(one)),
    mark.askedResting,
  );
  const forResting = most - Math.min(moving.length, most - most / 4);
  return {
    resting: resting.slice(0, forResting),
    moving: moving.slice(0, most - Math.min(resting.length, forResting)),
  };
}

function isMoving({ clientStatus }: FollowedOrder): boolean {
  const { stage } = standingOf(clientStatus);
  return clientStatus === '' || (stage !== null && stage !== 'in_use');
}
