import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import type { SlackUserId, SlackViewId, WorkspaceId } from '../../src/domain/ids.ts';
import type { ModalView } from '../../src/domain/surfaces.ts';
import { createSlack } from '../../src/slack/client.ts';
import { createRespond } from '../../src/slack/respond.ts';
import type { Slack } from '../../src/slack/slack.ts';
import { createSlackAgent, createWebApi } from '../../src/slack/web-api.ts';

const anybody = 'U1' as SlackUserId;

const agent = createSlackAgent();
afterAll(() => agent.destroy());

/** As the app has it, with little patience. */
function slackAt(slackApiUrl: string, onTokenRefused = () => {}): Slack {
  const webApi = createWebApi({ agent, token: 'xoxb-1', slackApiUrl, timeoutMs: 300 });
  return createSlack(webApi, 'T1' as WorkspaceId, createRespond(agent, slackApiUrl), onTokenRefused);
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
  ['sends us elsewhere', (_, answer) => void answer.writeHead(307, { location: '/api/users.info' }).end()],
  ['answers nothing that we know', (_, answer) => void answer.writeHead(200, json).end('null')],
  ['answers without end', (_, answer) => void answer.writeHead(200, json).end(`"${'x'.repeat(5 * 1024 * 1024)}"`)],
])('a Slack that %s is away', async (_, answers) => {
  const slack = await slackThat(answers);

  expect(await slack.profile(anybody)).toEqual({ ok: false, failure: { kind: 'unavailable' } });
});

it('a call is made once, with the token in a header alone, and as JSON where Slack takes JSON', async () => {
  const seen: object[] = [];
  const slack = await slackThat((request, answer) => {
    const { authorization, 'content-type': type } = request.headers;
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      seen.push({ url: request.url, authorization, type, body });
      answer.writeHead(500).end();
    });
  });
  const view: ModalView = { type: 'modal', callback_id: 'c', title: { type: 'plain_text', text: 'Fleet' }, blocks: [] };

  await slack.profile(anybody);
  await slack.updateModal('V1' as SlackViewId, view);

  const authorization = 'Bearer xoxb-1';
  expect(seen).toEqual([
    {
      url: '/api/users.info',
      ...{ authorization, type: 'application/x-www-form-urlencoded', body: 'user=U1&include_locale=true' },
    },
    {
      url: '/api/views.update',
      ...{ authorization, type: 'application/json; charset=utf-8', body: JSON.stringify({ view_id: 'V1', view }) },
    },
  ]);
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
