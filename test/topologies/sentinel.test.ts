import { describe, expect, it } from 'vitest';
import { startSentinels } from './servers.ts';
import { openStory } from './story.ts';

describe('Redis with Sentinel', { timeout: 120_000 }, () => {
  it.each(['killed', 'frozen'] as const)('a primary that is %s is left for the new one within seconds', async (how) => {
    const { primary, url } = await startSentinels();
    const story = await openStory({ redisUrl: url, requests: 6 });
    await story.press(0);
    await story.world.quiet();
    if (how === 'killed') await primary.kill();
    else primary.pause();
    const again = story.readyAgain(60_000);
    await story.press(1, 2, 3);
    const ms = await again;
    expect(ms).toBeLessThan(30_000);
    await story.press(4, 5);
    await story.allOrdered(60_000);
    if (how === 'frozen') primary.resume();
    story.tell(`Sentinel, primary ${how}`, `ready again after ${Math.round(ms)} ms`);
  });

  it('a sentinel that is frozen at the start is passed over', async () => {
    const { sentinels, url } = await startSentinels();
    sentinels[0]?.pause();
    const from = performance.now();
    const story = await openStory({ redisUrl: url, requests: 1 });
    const ms = Math.round(performance.now() - from);
    await story.press(0);
    await story.allOrdered(60_000);
    story.tell('Sentinel, the first frozen', `started and one request sent after ${ms} ms`);
  });
});
