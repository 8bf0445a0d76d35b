import { expect, it } from 'vitest';
import { resumeWorkspace, stopWorkspace } from '../../../src/services/settings/pause.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { peopleWorld } from '../people/people-world.ts';

const { redis } = await redisOfFile();
const DAY = 24 * 60 * 60 * 1000;

it.each([
  ['tokens_revoked', 30 * DAY],
  ['app_uninstalled', undefined],
] as const)('after %s the data goes this much later: %s', async (why, later) => {
  const { context, clock } = peopleWorld(redis);

  await stopWorkspace(context, why, 'Ev1');

  const [erase] = await context.store.outbox(0);
  expect(erase?.work).toMatchObject({ kind: 'erase_workspace', stop: { why, since: clock.now } });
  expect(erase?.notBefore).toBe(later === undefined ? undefined : clock.now + later);
});

it('an event that Slack delivers again does not stop a workspace that is back', async () => {
  const { context } = peopleWorld(redis);
  await stopWorkspace(context, 'tokens_revoked', 'Ev1');
  await resumeWorkspace(context);

  await stopWorkspace(context, 'tokens_revoked', 'Ev1');

  expect(await context.store.stop()).toBeNull();
});
