import { expect, it } from 'vitest';
import { soak } from './run-soak.ts';

it('two instances bring 60 requests to their end while people press twice and Fleet and Slack fail', {
  timeout: 200_000,
  retry: 0,
}, async () => {
  const soaked = await soak({ requests: 60, seed: 11, atMostMs: 150_000 });
  const { world } = soaked.played;
  try {
    expect(soaked.wrong).toEqual([]);
    expect(soaked.rows).toContainEqual(['orders validated twice', 0]);
    // Nothing of this is proven by a run in which everything was declined.
    expect(soaked.states.ordered).toBeGreaterThan(30);
  } finally {
    await world.close();
  }
});
