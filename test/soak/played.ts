import type { Act } from '../../sandbox/slack/start.ts';
import type { DeviceRequest } from '../../src/domain/request.ts';
import type { TenantStore } from '../../src/store/store.ts';
import type { World } from '../support/world.ts';

/** What was done, for whoever judges it. */
export interface Played {
  readonly world: World;
  readonly store: TenantStore;
  readonly requests: readonly DeviceRequest[];
  readonly acts: readonly Act[];
  readonly startedAt: number;
  readonly endedAt: ReadonlyMap<string, number>;
  readonly pressedAgain: number;
}
