import { afterEach, expect, it } from 'vitest';
import { startWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

it('GET /metrics answers in the words of Prometheus, and counts what Fleet was asked', async () => {
  world = await startWorld();

  const answer = await fetch(`http://127.0.0.1:${world.instances[0]?.port}/metrics`);

  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/u);
  const body = await answer.text();
  expect(body).toContain('# TYPE fleet_requests_total counter');
  // The directory was read at start.
  expect(body).toMatch(/^fleet_requests_total\{operation="listUsers",urgency="[a-z]+",outcome="ok"\} [1-9]\d*$/mu);
});
