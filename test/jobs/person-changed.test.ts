import { expect, it } from 'vitest';
import { carryOut } from '../../src/jobs/run.ts';
import type { LookUpFailed } from '../../src/services/context.ts';
import { peopleWorld } from '../services/people/people-world.ts';
import { redisOfFile } from '../store/support/redis-for-tests.ts';
import { slackForCards } from './slack-for-cards.ts';

const { redis } = await redisOfFile();

it.each<[LookUpFailed, number]>([
  [{ ok: false, retryAfterMs: 41_000 }, 41_000],
  [{ ok: false }, 5_000],
])('whoever changed is looked up as soon as Slack lets the app: %j', async (says, afterMs) => {
  const { context, inSlack } = peopleWorld(redis);
  const slackUserId = inSlack('U1');
  const slackPeople = { ...context.slackPeople, profile: async () => says };
  const workspace = { context: { ...context, slackPeople }, slack: slackForCards(context.workspaceId).slack };

  const changed = await carryOut(
    { kind: 'person_changed', tenant: context.workspaceId, slackUserId },
    workspace,
    'job',
  );

  expect(changed).toEqual({ kind: 'later', afterMs });
});
