import type { Act } from '../../sandbox/slack/start.ts';
import { StoreUnavailable } from '../../src/domain/failures/failure.ts';
import type { DeviceRequest } from '../../src/domain/request/request.ts';
import type { WorkspaceStore } from '../../src/store/store.ts';
import type { World } from '../support/world.ts';

/** The company under way, and its own records. */
export interface Soaking {
  readonly world: World;
  readonly store: WorkspaceStore;
}

/** What was done, for whoever judges it. */
export interface Played extends Soaking {
  readonly requests: readonly DeviceRequest[];
  readonly acts: readonly Act[];
  readonly startedAt: number;
  readonly endedAt: ReadonlyMap<string, number>;
  readonly pressedAgain: number;
}

/** On a busy machine a command may take longer than the app itself would wait: whoever only looks, looks again. */
export async function patiently<T>(look: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await look();
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || attempt === 20) throw error;
    }
  }
}
