/**
 * What the libraries below the app cost by themselves: `empty` is a Bolt that only acknowledges; `floor` also makes one trip
 * to Redis and answers an action with the `views.update` that the app would make, over a pool of undici's. Plain
 * JavaScript, so that no compiler adds to its memory and its start.
 *
 *   node bench/baseline.mjs empty|floor
 */
import bolt from '@slack/bolt';
import { Redis } from 'ioredis';
import { Pool } from 'undici';

const { SLACK_SIGNING_SECRET = '', SLACK_BOT_TOKEN = '', SLACK_API_URL = '', REDIS_URL = '' } = process.env;
const { App, HTTPReceiver } = bolt;
const receiver = new HTTPReceiver({
  signingSecret: SLACK_SIGNING_SECRET,
  customRoutes: [{ path: '/', method: 'GET', handler: (_request, answer) => void answer.writeHead(200).end() }],
});
const app = new App({
  receiver,
  convoStore: false,
  authorize: async () => ({ botToken: SLACK_BOT_TOKEN, botId: 'B1', botUserId: 'U1' }),
});
app.command('/fleet', async ({ ack }) => ack());
app.options(/./u, async ({ ack }) => ack({ options: [] }));
if (process.argv[2] === 'floor') app.action(/./u, drawAgain());
else app.action(/./u, async ({ ack }) => ack());

function drawAgain() {
  const redis = new Redis(REDIS_URL);
  const api = new URL(SLACK_API_URL);
  const slack = new Pool(api.origin, { connections: 64 });
  return async ({ ack, body: { view } }) => {
    await ack();
    await redis.get('floor');
    const { type, callback_id, title, submit, close, blocks, private_metadata } = view;
    const drawn = { type, callback_id, title, submit, close, blocks, private_metadata };
    const answer = await slack.request({
      path: `${api.pathname.replace(/\/$/, '')}/views.update`,
      method: 'POST',
      headers: { authorization: `Bearer ${SLACK_BOT_TOKEN}`, 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ view_id: view.id, view: drawn }),
    });
    await answer.body.json();
  };
}

const server = await receiver.start(0);
process.stdout.write(`{"port":${server.address().port}}\n`);
