import type { Work } from '../../src/domain/work.ts';
import { storeOf } from '../support/store-of.ts';
import type { World } from '../support/world.ts';

let asked = 0;

/** What would run by and by, now: the queue's own waiting is not what a story is about. */
export async function runNow(world: World, work: Work): Promise<void> {
  asked += 1;
  await storeOf(world).commit({ work: [{ id: `run-now-${asked}`, work }] });
}
