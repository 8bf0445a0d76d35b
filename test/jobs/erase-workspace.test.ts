import { describe, expect, it } from 'vitest';
import type { Stop } from '../../src/domain/work.ts';
import { eraseStoppedWorkspace } from '../../src/jobs/run.ts';
import type { Slack, SlackResult } from '../../src/slack/slack.ts';
import { peopleWorld } from '../services/people/people-world.ts';
import { redisOfFile } from '../store/support/redis-for-tests.ts';

const { redis } = await redisOfFile();

/** The job meets a workspace that has stopped, and a Slack that says this of the token. */
async function run(token: SlackResult<void>, stop: Stop | null, work: Stop) {
  const { context } = peopleWorld(redis);
  const { workspaceId, store } = context;
  if (stop !== null) await store.commit({ stop });
  let erased = 0;
  // Only this is asked of Slack here.
  const slack = { tokenWorks: async () => token } as Partial<Slack> as Slack;
  const erase = async () => {
    erased += 1;
  };
  const outcome = await eraseStoppedWorkspace(
    { kind: 'erase_workspace', tenant: workspaceId, stop: work },
    { context, slack, erase },
  );
  return { erased, outcome: outcome.kind, stopped: (await store.stop()) !== null };
}

const revoked: SlackResult<void> = { ok: false, failure: { kind: 'token_refused', error: 'account_inactive' } };
const away: SlackResult<void> = { ok: false, failure: { kind: 'unavailable' } };
const closed: SlackResult<void> = { ok: false, failure: { kind: 'not_allowed', error: 'org_login_required' } };
const works: SlackResult<void> = { ok: true, value: undefined };
const removed: Stop = { why: 'app_uninstalled', since: 5 };
const token: Stop = { why: 'tokens_revoked', since: 5 };

describe('whether a workspace is erased', () => {
  it.each([
    ['removed, and Slack refuses the token', revoked, removed, removed, 1],
    ['removed, and its token was revoked right after', revoked, { ...token, since: 6 }, removed, 1],
    ['30 days after its token', revoked, token, token, 1],
    ['a token that was revoked anew since', revoked, { ...token, since: 9 }, token, 0],
    ['back since then', revoked, null, removed, 0],
  ])('%s', async (_what, says, stop, work, times) => {
    expect(await run(says, stop, work)).toMatchObject({ erased: times, outcome: 'done', stopped: stop !== null });
  });

  it('not while the token works: the event came late, and work goes on', async () => {
    expect(await run(works, removed, removed)).toEqual({ erased: 0, outcome: 'done', stopped: false });
  });

  it.each([
    ['Slack is away', away],
    ['Slack refuses something else than the token', closed],
  ])('not before Slack has said so: %s', async (_what, says) => {
    const { erased, outcome } = await run(says, removed, removed);

    expect(erased).toBe(0);
    expect(outcome).toBe('later');
  });
});
