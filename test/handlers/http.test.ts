import { createHmac } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type HttpRoutes, startServer } from '../../src/app/http-server.ts';
import { limits } from '../../src/views/limits.ts';
import { people, startWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const FORM = 'application/x-www-form-urlencoded';
const port = () => world.instances[0]?.port ?? 0;
const now = () => Math.floor(Date.now() / 1000);
const signatureOf = (body: string, at: number) =>
  `v0=${createHmac('sha256', world.slack.signingSecret).update(`v0:${at}:${body}`).digest('hex')}`;
const signed = (body: string, contentType = FORM) => {
  const at = now();
  const headers = {
    'content-type': contentType,
    'x-slack-request-timestamp': String(at),
    'x-slack-signature': signatureOf(body, at),
  };
  return fetch(`http://127.0.0.1:${port()}/slack/events`, { method: 'POST', body, headers });
};
const isAlive = async () => (await fetch(`http://127.0.0.1:${port()}/healthz`)).status === 200;

describe('a signed request', () => {
  it.each([
    ['null', 'application/json'],
    ['[]', 'application/json'],
    ['"text"', 'application/json'],
    ['payload=null', FORM],
    ['payload=1', FORM],
  ])('that has no object in its body (%s as %s) is refused, and ends nothing', async (body, contentType) => {
    expect((await signed(body, contentType)).status).toBe(400);
    expect(await isAlive()).toBe(true);
  });

  it.each([FORM, `${FORM}; charset=utf-8`, 'Application/X-WWW-Form-Urlencoded;charset=UTF-8'])(
    'may be %s',
    async (type) => {
      const body = new URLSearchParams({
        command: '/fleet',
        text: 'help',
        team_id: world.workspaceId,
        user_id: people.ben,
        channel_id: 'C1',
        trigger_id: '1.2',
        response_url: 'http://127.0.0.1:9/none',
      }).toString();

      expect((await signed(body, type)).status).toBe(200);
    },
  );

  it('is read as long as the largest view of ours comes back', async () => {
    const payload = { type: 'block_actions', view: 'ö'.repeat(limits.viewBytes / 2) };

    expect((await signed(new URLSearchParams({ payload: JSON.stringify(payload) }).toString())).status).not.toBe(413);
    expect((await signed(`payload=${'x'.repeat(256 * 1024)}`)).status).toBe(413);
  });
});

describe('a request that nobody signed', () => {
  /** Sends the head of a long request and nothing of its body. */
  const headOnly = (headers: Readonly<Record<string, string>>): Socket => {
    const socket = connect(port(), '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    const lines = Object.entries({ host: 'x', 'content-type': FORM, 'content-length': '200000', ...headers });
    socket.write(`POST /slack/events HTTP/1.1\r\n${lines.map((line) => line.join(': ')).join('\r\n')}\r\n\r\n`);
    return socket;
  };
  const signature = `v0=${'a'.repeat(64)}`;

  it.each([
    ['without a signature', {}],
    ['of ten minutes ago', { 'x-slack-signature': signature, 'x-slack-request-timestamp': String(now() - 600) }],
    ['of the future', { 'x-slack-signature': signature, 'x-slack-request-timestamp': String(now() + 600) }],
    ['with another kind of signature', { 'x-slack-signature': 'a', 'x-slack-request-timestamp': String(now()) }],
    ['without a time', { 'x-slack-signature': signature }],
  ])('%s is refused before its body is read', async (_, headers) => {
    const socket = headOnly(headers);

    const answer = await new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data))));

    expect(answer).toMatch(/^HTTP\/1\.1 401 .*connection: close/isu);
  });

  it('may be Slack’s check of our certificate', async () => {
    const answer = await fetch(`http://127.0.0.1:${port()}/slack/events`, {
      method: 'POST',
      body: 'ssl_check=1&token=x',
      headers: { 'content-type': FORM },
    });

    expect(answer.status).toBe(200);
  });

  it('is no check of our certificate that does something as well', async () => {
    const smuggled = { command: '/fleet', text: 'order', team_id: world.workspaceId, user_id: people.ben };
    const body = new URLSearchParams({ ssl_check: '1', ...smuggled, trigger_id: '1.2' }).toString();
    const before = world.slack.journal.entries().length;

    const answer = await fetch(`http://127.0.0.1:${port()}/slack/events`, {
      method: 'POST',
      body,
      headers: { 'content-type': FORM },
    });
    await world.quiet();

    expect([answer.status, world.slack.journal.entries().length]).toEqual([200, before]);
  });

  it('is not worth a line of the log each time', async () => {
    await Promise.all(
      Array.from({ length: 40 }, () => fetch(`http://127.0.0.1:${port()}/slack/events`, { method: 'POST', body: 'x' })),
    );

    const lines = world.logged.filter(({ fields }) => String(fields.said).includes('was not signed'));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.length).toBeLessThanOrEqual(2);
  });
});

it('HEAD asks for health and readiness like GET', async () => {
  for (const path of ['healthz', 'readyz', 'metrics']) {
    const answer = await fetch(`http://127.0.0.1:${port()}/${path}`, { method: 'HEAD' });
    expect([path, answer.status]).toEqual([path, 200]);
  }
});

describe('the server', () => {
  const routes: HttpRoutes = {
    slackEvents: async (request, response) => void request.resume().on('end', () => response.end('accepted')),
    health: () => ({ alive: true }),
    notReady: async () => [],
    metrics: async () => ({ contentType: 'text/plain', body: 'numbers' }),
  };
  const started = async (
    over: Partial<Parameters<typeof startServer>[1]> = {},
    times?: Parameters<typeof startServer>[2],
  ) => {
    const http = { port: 0, host: '127.0.0.1', metricsPort: null, keepAliveMs: 75_000, drainMs: 0, ...over };
    const server = await startServer(routes, http, times);
    onTestFinished(() => server.close(0));
    return { ...server, get: (path: string, at = server.port) => fetch(`http://127.0.0.1:${at}${path}`) };
  };

  it('keeps an idle connection for longer than a balancer does', async () => {
    const { headers } = await fetch(`http://127.0.0.1:${port()}/healthz`);

    expect(headers.get('keep-alive')).toBe('timeout=75');
    const { get } = await started({ keepAliveMs: 620_000 });
    expect((await get('/healthz')).headers.get('keep-alive')).toBe('timeout=620');
  });

  it('says that it stops while it still takes what comes, and ends each connection then', async () => {
    const server = await started();
    expect((await server.get('/readyz')).status).toBe(200);

    server.drain();

    const readiness = await server.get('/readyz');
    expect([readiness.status, readiness.headers.get('connection')]).toEqual([503, 'close']);
    const events = await fetch(`http://127.0.0.1:${server.port}/slack/events`, { method: 'POST', body: 'x' });
    expect([await events.text(), events.headers.get('connection')]).toEqual(['accepted', 'close']);
    expect((await server.get('/healthz')).status).toBe(200);
  });

  it.each([
    ['headers that never end', 'POST /slack/events HTTP/1.1\r\nhost: x\r\n'],
    ['a body that never ends', 'POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nx'],
  ])('hangs up on %s', async (_, sent) => {
    const server = await started({}, { headersTimeout: 50, requestTimeout: 100, connectionsCheckingInterval: 20 });
    const socket = connect(server.port, '127.0.0.1');
    socket.write(sent);

    await new Promise((resolve) => socket.resume().once('close', resolve));
  });

  it('keeps the metrics off the public port where they have one of their own', async () => {
    const { get, port: open, metricsPort } = await started({ metricsPort: 0 });

    expect(metricsPort).not.toBe(open);
    expect((await get('/metrics')).status).toBe(404);
    expect(await (await get('/metrics', metricsPort)).text()).toBe('numbers');
    expect((await get('/healthz', metricsPort)).status).toBe(404);
  });
});
