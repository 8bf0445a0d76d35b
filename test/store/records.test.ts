import { describe, expect, it } from 'vitest';
import type { DraftCart } from '../../src/domain/cart/cart.ts';
import type { FleetUserId, SlackUserId } from '../../src/domain/ids.ts';
import type { CardCopy, DeviceRequest, RequestState } from '../../src/domain/request/request.ts';
import { defaultSettings } from '../../src/domain/settings/settings.ts';
import type { WorkItem } from '../../src/domain/work.ts';
import { aStore } from './support/a-store.ts';
import { all } from './support/all.ts';
import {
  ANA,
  aDraft,
  ana,
  anEntry,
  anItem,
  aProfile,
  aRequest,
  BEN,
  ben,
  cleo,
  orderId,
  requestId,
} from './support/records.ts';
import { redisOfFile } from './support/redis-for-tests.ts';

const { redis } = await redisOfFile();
const HOUR = 3_600_000;

const save = async ({ store }: Pick<ReturnType<typeof aStore>, 'store'>, request: DeviceRequest) => {
  const was = request.revision === 1 ? null : request.revision - 1;
  expect(await store.commit({ request: { expectedRevision: was, next: request } })).toBe('committed');
};
const idsOf = (requests: readonly DeviceRequest[]) => requests.map(({ id }) => id);

describe('requests', () => {
  it('finds open ones oldest first, and no longer once they are closed', async () => {
    const a = aStore(redis);
    const first = aRequest({ tenant: a.workspaceId, id: requestId('first'), createdAt: 1000 });
    const second = aRequest({
      tenant: a.workspaceId,
      id: requestId('second'),
      createdAt: 2000,
      fleetOrderId: orderId(43),
    });
    await save(a, second);
    await save(a, first);

    expect(idsOf(await a.store.openRequests())).toEqual(['first', 'second']);
    await save(a, { ...first, revision: 2, state: { kind: 'validating', by: ben, at: 1, validateSentAt: null } });
    expect(idsOf(await a.store.openRequests())).toEqual(['first', 'second']);
    await save(a, { ...first, revision: 3, state: { kind: 'withdrawn', by: ana, at: 1 } });
    expect(idsOf(await a.store.openRequests())).toEqual(['second']);
    expect(idsOf(await a.store.requestsWaitingFor(BEN))).toEqual(['second']);
  });

  it('follows who is asked when a request is handed over', async () => {
    const a = aStore(redis);
    const request = aRequest({ tenant: a.workspaceId });
    await save(a, request);
    await save(a, { ...request, approver: cleo, revision: 2 });

    expect(await a.store.requestsWaitingFor(BEN)).toEqual([]);
    expect(idsOf(await a.store.requestsWaitingFor(cleo.slackUserId))).toEqual(['req1']);
  });

  it('does not mistake an approver for one whose id begins the same', async () => {
    const a = aStore(redis);
    const approver = { ...ben, slackUserId: `${BEN}2` as typeof BEN };
    await save(a, aRequest({ tenant: a.workspaceId, approver }));

    expect(await a.store.requestsWaitingFor(BEN)).toEqual([]);
  });

  it("lists an approver's oldest first", async () => {
    const a = aStore(redis);
    for (const createdAt of [3000, 900, 20_000]) {
      const about = { id: requestId(`r${createdAt}`), fleetOrderId: orderId(createdAt), createdAt };
      await save(a, aRequest({ tenant: a.workspaceId, ...about }));
    }

    expect(idsOf(await a.store.requestsWaitingFor(BEN))).toEqual(['r900', 'r3000', 'r20000']);
  });

  it("lists a requester's newest first, closed ones too, and no more than asked for", async () => {
    const a = aStore(redis);
    for (const createdAt of [1000, 3000, 2000]) {
      const state: RequestState = { kind: 'expired', at: 5 };
      await save(a, aRequest({ tenant: a.workspaceId, id: requestId(`r${createdAt}`), createdAt, state }));
    }

    expect(idsOf(await a.store.requestsBy(ANA, 2))).toEqual(['r3000', 'r2000']);
    expect(await a.store.requestsBy(ANA, 0)).toEqual([]);
    expect(await a.store.requestsBy(BEN, 9)).toEqual([]);
  });

  it('names the newest request of an order, also when an older one is saved after it', async () => {
    const a = aStore(redis);
    const older = aRequest({ tenant: a.workspaceId, id: requestId('older'), createdAt: 1000 });
    const newer = aRequest({ tenant: a.workspaceId, id: requestId('newer'), createdAt: 2000 });
    await save(a, older);
    await save(a, { ...older, revision: 2, state: { kind: 'expired', at: 5 } });
    await save(a, newer);
    await save(a, { ...older, revision: 3, state: { kind: 'expired', at: 6 } });

    expect((await a.store.requestForOrder(orderId(42)))?.id).toBe('newer');
    expect(await a.store.requestForOrder(orderId(43))).toBeNull();
  });
});

describe('drafts', () => {
  it('gives every draft with its owner', async () => {
    const { store, clock } = aStore(redis);
    await store.commit({ draft: { slackUserId: ANA, expectedRevision: null, next: aDraft() } });
    clock.now += 1;
    await store.commit({ draft: { slackUserId: BEN, expectedRevision: null, next: aDraft({ standing: 'found' }) } });

    expect(await all(store.drafts())).toEqual([
      { slackUserId: ANA, draft: aDraft(), savedAt: clock.now - 1 },
      { slackUserId: BEN, draft: aDraft({ standing: 'found' }), savedAt: clock.now },
    ]);
  });
});

describe('the drafts of one cart', () => {
  const put = (a: ReturnType<typeof aStore>, slackUserId: SlackUserId, next: DraftCart | null, revision = 1) =>
    a.store.commit({
      draft: {
        slackUserId,
        expectedRevision: revision === 1 ? null : revision - 1,
        next: next && { ...next, revision },
      },
    });
  const ownersOf = async ({ store }: ReturnType<typeof aStore>, order: number) =>
    (await store.draftsOfOrder(orderId(order))).map(({ slackUserId }) => slackUserId);

  it('are found by its number as it changes', async () => {
    const a = aStore(redis);
    await put(a, ANA, aDraft({ fleetOrderId: orderId(4) }));
    await put(a, BEN, aDraft({ fleetOrderId: orderId(42) }));
    expect(await ownersOf(a, 4)).toEqual([ANA]);
    expect(await ownersOf(a, 42)).toEqual([BEN]);

    await put(a, BEN, aDraft({ fleetOrderId: orderId(43) }), 2);
    await put(a, ANA, aDraft({ fleetOrderId: null }), 2);
    expect([await ownersOf(a, 4), await ownersOf(a, 42)]).toEqual([[], []]);
    expect(await ownersOf(a, 43)).toEqual([BEN]);

    await put(a, BEN, null, 3);
    expect(await ownersOf(a, 43)).toEqual([]);
    expect(await redis.zcard(a.keys.draftsByOrder)).toBe(0);
  });

  it('are found without reading any other', async () => {
    const a = aStore(redis);
    await put(a, ANA, aDraft({ fleetOrderId: orderId(42) }));
    await put(a, BEN, aDraft({ fleetOrderId: orderId(43) }));
    await redis.hset(a.keys.draft(BEN), 'json', 'nobody can read this');

    expect([await ownersOf(a, 42), await ownersOf(a, 44)]).toEqual([[ANA], []]);
    expect(a.unreadable).toEqual([]);
  });

  it('that an earlier release saved are found once they are listed, and never by a number that is no longer theirs', async () => {
    const a = aStore(redis);
    await put(a, ANA, aDraft({ fleetOrderId: orderId(42) }));
    await put(a, BEN, aDraft({ fleetOrderId: null }));
    await redis.del(a.keys.draftsByOrder);
    await redis.hdel(a.keys.draft(ANA), 'order');

    await a.store.indexDrafts();
    expect(await ownersOf(a, 42)).toEqual([ANA]);

    await put(a, ANA, aDraft({ fleetOrderId: orderId(43) }), 2);
    expect([await ownersOf(a, 42), await ownersOf(a, 43)]).toEqual([[], [ANA]]);
  });
});

describe('preferences', () => {
  it('keeps both of two changes at once', async () => {
    const { store } = aStore(redis);

    await Promise.all([
      store.setPreferences(ANA, { lastCountry: 'DE' as never }),
      store.setPreferences(ANA, { lastApprover: BEN }),
    ]);

    expect(await store.preferences(ANA)).toEqual({ lastCountry: 'DE', lastApprover: BEN });
    await store.setPreferences(ANA, { lastApprover: null });
    expect(await store.preferences(ANA)).toEqual({ lastCountry: 'DE', lastApprover: null });
    expect(await store.preferences(BEN)).toEqual({ lastCountry: null, lastApprover: null });
  });
});

describe('settings', () => {
  it('are the defaults until they are saved', async () => {
    const { store } = aStore(redis);

    expect(await store.savedSettings()).toEqual({ revision: null, settings: defaultSettings });
  });

  it('let one of two admins at once save, and the other sees what changed', async () => {
    const { store } = aStore(redis);
    const mine = { ...defaultSettings, defaultMode: 'BUY' as const };
    const theirs = { ...defaultSettings, admins: [BEN] };

    const outcomes = await Promise.all(
      [mine, theirs].map((is) => store.commit({ settings: { expectedRevision: null, next: is }, audit: [anEntry()] })),
    );

    expect(outcomes).toEqual(['committed', 'conflict']);
    expect(await store.savedSettings()).toEqual({ revision: 1, settings: mine });
    expect(await store.commit({ settings: { expectedRevision: 1, next: theirs } })).toBe('committed');
    expect(await store.settings()).toEqual(theirs);
  });
});

describe('a link', () => {
  const link = (slackUserId: SlackUserId, fleetUserId: number, at: number) => ({
    ...{ slackUserId, fleetUserId: fleetUserId as FleetUserId, by: ANA, at },
  });

  it.each([
    ['of a Fleet user who is linked already', link(BEN, 11, 2)],
    ['of a Slack user who is linked already', link(ANA, 12, 2)],
  ])('%s is a conflict', async (_, next) => {
    const { store } = aStore(redis);
    const first = link(ANA, 11, 1);
    expect(await store.commit({ link: { expected: null, next: first } })).toBe('committed');

    expect(await store.commit({ link: { expected: null, next } })).toBe('conflict');

    expect(await store.links(10)).toEqual([first]);
    expect(await store.linkOf(first.fleetUserId)).toEqual(first);
  });
});

describe('pause', () => {
  it('tells exactly one of many that they began it', async () => {
    const { store } = aStore(redis);
    const pause = { kind: 'unauthorized', since: 5 } as const;

    const began = await Promise.all(Array.from({ length: 5 }, () => store.setPause(pause)));

    expect(began.filter(Boolean)).toHaveLength(1);
    expect(await store.pause()).toEqual(pause);
    await store.clearPause();
    expect(await store.pause()).toBeNull();
    expect(await store.setPause(pause)).toBe(true);
  });
});

describe('copies of a card', () => {
  const copy = (over: Partial<CardCopy> = {}): CardCopy => ({
    kind: 'approver',
    slackUserId: BEN,
    channel: 'D1' as CardCopy['channel'],
    ts: '1.2' as CardCopy['ts'],
    shows: 1,
    ...over,
  });

  it('keeps one for each place, with what was written last', async () => {
    const { store } = aStore(redis);
    const shared = copy({ kind: 'shared', slackUserId: null, ts: '1.3' as CardCopy['ts'] });
    await store.putCopy(requestId('req1'), copy({ shows: 3 }));
    await store.putCopy(requestId('req1'), copy({ shows: 2 }));
    await store.putCopy(requestId('req1'), shared);

    expect(await store.copies(requestId('req1'))).toEqual(expect.arrayContaining([copy({ shows: 2 }), shared]));
    await store.dropCopy(requestId('req1'), copy());
    expect(await store.copies(requestId('req1'))).toEqual([shared]);
  });
});

describe('the outbox', () => {
  const nothing = { accepted: [], overdue: [], tooLate: [], hasMore: false, cancelled: [] };

  it('leaves young work to the instance that accepted it', async () => {
    const { store, workspaceId, keys } = aStore(redis);
    const item = (id: string) => anItem({ id, work: { kind: 'refresh_directory', tenant: workspaceId } });
    await store.commit({ work: [item('old'), item('young')] });
    await redis.zincrby(keys.outboxTimes, -60_000, 'old');

    expect((await store.outbox(60_000)).map(({ id }) => id)).toEqual(['old']);
    await store.dropFromOutbox([]);
    await store.dropFromOutbox(['old', 'never-there']);
    expect((await store.outbox(0)).map(({ id }) => id)).toEqual(['young']);
  });

  it('keeps what is queued until it is done, and has it looked for in the queue by one instance at a time', async () => {
    const { store, workspaceId, keys } = aStore(redis);
    const item = (id: string, more: Partial<WorkItem> = {}) =>
      anItem({ id, work: { kind: 'refresh_directory', tenant: workspaceId }, ...more });
    const work = [item('at-once'), item('later', { notBefore: Date.now() + 60_000 })];
    await store.commit({ work });
    expect(await store.beginRound(60_000, [])).toEqual(nothing);
    expect(await store.beginRound(0, [])).toEqual({ ...nothing, accepted: work });
    await store.markQueued(work);
    expect(await store.beginRound(0, [])).toEqual(nothing);
    for (const { id } of work) await redis.zincrby(keys.outboxQueued, -30_000, id);

    expect(await store.beginRound(0, [])).toEqual({ ...nothing, overdue: work.slice(0, 1) });
    expect(await store.beginRound(0, [])).toEqual(nothing);

    await store.beginRound(0, ['at-once', 'later', 'never-there']);
    expect(await redis.exists(keys.outbox, keys.outboxTimes, keys.outboxQueued)).toBe(0);
  });

  it('has what nobody looked for over a weekend looked for, and says what nobody looked for in a week', async () => {
    const { store, workspaceId, keys } = aStore(redis);
    const [weekend, week, lost] = ['weekend', 'week', 'lost'].map((id) =>
      anItem({ id, work: { kind: 'refresh_directory', tenant: workspaceId } }),
    ) as [WorkItem, WorkItem, WorkItem];
    await store.commit({ work: [weekend, week, lost] });
    await store.markQueued([weekend, week, lost]);
    await redis.zincrby(keys.outboxQueued, -60 * HOUR, 'weekend');
    await redis.zincrby(keys.outboxQueued, -8 * 24 * HOUR, 'week');
    await redis.zincrby(keys.outboxQueued, -60_000, 'lost');
    await redis.hdel(keys.outbox, 'lost');

    expect(await store.beginRound(0, [])).toEqual({ ...nothing, overdue: [weekend], tooLate: [week] });
    expect((await redis.zrange(keys.outboxQueued, 0, '-1')).toSorted()).toEqual(['week', 'weekend']);
  });
});

describe('what an instance whose clock is ahead', () => {
  it('accepted is moved by the others at once', async () => {
    const { workspaceId, seal, store: other } = aStore(redis);
    const ahead = aStore(redis, { workspaceId, seal, now: () => Date.now() + 600_000 }).store;
    const item = anItem({ work: { kind: 'refresh_directory', tenant: workspaceId } });

    await ahead.commit({ work: [item] });

    expect(await other.outbox(0)).toEqual([item]);
  });
});

describe('the audit log', () => {
  it('is read page by page, and on from any entry', async () => {
    const { store } = aStore(redis);
    const entries = Array.from({ length: 1100 }, (_, at) => anEntry({ at }));
    await store.commit({ audit: entries });

    const read = await all(store.audit());

    expect(read.map(({ entry }) => entry.at)).toEqual(entries.map(({ at }) => at));
    expect(await all(store.audit(read[1098]?.id))).toEqual(read.slice(1099));
    expect(await all(store.audit(read.at(-1)?.id))).toEqual([]);
  });
});

describe('profiles', () => {
  it('come back whole, and Redis holds none of their text', async () => {
    const { store, workspaceId, keys } = aStore(redis);
    await store.putProfile(aProfile({ slackTeamId: workspaceId }));

    expect(await store.profile(ANA)).toEqual(aProfile({ slackTeamId: workspaceId }));
    expect(await store.profile(BEN)).toBeNull();
    expect(await redis.get(keys.profile(ANA))).not.toMatch(/Ana N|ana@|example|Berlin/i);
  });

  it('cannot be moved to another person', async () => {
    const { store, workspaceId, keys, unreadable } = aStore(redis);
    await store.putProfile(aProfile({ slackTeamId: workspaceId }));
    await redis.copy(keys.profile(ANA), keys.profile(BEN));

    expect(await store.profile(BEN)).toBeNull();
    expect(unreadable).toEqual([{ record: 'profile', key: keys.profile(BEN) }]);
  });
});
