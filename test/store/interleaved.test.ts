import { randomUUID } from 'node:crypto';
import type { Command } from 'ioredis';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { connectionTo, type RedisClient } from '../../src/store/redis.ts';
import { aStore } from './support/a-store.ts';
import { ana, aRequest, BEN, cleo, wholeSince } from './support/records.ts';
import { anotherClient, redisOfFile } from './support/redis-for-tests.ts';

// Races that need another writer between two commands of ours: made to happen, each time.

const { redis, url } = await redisOfFile();
afterEach(() => {
  vi.restoreAllMocks();
});

describe('between the index and the record', () => {
  it('a request that was decided is not given as open', async () => {
    const { store, workspaceId } = aStore(redis);
    const request = aRequest({ tenant: workspaceId });
    await store.commit({ request: { expectedRevision: null, next: request } });
    vi.spyOn(redis, 'call').mockImplementationOnce(async () => {
      const state = { kind: 'withdrawn', by: ana, at: 1 } as const;
      await store.commit({ request: { expectedRevision: 1, next: { ...request, state, revision: 2 } } });
      return [request.id];
    });

    expect(await store.openRequests()).toEqual([]);
  });

  it('a request that was handed over is not given to whom it no longer waits for', async () => {
    const { store, workspaceId } = aStore(redis);
    const request = aRequest({ tenant: workspaceId });
    await store.commit({ request: { expectedRevision: null, next: request } });
    vi.spyOn(redis, 'call').mockImplementationOnce(async () => {
      await store.commit({ request: { expectedRevision: 1, next: { ...request, approver: cleo, revision: 2 } } });
      return [`${BEN}|00000000001000|${request.id}`];
    });

    expect(await store.requestsWaitingFor(BEN)).toEqual([]);
  });
});

describe('a pass swapped in by another', () => {
  it('while one is being swapped in is not overwritten by an older one', async () => {
    const { store, keys } = aStore(redis);
    const { directory } = store;
    for (const pass of ['older', 'newer']) {
      await directory.add(pass, [{ ...person, name: pass, email: null, secondaryEmail: null }]);
    }
    vi.spyOn(redis, 'get').mockImplementationOnce(async () => {
      await directory.swapIn('newer', wholeSince(2000));
      return null;
    });

    await directory.swapIn('older', wholeSince(1000));

    expect(await directory.state()).toMatchObject({ builtAt: 2000 });
    expect(await redis.exists(keys.directoryPass('older').people)).toBe(0);
  });
});

/** Only what takes a turn, or extends it, names who held it last. */
const takesTurn =
  (turn: string) =>
  ({ name, args }: Command): boolean =>
    name.startsWith('eval') && args.includes(`${turn}:last`);

describe('the cache', () => {
  const entry = { key: 'k', freshMs: 1000, keepMs: 60_000, parse: (stored: unknown) => stored };
  const loads = (value: string) => vi.fn(async () => ({ ok: true as const, value }));

  it('does not ask again when another has refreshed since we looked', async () => {
    const first = aStore(redis);
    const other = anotherClient(url);
    const second = aStore(other, { workspaceId: first.workspaceId, seal: first.seal, now: () => first.clock.now });
    await first.store.cache.read(entry, loads('old'));
    await second.store.cache.read(entry, loads('old'));
    first.clock.now += 1000;
    const tooLate = loads('too late');
    const refreshed = loads('new');
    const isTake = takesTurn(first.keys.cacheLoad(entry.key));
    const send = other.sendCommand.bind(other);
    let isOver = false;
    vi.spyOn(other, 'sendCommand').mockImplementation(async (command: Command) => {
      const isOvertaken = isTake(command) && refreshed.mock.calls.length === 0;
      if (isOvertaken) {
        await first.store.cache.read(entry, refreshed);
        await vi.waitFor(async () =>
          expect(await first.store.cache.read(entry, refreshed)).toMatchObject({ value: 'new' }),
        );
      }
      const answer = await send(command);
      // The turn that was taken too late is given back.
      if (refreshed.mock.calls.length > 0 && command.name.startsWith('eval') && !isOvertaken) isOver = true;
      return answer;
    });

    await second.store.cache.read(entry, tooLate);

    await vi.waitFor(() => expect(isOver).toBe(true));
    expect(refreshed).toHaveBeenCalledTimes(1);
    expect(tooLate).not.toHaveBeenCalled();
  });

  it('tries for the turn to refresh once, however many read what is stale', async () => {
    const { store, clock, keys } = aStore(redis);
    await store.cache.read(entry, loads('old'));
    clock.now += 1000;
    const sent = vi.spyOn(redis, 'sendCommand');

    await Promise.all(Array.from({ length: 50 }, () => store.cache.read(entry, loads('new'))));

    await vi.waitFor(async () => expect(await store.cache.read(entry, loads('x'))).toMatchObject({ value: 'new' }));
    const isTake = takesTurn(keys.cacheLoad(entry.key));
    expect(sent.mock.calls.filter(([command]) => isTake(command))).toHaveLength(1);
  });
});

describe('a script that Redis does not know', () => {
  it('is sent whole, and by its name from then on', async () => {
    const link = connectionTo(redis);
    const unheard = `return '${randomUUID()}'`;
    const sent = scriptsOn(redis);

    expect(await link.script(unheard, [], [])).toBe(await link.script(unheard, [], []));

    expect(sent()).toEqual(['eval', 'evalsha']);
  });

  it('that fails is not sent twice', async () => {
    const failing = `return redis.error_reply('BROKEN on purpose ${randomUUID()}')`;
    const sent = scriptsOn(redis);

    await expect(connectionTo(redis).script(failing, [], [])).rejects.toThrow('Redis: answered BROKEN');
    await expect(connectionTo(redis).script(failing, [], [])).rejects.toThrow('Redis: answered BROKEN');

    expect(sent()).toEqual(['eval', 'evalsha']);
  });
});

/** How each script went out on this connection: whole or by its hash. */
function scriptsOn(client: RedisClient): () => readonly string[] {
  const sent = vi.spyOn(client, 'sendCommand');
  return () => sent.mock.calls.map(([command]) => command.name).filter((name) => name.startsWith('eval'));
}

const person = { fleetUserId: 1 as never, isFleetAdmin: false };
