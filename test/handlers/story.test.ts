import { afterEach, it } from 'vitest';
import { startWorld, type World } from '../support/world.ts';
import { playTheStory } from './the-story.ts';

let world: World;
afterEach(() => world.close());

it('the story ends as one order with exactly the lines that were signed', async () => {
  world = await startWorld();
  await playTheStory(world, 15_000);
});
