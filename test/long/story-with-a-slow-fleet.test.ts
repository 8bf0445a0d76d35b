import { afterEach, it } from 'vitest';
import { playTheStory } from '../handlers/the-story.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

it('the story ends the same with a Fleet that takes five seconds for every answer', { timeout: 300_000 }, async () => {
  world = await startWorld({ fleet: { baseLatencyMs: 5_000 }, patience: 90_000 });
  await playTheStory(world, 90_000);
});
