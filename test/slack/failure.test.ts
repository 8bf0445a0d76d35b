import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebClient } from '@slack/web-api';
import { expect, it, onTestFinished } from 'vitest';
import type { SlackUserId, WorkspaceId } from '../../src/domain/ids.ts';
import { createSlack } from '../../src/slack/client.ts';
import { createRespond } from '../../src/slack/respond.ts';
import type { Slack } from '../../src/slack/slack.ts';

const noLog = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  setName: () => {},
};
const logger = { ...noLog, getLevel: () => 'error' as never };
const anybody = 'U1' as SlackUserId;

/** The client as the app has it, with little patience. */
function slackAt(slackApiUrl: string, onTokenRefused = () => {}): Slack {
  const options = { slackApiUrl, timeout: 300, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, logger };
  return createSlack(
    new WebClient('xoxb-1', options),
    'T1' as WorkspaceId,
    createRespond(fetch, slackApiUrl),
    onTokenRefused,
  );
}

async function slackThat(answers: RequestListener, onTokenRefused?: () => void): Promise<Slack> {
  const server = createServer(answers);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return slackAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`, onTokenRefused);
}

const json = { 'content-type': 'application/json' };

it.each<[string, RequestListener]>([
  ['never answers', () => {}],
  ['stops in the middle of its answer', (_, answer) => void answer.writeHead(200, json).write('{"ok":')],
  [
    'hangs up in the middle of its answer',
    (_, answer) => {
      answer.writeHead(200, { ...json, 'content-length': '100' }).write('{"ok":');
      setTimeout(() => answer.destroy(), 20);
    },
  ],
  ['hangs up', (request) => void request.socket.destroy()],
  ['has a fault', (_, answer) => void answer.writeHead(503).end()],
  ['answers with a page', (_, answer) => void answer.writeHead(200).end('<html>')],
  ['is busy and does not say for how long', (_, answer) => void answer.writeHead(429).end()],
])('a Slack that %s is away', async (_, answers) => {
  const slack = await slackThat(answers);

  expect(await slack.profile(anybody)).toEqual({ ok: false, failure: { kind: 'unavailable' } });
});

it('a Slack that refuses the connection is away', async () => {
  const slack = slackAt('http://127.0.0.1:1/api/');

  expect(await slack.tokenWorks()).toEqual({ ok: false, failure: { kind: 'unavailable' } });
});

it('a Slack that is busy says for how long', async () => {
  const slack = await slackThat((_, answer) => void answer.writeHead(429, { 'retry-after': '7' }).end());

  expect(await slack.tokenWorks()).toEqual({ ok: false, failure: { kind: 'rate_limited', retryAfterMs: 7_000 } });
});

it('a mistake of our own is no Slack that is away', async () => {
  const slack = await slackThat((_, answer) => {
    const user = { id: 'U1', team_id: 'T2', enterprise_user: { teams: 7 } };
    answer.writeHead(200, json).end(JSON.stringify({ ok: true, user }));
  });

  await expect(slack.profile(anybody)).rejects.toThrow(TypeError);
});

const refusing = (error: string, onTokenRefused?: () => void) =>
  slackThat((_, answer) => void answer.writeHead(200, json).end(JSON.stringify({ ok: false, error })), onTokenRefused);
/** Asks for the scopes first, which Slack names, and then for the members. */
const groupsThatRefuse = (error: string) =>
  slackThat((request, answer) => {
    const isTest = request.url?.endsWith('auth.test') === true;
    answer.writeHead(200, json).end(JSON.stringify(isTest ? { ok: true } : { ok: false, error }));
  });

it('a user group that was deleted has no members', async () => {
  expect(await (await groupsThatRefuse('no_such_subteam')).groupMembers('S1')).toEqual({ ok: true, value: [] });
});

it('a plan of Slack without user groups is no Slack that is away', async () => {
  const failure = { kind: 'not_allowed', error: 'plan_upgrade_required' };

  expect(await (await groupsThatRefuse('plan_upgrade_required')).groupMembers('S1')).toEqual({ ok: false, failure });
});

it.each(['users_not_found', 'invalid_arguments'])(
  'an address that Slack answers with %s belongs to no one',
  async (error) => {
    expect(await (await refusing(error)).profileByEmail('nobody')).toEqual({ ok: true, value: null });
  },
);

it.each([
  ['invalid_auth', 'token_refused', 2],
  ['token_revoked', 'token_refused', 2],
  ['account_inactive', 'token_refused', 2],
  ['missing_scope', 'not_allowed', 0],
])('an answer %s is %s: whether the token still works is asked %i times', async (error, kind, times) => {
  let doubted = 0;
  const slack = await refusing(error, () => {
    doubted += 1;
  });

  expect(await slack.profile(anybody)).toEqual({ ok: false, failure: { kind, error } });
  await slack.groupMembers('S1');
  expect(doubted).toBe(times);
});
