import { describe, expect, it } from 'vitest';
import { CommitUnclear, StoreUnavailable } from '../../src/domain/failures/failure.ts';
import type { Commit } from '../../src/store/commit.ts';
import { aStore } from './support/a-store.ts';
import { all } from './support/all.ts';
import { ANA, aDraft, aLine, anEntry, anItem, aRequest, requestId } from './support/records.ts';
import { aWorkspaceId, redisOfFile } from './support/redis-for-tests.ts';

const { redis } = await redisOfFile();

const everything = ({ workspaceId }: Pick<ReturnType<typeof aStore>, 'workspaceId'>): Commit => ({
  draft: { slackUserId: ANA, expectedRevision: null, next: aDraft() },
  request: { expectedRevision: null, next: aRequest({ tenant: workspaceId }) },
  work: [anItem({ work: { kind: 'refresh_directory', tenant: workspaceId } })],
  audit: [anEntry()],
  once: 'press-1',
});

describe('commit', () => {
  it('writes draft, request, work and audit in one step', async () => {
    const { store, workspaceId } = aStore(redis);
    const request = aRequest({ tenant: workspaceId });
    const item = anItem({ notBefore: 5, work: { kind: 'remind', tenant: workspaceId, requestId: request.id } });

    const committed = await store.commit({
      draft: { slackUserId: ANA, expectedRevision: null, next: aDraft() },
      request: { expectedRevision: null, next: request },
      work: [item],
      audit: [anEntry(), anEntry({ did: 'second', by: 'fleet_for_slack' })],
    });

    expect(committed).toBe('committed');
    expect(await store.draft(ANA)).toEqual(aDraft());
    expect(await store.request(request.id)).toEqual(request);
    expect(await store.outbox(0)).toEqual([item]);
    const audited = (await all(store.audit())).map(({ entry }) => entry);
    expect(audited).toEqual([anEntry(), anEntry({ did: 'second', by: 'fleet_for_slack' })]);
  });

  it('writes nothing when the draft is not the one that was read', async () => {
    const a = aStore(redis);
    await a.store.commit({ draft: { slackUserId: ANA, expectedRevision: null, next: aDraft({ mode: 'BUY' }) } });

    expect(await a.store.commit(everything(a))).toBe('conflict');

    expect(await a.store.draft(ANA)).toEqual(aDraft({ mode: 'BUY' }));
    expect(await a.store.request(requestId('req1'))).toBeNull();
    expect(await a.store.outbox(0)).toEqual([]);
    expect(await all(a.store.audit())).toEqual([]);
    expect(await a.store.commit({ once: 'press-1' })).toBe('committed');
  });

  it('writes nothing once the app was removed, and says that it is certain', async () => {
    const a = aStore(redis);
    await a.store.commit({ stop: { why: 'app_uninstalled', since: 5 } });
    const before = await redis.keys(a.keys.everything);

    const refused = await a.store.commit(everything(a)).catch((error: unknown) => error);

    expect(refused).toMatchObject({ name: 'StoreUnavailable', isRefused: true });
    expect(await redis.keys(a.keys.everything)).toEqual(before);
    // A revoked token keeps the data, and what is accepted waits for a new one.
    await a.store.commit({ stop: { why: 'tokens_revoked', since: 6 } });
    expect(await a.store.commit(everything(a))).toBe('committed');
  });

  it('writes what came of a job under way even then, if its request still exists', async () => {
    const a = aStore(redis);
    const request = aRequest({ tenant: a.workspaceId });
    await a.store.commit({ request: { expectedRevision: null, next: request } });
    await a.store.commit({ stop: { why: 'app_uninstalled', since: 5 } });
    const next = { ...request, revision: 2 };
    const ending = { request: { expectedRevision: 1, next }, evenIfRemoved: true };

    expect(await a.store.commit(ending)).toBe('committed');
    await redis.del(a.keys.request(request.id));
    expect(await a.store.commit(ending)).toBe('conflict');
    const created = { request: { expectedRevision: null, next: request }, evenIfRemoved: true };
    await expect(a.store.commit(created)).rejects.toThrow(RangeError);
    await expect(a.store.commit({ work: [], evenIfRemoved: true })).rejects.toThrow(RangeError);
  });

  it('writes nothing when the request is not the one that was read', async () => {
    const a = aStore(redis);
    await a.store.commit({ request: { expectedRevision: null, next: aRequest({ tenant: a.workspaceId }) } });

    expect(await a.store.commit(everything(a))).toBe('conflict');

    expect(await a.store.draft(ANA)).toBeNull();
    expect(await a.store.outbox(0)).toEqual([]);
  });

  it('keeps one open request for an order, and takes the next once that is over', async () => {
    const { store, workspaceId } = aStore(redis);
    const [first, second] = ['req1', 'req2'].map((id) => aRequest({ tenant: workspaceId, id: requestId(id) }));
    if (first === undefined || second === undefined) throw new Error('two requests');
    const send = (next: typeof first) => store.commit({ request: { expectedRevision: null, next } });
    const [order] = [first.fleetOrderId];

    expect((await Promise.all([send(first), send(second)])).sort()).toEqual(['committed', 'conflict']);
    const open = await store.openRequestFor(order);
    const other = open?.id === first.id ? second : first;
    expect(await send(other)).toBe('conflict');
    if (open === null) throw new Error('none is open');
    const over = { ...open, state: { kind: 'expired', at: 1 }, revision: 2 } as const;
    expect(await store.commit({ request: { expectedRevision: 1, next: over } })).toBe('committed');

    expect(await store.openRequestFor(order)).toBeNull();
    expect(await send(other)).toBe('committed');
    expect(await store.openRequestFor(order)).toEqual(other);
  });

  it('lets one of many rivals win, and only the winner leaves work', async () => {
    const { store, workspaceId } = aStore(redis);
    const request = aRequest({ tenant: workspaceId });
    await store.commit({ request: { expectedRevision: null, next: request } });

    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, rival) =>
        store.commit({
          request: { expectedRevision: 1, next: { ...request, note: `rival ${rival}`, revision: 2 } },
          work: [
            anItem({ id: `approve-${rival}`, work: { kind: 'remind', tenant: workspaceId, requestId: request.id } }),
          ],
        }),
      ),
    );

    expect(outcomes.filter((one) => one === 'committed')).toHaveLength(1);
    expect(outcomes.filter((one) => one === 'conflict')).toHaveLength(19);
    const winner = outcomes.indexOf('committed');
    expect(await store.outbox(0)).toMatchObject([{ id: `approve-${winner}` }]);
    expect(await store.request(request.id)).toMatchObject({ note: `rival ${winner}`, revision: 2 });
  });

  it('carries out what may happen once only once, however many deliveries come at the same moment', async () => {
    const { store, workspaceId } = aStore(redis);
    const deliveries = Array.from({ length: 11 }, (_, at) =>
      store.commit({
        once: 'press-1',
        work: [anItem({ id: `try-${at}`, work: { kind: 'refresh_directory', tenant: workspaceId } })],
        audit: [anEntry()],
      }),
    );

    const outcomes = await Promise.all(deliveries);

    expect(outcomes.filter((one) => one === 'committed')).toHaveLength(1);
    expect(outcomes.filter((one) => one === 'repeated')).toHaveLength(10);
    expect(await store.outbox(0)).toHaveLength(1);
    expect(await all(store.audit())).toHaveLength(1);
  });

  it('says repeated, not conflict, when the same commit is made again', async () => {
    const a = aStore(redis);

    expect(await a.store.commit(everything(a))).toBe('committed');
    expect(await a.store.commit(everything(a))).toBe('repeated');
  });

  it('keeps the first item of an id, with the time at which it was accepted', async () => {
    const { store, workspaceId, keys } = aStore(redis);
    const item = anItem({ work: { kind: 'refresh_directory', tenant: workspaceId } });
    await store.commit({ work: [item] });
    await redis.zincrby(keys.outboxTimes, -2000, item.id);
    await store.commit({ work: [{ ...item, notBefore: 60_000 }] });

    expect(await store.outbox(2000)).toEqual([item]);
    await store.dropFromOutbox([item.id]);
    expect(await store.outbox(0)).toEqual([]);
  });

  it('deletes a draft by the revision that was read, and no other', async () => {
    const { store } = aStore(redis);
    await store.commit({ draft: { slackUserId: ANA, expectedRevision: null, next: aDraft() } });
    await store.commit({ draft: { slackUserId: ANA, expectedRevision: 1, next: aDraft({ revision: 2 }) } });

    expect(await store.commit({ draft: { slackUserId: ANA, expectedRevision: 1, next: null } })).toBe('conflict');
    expect(await all(store.drafts())).toHaveLength(1);
    expect(await store.commit({ draft: { slackUserId: ANA, expectedRevision: 2, next: null } })).toBe('committed');
    expect(await store.draft(ANA)).toBeNull();
    expect(await all(store.drafts())).toEqual([]);
  });

  it.each(['outbox', 'outboxTimes', 'audit', 'openRequests', 'waiting', 'drafts', 'settings'] as const)(
    'leaves nothing behind when Redis would stop the script at %s',
    async (broken) => {
      const a = aStore(redis);
      await redis.set(a.keys[broken], 'of another kind');

      const commit = a.store.commit({ ...everything(a), settings: { expectedRevision: null, next: await defaults() } });

      await expect(commit).rejects.toThrow(StoreUnavailable);
      await expect(commit).rejects.not.toThrow(CommitUnclear);
      const left = await redis.keys(a.keys.everything);
      expect(left).toEqual([a.keys[broken]]);
    },
  );

  it('carries a cart of 60 lines and a note of any characters unchanged', async () => {
    const { store, workspaceId } = aStore(redis);
    const note = `"'\\ \u0000 \u2028 <!channel> ${'ß🧑‍💻'.repeat(200)}`;
    const request = aRequest({ tenant: workspaceId, note, lines: Array.from({ length: 60 }, aLine) });

    await store.commit({ request: { expectedRevision: null, next: request } });

    expect(await store.request(request.id)).toEqual(request);
  });
});

describe('a commit that no store can carry out', () => {
  const workspaceId = aWorkspaceId();
  const strangers = aRequest({ tenant: aWorkspaceId() });

  it.each<[string, Commit]>([
    [
      'a draft of the wrong revision',
      { draft: { slackUserId: ANA, expectedRevision: 1, next: aDraft({ revision: 3 }) } },
    ],
    [
      'a first request of the second revision',
      { request: { expectedRevision: null, next: aRequest({ tenant: workspaceId, revision: 2 }) } },
    ],
    ['a request of another workspace', { request: { expectedRevision: null, next: strangers } }],
    ['work of another tenant', { work: [anItem({ work: { kind: 'follow_orders', tenant: strangers.tenant } })] }],
    [
      'an id that the queue refuses',
      { work: [anItem({ id: 'a:b', work: { kind: 'follow_orders', tenant: workspaceId } })] },
    ],
  ])('refuses %s', async (_, change) => {
    const a = aStore(redis, { workspaceId });

    await expect(a.store.commit(change)).rejects.toThrow(RangeError);
    expect(await redis.keys(a.keys.everything)).toEqual([]);
  });
});

const defaults = async () => (await import('../../src/domain/settings/settings.ts')).defaultSettings;
