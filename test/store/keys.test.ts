import { describe, expect, it } from 'vitest';
import type { WorkspaceId } from '../../src/domain/ids.ts';
import type { CardCopy } from '../../src/domain/request/request.ts';
import { keysOf, lifetimesMs, QUEUE_PREFIX } from '../../src/store/keys.ts';
import { eraseWorkspaceRecords } from '../../src/store/workspace.ts';
import { aStore } from './support/a-store.ts';
import { ANA, aDraft, anEntry, anItem, aProfile, aRequest, requestId } from './support/records.ts';
import { redisOfFile } from './support/redis-for-tests.ts';

const { redis } = await redisOfFile();
const DAY = 24 * 3600 * 1000;

/** Everything that a workspace can have, written. */
async function fullStore() {
  const a = aStore(redis);
  const { store, workspaceId, keys } = a;
  await store.commit({
    draft: { slackUserId: ANA, expectedRevision: null, next: aDraft() },
    request: { expectedRevision: null, next: aRequest({ tenant: workspaceId }) },
    settings: { expectedRevision: null, next: await store.settings() },
    once: 'press-1',
    work: [anItem({ work: { kind: 'follow_orders', tenant: workspaceId } })],
    audit: [anEntry()],
  });
  await store.putCopy(requestId('req1'), {
    kind: 'shared',
    slackUserId: null,
    channel: 'C',
    ts: '1',
    shows: 1,
  } as CardCopy);
  await store.setPreferences(ANA, { lastApprover: ANA });
  await store.setPause({ kind: 'unauthorized', since: 1 });
  await store.putProfile(aProfile({ slackTeamId: workspaceId }));
  // Whatever a busy machine takes, nothing expires between two looks at all keys.
  await store.lease('polling', DAY);
  await store.remember('fact', '1', DAY);
  await store.increment('tried', DAY);
  await store.claimGeneration('V1' as never, '1.1');
  await store.cache.read({ key: 'k', freshMs: 1, keepMs: DAY, parse: () => 1 }, async () => ({ ok: true, value: 1 }));
  return { ...a, keys };
}

describe('keys', () => {
  it('carry the workspace first, as hash tag, so that all of its keys share a slot', async () => {
    const { workspaceId } = await fullStore();

    const written = await redis.keys(`*${workspaceId}*`);

    expect(written.length).toBeGreaterThan(18);
    for (const key of written) expect(key).toMatch(new RegExp(`^fleet-slack:v1:\\{${workspaceId}\\}:`));
  });

  it.each(['T1}', '{T1', 'T1:x', '', 'T*'])('refuse the workspace %s', (workspaceId) => {
    expect(() => keysOf(workspaceId as WorkspaceId)).toThrow(RangeError);
  });

  it('give the queue a tag of its own', () => {
    expect(QUEUE_PREFIX).toBe('{fleet-slack:v1:queue}');
  });
});

it('of an erased workspace are gone but for its stop, and no others', async () => {
  const [gone, stays] = [await fullStore(), await fullStore()];
  const before = await redis.keys(stays.keys.everything);
  await gone.store.commit({ stop: { why: 'app_uninstalled', since: 1 } });

  await eraseWorkspaceRecords(redis, gone.workspaceId);

  expect(await redis.keys(gone.keys.everything)).toEqual([gone.keys.stop]);
  expect((await redis.keys(stays.keys.everything)).toSorted()).toEqual(before.toSorted());
});

describe('lifetimes', () => {
  it('are what they are said to be', async () => {
    const { keys } = await fullStore();
    const days = async (key: string) => Math.ceil((await redis.pttl(key)) / DAY);

    expect(await days(keys.draft(ANA))).toBe(180);
    expect(await days(keys.request(requestId('req1')))).toBe(365);
    expect(await days(keys.newestForOrder(42 as never))).toBe(365);
    expect(await days(keys.requestsBy(ANA))).toBe(365);
    expect(await days(keys.copies(requestId('req1')))).toBe(365);
    expect(await days(keys.preferences(ANA))).toBe(365);
    expect(await days(keys.once('press-1'))).toBe(7);
    expect(await days(keys.generation('V1' as never))).toBe(1);
    expect(await redis.pttl(keys.profile(ANA))).toBeGreaterThan(60 * 60 * 1000);
    expect(lifetimesMs.profile).toBeGreaterThanOrEqual(60 * 60 * 1000);
  });

  it('never expire pending work or anything that a person set', async () => {
    const { keys } = await fullStore();

    for (const key of [keys.outbox, keys.outboxTimes, keys.openRequests, keys.waiting, keys.settings, keys.pause]) {
      expect(await redis.pttl(key)).toBe(-1);
    }
  });

  it('begin again with every change', async () => {
    const { store, keys } = await fullStore();
    await redis.pexpire(keys.draft(ANA), 5000);

    await store.commit({ draft: { slackUserId: ANA, expectedRevision: 1, next: aDraft({ revision: 2 }) } });

    expect(await redis.pttl(keys.draft(ANA))).toBeGreaterThan(179 * DAY);
  });

  it('leave no draft in the list whose record is gone', async () => {
    const { store, keys, clock } = await fullStore();
    clock.now += 181 * DAY;
    await redis.del(keys.draft(ANA));

    await store.commit({ draft: { slackUserId: 'U2' as never, expectedRevision: null, next: aDraft() } });

    expect(await redis.zrange(keys.drafts, 0, '-1')).toEqual(['U2']);
  });
});
