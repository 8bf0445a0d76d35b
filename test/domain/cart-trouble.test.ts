import { expect, it } from 'vitest';
import { fleetTrouble } from '../../src/domain/cart/trouble.ts';
import type { FleetFailure } from '../../src/domain/failures/failure.ts';

it('a failure that pauses ordering is told as the pause, any other as Fleet’s', () => {
  const revoked: FleetFailure = { operation: 'listCarts', kind: 'unauthorized' };
  const away: FleetFailure = { operation: 'listCarts', kind: 'unavailable', status: 503 };

  expect(fleetTrouble(revoked)).toEqual({ kind: 'paused' });
  expect(fleetTrouble(away)).toEqual({ kind: 'fleet', failure: away, row: null });
});
