import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished, vi } from 'vitest';
import { listen, stop } from '../../demo/listen.ts';

// These tests start whole processes, possibly on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const root = fileURLToPath(new URL('../../../', import.meta.url));

function run(env: Record<string, string> = {}): { child: ChildProcess; said: () => string } {
  const { REDIS_URL: _redis, ...own } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/demo/main.ts'], {
    cwd: root,
    env: { ...own, ...env },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (said += String(text)));
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, said: () => said };
}

async function address(said: () => string): Promise<string> {
  await expect.poll(said, { timeout: 30_000 }).toContain('Ctrl+C');
  return /http:\/\/127\.0\.0\.1:\d+/u.exec(said())?.[0] ?? '';
}

function ask(url: string, path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${url}${path}`, init);
}

it('starts, prints its address and store, refuses invalid requests, and exits cleanly', async () => {
  const { child, said } = run();
  const url = await address(said);

  expect(said()).toContain('embedded Redis');
  const page = await ask(url, '/');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
  expect(await page.text()).toContain('<div id="root">');
  expect((await ask(url, '/live?as=U0NOBODY')).status).toBe(404);
  expect(
    (await ask(url, '/act', { method: 'POST', body: '{}', headers: { 'content-type': 'text/plain' } })).status,
  ).toBe(415);
  const act = { as: 'U0ANNA', act: { kind: 'press', where: 'V1', blockId: 'b', actionId: 'a' } };
  const pressed = await ask(url, '/act', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(act),
  });
  expect(pressed.status).toBe(200);
  expect(await pressed.json()).toEqual({ reached: false, refused: 'U0ANNA sees no view V1' });

  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  expect(code).toBe(0);
  await expect(ask(url, '/')).rejects.toThrow();
});

it('says which part failed', async () => {
  const taken = createServer();
  const port = await listen(taken, 0);
  onTestFinished(() => stop(taken));

  const { child, said } = run({ DEMO_PORT: String(port) });
  const [code] = await once(child, 'exit');

  expect(code).toBe(1);
  expect(said()).toContain('The demo did not start: the page server could not start');
});

it('says that the Redis in REDIS_URL cannot be reached', async () => {
  const { child, said } = run({ REDIS_URL: 'redis://127.0.0.1:9' });
  const [code] = await once(child, 'exit');

  expect(code).toBe(1);
  expect(said()).toContain('nothing answers at 127.0.0.1:9');
});
