import { describe, expect, it } from 'vitest';
import type { RequestId, SlackUserId, WorkspaceId } from '../../src/domain/ids.ts';
import { defaultSettings } from '../../src/domain/settings/settings.ts';
import { workItemCodec } from '../../src/store/outbox.ts';
import queued from '../fixtures/work-items-v1.json' with { type: 'json' };
import { aStore } from './support/a-store.ts';
import { all } from './support/all.ts';
import { aRequest } from './support/records.ts';
import { aWorkspaceId, redisOfFile } from './support/redis-for-tests.ts';

// Keys and values as 0.1 wrote them, spelled out: if you change a key, a field or a shape, this fails, and you have
// to read the old one as well, since cards and carts of before are still out there.

const { redis } = await redisOfFile();
const requestId = 'req_old' as RequestId;
const requester = 'U0ANA' as SlackUserId;
const approver = 'U0BEN' as SlackUserId;

const line = {
  productId: 7,
  deliveryCountry: 'DE',
  keyboardLayout: 'GERMAN_QWERTZ',
  fleetUserId: 11,
  shippingAddressId: null,
  productGroupId: 3,
  productName: 'MacBook Air',
  configuration: 'M4',
  assigneeName: 'Ana',
  price: { amount: '54.90', currency: 'EUR' },
  shipping: { min: 3, max: 5 },
};
const holds = { productIds: [7], names: ['MacBook Air'], rent: '54.90', currency: 'EUR' };
const draft = {
  purchaserId: 11,
  fleetOrderId: 42,
  mode: 'LEASING',
  lines: [line],
  fleetHolds: holds,
  standing: 'ours',
  creatingSince: null,
  lockedBy: 'req_old',
  appliedChanges: ['c1'],
  revision: 3,
};
const request = (workspaceId: WorkspaceId) => ({
  id: requestId,
  tenant: workspaceId,
  fleetOrderId: 42,
  requester: { slackUserId: requester, fleetUserId: 11, name: 'Ana' },
  approver: { slackUserId: approver, fleetUserId: 12, name: 'Ben' },
  mode: 'LEASING',
  lines: [line],
  total: { fleet: null, ours: [{ amount: '54.90', currency: 'EUR' }], unpriced: 0 },
  note: '',
  fingerprint: 'abc',
  expectedInFleet: holds,
  createdAt: 1000,
  expiresAt: 2000,
  lastRemindedAt: null,
  previousRequestId: null,
  state: { kind: 'pending' },
  difference: null,
  problem: null,
  approverGone: false,
  revision: 2,
});

async function asWrittenBefore() {
  const workspaceId = aWorkspaceId();
  const key = (name: string) => `fleet-slack:v1:{${workspaceId}}:${name}`;
  const item = { v: 1, id: 'remind-req_old', work: { kind: 'remind', tenant: workspaceId, requestId } };
  await redis.hset(key('draft:U0ANA'), { rev: '3', json: JSON.stringify({ v: 1, ...draft }) });
  await redis.zadd(key('drafts'), 1000, 'U0ANA');
  await redis.hset(key('request:req_old'), {
    rev: '2',
    json: JSON.stringify({ v: 1, ...request(workspaceId) }),
    waiting: 'U0BEN|00000000001000|req_old',
  });
  await redis.zadd(key('requests:open'), 1000, requestId);
  await redis.zadd(key('requests:by:U0ANA'), 1000, requestId);
  await redis.zadd(key('requests:waiting'), 0, 'U0BEN|00000000001000|req_old');
  await redis.hset(key('order:42'), { id: 'req_old', at: '1000' });
  await redis.hset(key('outbox'), 'remind-req_old', JSON.stringify(item));
  await redis.zadd(key('outbox:times'), 1000, 'remind-req_old');
  await redis.hset(key('settings'), { rev: '5', json: JSON.stringify({ v: 1, admins: ['U0BEN'] }) });
  await redis.hset(key('preferences:U0ANA'), { lastCountry: 'DE' });
  await redis.set(key('pause'), JSON.stringify({ v: 1, kind: 'unauthorized', since: 5 }));
  await redis.set(key('once:press-1'), '1');
  await redis.hset(
    key('copies:req_old'),
    'D1:1.2',
    JSON.stringify({ v: 1, kind: 'approver', slackUserId: approver, channel: 'D1', ts: '1.2', shows: 2 }),
  );
  return { key, ...aStore(redis, { workspaceId }) };
}

describe('what the previous release wrote', () => {
  it('is read', async () => {
    const { store, workspaceId, unreadable } = await asWrittenBefore();

    expect(await store.draft(requester)).toEqual(draft);
    expect(await all(store.drafts())).toHaveLength(1);
    for (const found of [
      [await store.request(requestId)],
      [await store.requestForOrder(42 as never)],
      await store.openRequests(),
      await store.requestsBy(requester, 5),
      await store.requestsWaitingFor(approver),
    ]) {
      expect(found).toEqual([request(workspaceId)]);
    }
    expect(await store.outbox(0)).toEqual([
      { id: 'remind-req_old', work: { kind: 'remind', tenant: workspaceId, requestId } },
    ]);
    expect(await store.savedSettings()).toEqual({ revision: 5, settings: { ...defaultSettings, admins: ['U0BEN'] } });
    expect(await store.preferences(requester)).toEqual({ lastCountry: 'DE', lastApprover: null });
    expect(await store.pause()).toEqual({ kind: 'unauthorized', since: 5 });
    expect(await store.copies(requestId)).toMatchObject([{ channel: 'D1', ts: '1.2', shows: 2 }]);
    expect(unreadable).toEqual([]);
  });

  it.each(queued.map((item) => [item.id, item] as const))('is carried out: %s', (_, item) => {
    const read = workItemCodec.decode(JSON.stringify(item));

    expect(read && JSON.parse(workItemCodec.encode(read))).toEqual(item);
  });

  it('is gone on with: a pending card of before is decided, and leaves every list', async () => {
    const { store, workspaceId } = await asWrittenBefore();
    const old = await store.request(requestId);
    if (!old) throw new Error('not read');

    const state = { kind: 'withdrawn', by: old.requester, at: 5 } as const;
    expect(await store.commit({ once: 'press-1' })).toBe('repeated');
    expect(await store.commit({ request: { expectedRevision: 2, next: { ...old, state, revision: 3 } } })).toBe(
      'committed',
    );

    expect(await store.openRequests()).toEqual([]);
    expect(await store.requestsWaitingFor(approver)).toEqual([]);
    expect(await redis.zcard(`fleet-slack:v1:{${workspaceId}}:requests:waiting`)).toBe(0);
  });

  it('locks its order, although it is only in the list of open requests', async () => {
    const { store, workspaceId, keys } = aStore(redis);
    const [older, newer] = [aRequest({ tenant: workspaceId }), aRequest({ tenant: workspaceId, id: 'req2' as never })];
    await store.commit({ request: { expectedRevision: null, next: older } });
    await redis.hdel(keys.newestForOrder(older.fleetOrderId), 'open');
    expect(await store.openRequestFor(older.fleetOrderId)).toEqual(older);
    expect(await store.commit({ request: { expectedRevision: null, next: newer } })).toBe('conflict');

    // A newer one for the same order, which is over: the previous release allowed two at once.
    await redis.hset(keys.newestForOrder(older.fleetOrderId), 'id', 'req0');
    expect(await store.openRequestFor(older.fleetOrderId)).toEqual(older);
  });

  it('counts as absent and is reported where it can no longer be read, and is never thrown', async () => {
    const { store, key, unreadable } = await asWrittenBefore();
    const breakJson = (name: string) => redis.hset(key(name), 'json', '{"v":1,"revision":"two"}');
    await Promise.all(['draft:U0ANA', 'request:req_old', 'settings'].map(breakJson));
    await redis.hset(key('outbox'), 'remind-req_old', '{"v":1,"id":"remind-req_old","work":{"kind":"of the future"}}');
    await redis.hset(key('copies:req_old'), 'D1:1.2', 'x');
    await redis.set(key('pause'), 'x');
    await redis.set(key('directory'), 'x');
    await redis.xadd(key('audit'), '*', 'entry', 'x');

    expect(await store.draft(requester)).toBeNull();
    expect(await all(store.drafts())).toEqual([]);
    expect(await store.request(requestId)).toBeNull();
    expect(await store.openRequests()).toEqual([]);
    expect(await store.outbox(0)).toEqual([]);
    expect(await store.settings()).toEqual(defaultSettings);
    expect(await store.copies(requestId)).toEqual([]);
    expect(await store.pause()).toBeNull();
    expect(await store.directory.state()).toBeNull();
    expect(await all(store.audit())).toEqual([]);
    expect(new Set(unreadable.map(({ record }) => record))).toEqual(
      new Set(['draft', 'request', 'work', 'copy', 'pause', 'directory', 'audit']),
    );
    expect(await redis.hlen(key('outbox'))).toBe(1);
  });
});
