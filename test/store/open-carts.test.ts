import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { DraftCart } from '../../src/domain/cart/cart.ts';
import type { SlackUserId } from '../../src/domain/ids.ts';
import type { DeviceRequest } from '../../src/domain/request/request.ts';
import { type CartFilter, pageOf } from '../../src/domain/screens.ts';
import { aStore } from './support/a-store.ts';
import { ANA, aDraft, ana, aRequest, BEN, cleo, orderId, requestId } from './support/records.ts';
import { redisOfFile } from './support/redis-for-tests.ts';

const { redis } = await redisOfFile();
type Store = ReturnType<typeof aStore>;
const MINUTE = 60_000;
const AT = 1_700_000_000_000;

async function put(a: Store, index: number, over: Partial<DeviceRequest> = {}): Promise<DeviceRequest> {
  const request = aRequest({
    ...{ tenant: a.workspaceId, id: requestId(`r${index}`), fleetOrderId: orderId(7000 + index) },
    ...{ createdAt: AT + index * MINUTE, expiresAt: AT + 1000 * MINUTE, ...over },
  });
  expect(await a.store.commit({ request: { expectedRevision: null, next: request } })).toBe('committed');
  return request;
}

async function putDraft(a: Store, owner: string, savedAt: number, over: Partial<DraftCart> = {}): Promise<void> {
  a.clock.now = savedAt;
  const draft = { slackUserId: owner as SlackUserId, expectedRevision: null, next: aDraft(over) };
  expect(await a.store.commit({ draft })).toBe('committed');
}

/** How many commands `act` sends, and what it answers. */
async function counted<T>(act: () => Promise<T>): Promise<readonly [commands: number, answer: T]> {
  // Redis learns a script the first time.
  await act();
  const sent = vi.spyOn(redis, 'sendCommand');
  onTestFinished(() => sent.mockRestore());
  const answer = await act();
  const commands = sent.mock.calls.length;
  sent.mockRestore();
  return [commands, answer];
}

const cartsOf = (a: Store, filter: CartFilter, page = 0, size = 100) =>
  a.store.openCarts({ filter, page, size, now: AT + 100 * MINUTE });
const namesOf = ({ rows }: Awaited<ReturnType<typeof cartsOf>>) =>
  rows.map((one) => (one.kind === 'request' ? one.request.id : `draft ${one.draft.fleetOrderId}`));

/** Every state that a list tells apart, as requests and drafts of different ages. */
async function aMixedCompany(a: Store): Promise<void> {
  const by = cleo;
  await put(a, 0);
  await put(a, 1, { approverGone: true });
  await put(a, 2, { state: { kind: 'validating', by, at: AT + 99 * MINUTE, validateSentAt: null } });
  await put(a, 3, { state: { kind: 'validating', by, at: AT, validateSentAt: null } });
  await put(a, 4, { state: { kind: 'unconfirmed', by, at: AT, gaveUpAt: AT, looks: 1 } });
  await put(a, 5, { expiresAt: AT + 10 * MINUTE });
  await put(a, 6, { lastRemindedAt: AT });
  await put(a, 7, { state: { kind: 'declined', by, at: AT, reason: '' } });
  await putDraft(a, 'U1', AT + 1.5 * MINUTE, { fleetOrderId: orderId(1) });
  await putDraft(a, 'U2', AT + 30 * MINUTE, { creatingSince: AT });
  await putDraft(a, 'U3', AT - MINUTE, { fleetOrderId: orderId(3), lines: [], standing: 'emptied', fleetHolds: holds });
  await putDraft(a, 'U4', AT + 31 * MINUTE, { fleetOrderId: orderId(7000), lockedBy: requestId('r0') });
  // Another account's record of a cart that was sent, and of one whose request is over.
  await putDraft(a, 'U5', AT + 32 * MINUTE, { fleetOrderId: orderId(7001) });
  await putDraft(a, 'U6', AT + 33 * MINUTE, { fleetOrderId: orderId(7007) });
  await putDraft(a, 'U7', AT + 34 * MINUTE, { lines: [] });
}

const holds: DraftCart['fleetHolds'] = { productIds: [null], names: ['Dock'], rent: null, currency: null };

const inList: Readonly<Record<CartFilter, readonly string[]>> = {
  all: ['draft 3', 'r0', 'r1', 'draft 1', 'r2', 'r3', 'r4', 'r5', 'r6', 'draft null', 'draft 7007'],
  open: ['r0', 'r1', 'draft 1', 'r2', 'r3', 'r4', 'r5', 'r6', 'draft null', 'draft 7007'],
  pending: ['r0', 'r1', 'r5', 'r6'],
  stuck: ['r1', 'r3', 'r4', 'r5', 'r6', 'draft null'],
};
const filters = ['all', 'open', 'pending', 'stuck'] as const;

describe('the list of open carts', () => {
  it.each(filters)('%s: the same as reading every record', async (filter) => {
    const a = aStore(redis);
    await aMixedCompany(a);

    const list = await cartsOf(a, filter);

    expect(namesOf(list)).toEqual(inList[filter]);
    expect(list).toMatchObject({ count: inList[filter].length, open: inList.open.length, stuck: inList.stuck.length });
  });

  it.each(filters)('%s: each page is its part of the whole, and one beyond the end is the last', async (filter) => {
    const a = aStore(redis);
    await aMixedCompany(a);

    for (const page of [0, 1, 2, 9]) {
      const { rows, count } = pageOf(inList[filter], page, 3);
      const list = await cartsOf(a, filter, page, 3);
      expect([namesOf(list), list.count]).toEqual([rows, count]);
    }
    expect(await cartsOf(a, filter, 0, 0)).toMatchObject({ rows: [], count: inList[filter].length });
  });

  it('leaves room for the rows that follow', async () => {
    const a = aStore(redis);
    await put(a, 0);
    const pageWith = (page: number, rowsAfter: number) =>
      a.store.openCarts({ filter: 'all', page, size: 1, now: AT, rowsAfter });

    expect(namesOf(await pageWith(0, 2))).toEqual(['r0']);
    expect(namesOf(await pageWith(2, 2))).toEqual([]);
    expect(namesOf(await pageWith(2, 0))).toEqual(['r0']);
  });

  it('numbers every cart that is ours, and is empty where there is none', async () => {
    const a = aStore(redis);
    expect([await a.store.openCartNumbers(), (await cartsOf(a, 'open')).count]).toEqual([[], 0]);
    await aMixedCompany(a);

    expect(await a.store.openCartNumbers()).toEqual([3, 7000, 7001, 1, 7002, 7003, 7004, 7005, 7006, 7007]);
  });

  it('shows fifteen of many requests without reading the rest, at the same number of commands', async () => {
    const commands: number[] = [];
    for (const count of [20, 200]) {
      const a = aStore(redis);
      for (let index = 0; index < count; index += 1) await put(a, index);
      const rest = Array.from({ length: count - 15 }, (_, index) => a.keys.request(requestId(`r${index + 15}`)));
      for (const key of rest) await redis.hset(key, 'json', 'nobody can read this');

      const [sent, list] = await counted(() => cartsOf(a, 'open', 0, 15));

      expect([list.rows.length, list.count, a.unreadable]).toEqual([15, count, []]);
      commands.push(sent);
    }
    expect(commands[0]).toBe(commands[1]);
  });
});

describe('a release that keeps no listing', () => {
  it.each(filters)('hides nothing: what it saved is in %s all the same', async (filter) => {
    const a = aStore(redis);
    await aMixedCompany(a);
    for (const { id } of await a.store.openRequests()) await redis.hdel(a.keys.request(id), 'listed');
    for (const owner of ['U1', 'U2', 'U3', 'U4', 'U5', 'U6', 'U7'])
      await redis.hdel(a.keys.draft(owner as SlackUserId), 'listed');

    expect(namesOf(await cartsOf(a, filter))).toEqual(inList[filter]);

    const [again] = await counted(() => cartsOf(a, filter, 0, 0));
    expect(again).toBe(1);
  });

  it('does not leave a request where it was before that release saved it', async () => {
    const a = aStore(redis);
    const request = await put(a, 0);
    const state = { kind: 'validating', by: cleo, at: AT + 99 * MINUTE, validateSentAt: null } as const;
    const json = JSON.stringify({ ...request, state, revision: 2, v: 1 });
    await redis.hset(a.keys.request(request.id), { rev: 2, json });

    expect(namesOf(await cartsOf(a, 'pending'))).toEqual([]);
    expect(namesOf(await cartsOf(a, 'open'))).toEqual(['r0']);
    expect((await a.store.requestsPendingFor(BEN, { page: 0, size: 3 })).count).toBe(0);
  });

  it('does not keep a list from being read because one of its records is unreadable', async () => {
    const a = aStore(redis);
    await put(a, 0);
    await put(a, 1);
    await redis.hset(a.keys.request(requestId('r1')), { rev: 2, json: 'nobody can read this' });

    expect(await cartsOf(a, 'open')).toMatchObject({ count: 1, rows: [{ request: { id: 'r0' } }] });
    expect(a.unreadable).toMatchObject([{ record: 'request' }]);
  });

  it('and a record that is gone is neither listed nor brought back', async () => {
    const a = aStore(redis);
    const { id } = await put(a, 0);
    await redis.del(a.keys.request(id));

    expect((await cartsOf(a, 'open')).count).toBe(0);
    expect(await redis.exists(a.keys.request(id))).toBe(0);
  });
});

describe('what waits for an approver', () => {
  it('is paged oldest first without the requests being sent, and counted with them', async () => {
    const a = aStore(redis);
    const by = cleo;
    for (let index = 0; index < 5; index += 1) await put(a, index);
    await put(a, 5, { approver: ana });
    await put(a, 6, { state: { kind: 'validating', by, at: AT, validateSentAt: null } });
    const pageAt = (page: number) => a.store.requestsPendingFor(BEN, { page, size: 3 });

    expect(await pageAt(0)).toMatchObject({ count: 5, pages: 2, first: 1 });
    expect((await pageAt(0)).rows.map(({ id }) => id)).toEqual(['r0', 'r1', 'r2']);
    expect((await pageAt(7)).rows.map(({ id }) => id)).toEqual(['r3', 'r4']);
    expect(await a.store.requestsPendingFor(ANA, { page: 0, size: 3 })).toMatchObject({ count: 1 });
    expect(await a.store.requestsPendingFor(cleo.slackUserId, { page: 0, size: 3 })).toMatchObject({ count: 0 });
    expect(await Promise.all([BEN, ANA, cleo.slackUserId].map((one) => a.store.countWaitingFor(one)))).toEqual([
      6, 1, 0,
    ]);
  });

  it('is counted and paged without reading what is not shown', async () => {
    const a = aStore(redis);
    for (let index = 0; index < 50; index += 1) await put(a, index);
    for (let index = 3; index < 50; index += 1)
      await redis.hset(a.keys.request(requestId(`r${index}`)), 'json', 'nobody can read this');

    const [counting, count] = await counted(() => a.store.countWaitingFor(BEN));
    // One script, and one trip for the three records.
    const [paging, page] = await counted(() => a.store.requestsPendingFor(BEN, { page: 0, size: 3 }));

    expect([counting, count, paging, page.count, page.rows.length]).toEqual([1, 50, 2, 50, 3]);
    expect(a.unreadable).toEqual([]);
  });
});

describe('the records of an order', () => {
  it('cost one command, whether there are a request and drafts, only one of them, or nothing', async () => {
    const a = aStore(redis);
    await put(a, 42);
    await putDraft(a, ANA, AT, { fleetOrderId: orderId(7042) });
    await putDraft(a, BEN, AT, { fleetOrderId: orderId(43) });
    await a.store.recordsOfOrder(orderId(1));

    const [sentBoth, both] = await counted(() => a.store.recordsOfOrder(orderId(7042)));
    const [sentOne, one] = await counted(() => a.store.recordsOfOrder(orderId(43)));
    const [sentNone, none] = await counted(() => a.store.recordsOfOrder(orderId(44)));

    expect(both).toMatchObject({ request: { id: 'r42' }, drafts: [{ slackUserId: ANA }] });
    expect(one).toMatchObject({ request: null, drafts: [{ slackUserId: BEN }] });
    expect(none).toEqual({ request: null, drafts: [] });
    expect([sentBoth, sentOne, sentNone]).toEqual([1, 1, 1]);
  });

  it('include a draft of an earlier release at the first look, and again a day later', async () => {
    const a = aStore(redis);
    const forget = async (owner: SlackUserId) => {
      await redis.hdel(a.keys.draft(owner), 'order', 'listed');
      await redis.del(a.keys.draftsByOrder);
    };
    await putDraft(a, ANA, AT, { fleetOrderId: orderId(42), lockedBy: requestId('r1') });
    await forget(ANA);
    expect((await a.store.recordsOfOrder(orderId(42))).drafts).toHaveLength(1);

    await putDraft(a, BEN, AT, { fleetOrderId: orderId(43) });
    await forget(BEN);
    expect((await a.store.recordsOfOrder(orderId(43))).drafts).toHaveLength(0);
    await redis.del(a.keys.fact('drafts-by-order'));
    expect((await a.store.recordsOfOrder(orderId(43))).drafts).toHaveLength(1);
  });
});
