import { expect, it } from 'vitest';
import type { Instance } from '../../src/app/start.ts';
import { until } from '../support/world.ts';
import { startBalancer } from './balancer.ts';
import { startServer } from './servers.ts';
import { openStory } from './story.ts';

/** Node would close an idle connection after five, and a balancer keeps one for a minute. */
const IDLE_MS = 6_000;

it('two instances behind a balancer that keeps its connections: none is closed under a press, also while one stops', {
  timeout: 120_000,
}, async () => {
  const server = await startServer();
  const story = await openStory({ redisUrl: server.url, instances: 2, requests: 8 });
  const { world } = story;
  const balancer = await startBalancer(world.instances.map(({ port }) => port));
  world.slack.deliverTo(`${balancer.url}/slack/events`);
  await story.press(0, 1);
  await world.quiet();
  const kept = balancer.connections();
  const idleSince = Date.now();
  await until(() => Date.now() > idleSince + IDLE_MS, 2 * IDLE_MS);
  await story.press(2, 3);
  expect(balancer.connections()).toBe(kept);

  // The world closes only those that still run.
  const stopped = (world.instances as Instance[]).shift();
  const stopping = stopped?.close(9_000, 2_000);
  await story.press(4, 5);
  await stopping;
  await story.press(6, 7);
  await story.allOrdered(60_000);
  expect(balancer.broken()).toBe(0);
  story.tell('balancer, one of two stopped', `${balancer.connections()} connections`);
});
