import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createKeepAliveFetch } from '../../src/fleet/http.ts';
import { answers, calls } from './support/calls.ts';
import { aFleetClient } from './support/fleet-client.ts';
import { json, type Responder, startFleetServer } from './support/fleet-server.ts';

const good = json(200, answers.getCart.body);

describe('the pool of connections', () => {
  it('keeps one for the next request', async () => {
    const server = await startFleetServer(good);
    const { fleet } = aFleetClient(server.baseUrl);
    await calls.getCart(fleet);
    await calls.getCart(fleet);

    expect(server.connections()).toBe(1);
  });

  it('opens no more than it may', async () => {
    const late: Responder = (...args) => {
      setTimeout(() => good(...args), 20);
    };
    const server = await startFleetServer(late);
    const pool = createKeepAliveFetch({ maxSockets: 2 });
    onTestFinished(pool.close);
    const { fleet } = aFleetClient(server.baseUrl, { fetch: pool.fetch });
    const results = await Promise.all(Array.from({ length: 6 }, () => calls.getCart(fleet)));

    expect(results.every((result) => result.ok)).toBe(true);
    expect(server.connections()).toBe(2);
  });

  it('drops one that was idle, before the other side does it under a request', async () => {
    const server = await startFleetServer(good);
    const pool = createKeepAliveFetch({ idleSocketMs: 30 });
    onTestFinished(pool.close);
    const { fleet } = aFleetClient(server.baseUrl, { fetch: pool.fetch });
    await calls.getCart(fleet);
    await new Promise((resolve) => setTimeout(resolve, 120));
    await calls.getCart(fleet);

    expect(server.connections()).toBe(2);
  });

  it('asks for no compression', async () => {
    const server = await startFleetServer(good);
    await calls.getCart(aFleetClient(server.baseUrl).fleet);

    expect(server.requests[0]?.headers).not.toHaveProperty('accept-encoding');
  });

  it('speaks TLS to https', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    const { fleet } = aFleetClient(`https://127.0.0.1:${port}`);

    // A server without certificate ends the handshake: no byte of the request was readable for it.
    expect(await calls.validateCart(fleet)).toMatchObject({ ok: false });
  });
});
