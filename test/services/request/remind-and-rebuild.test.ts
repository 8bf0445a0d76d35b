import { beforeEach, describe, expect, it } from 'vitest';
import type { DraftCart } from '../../../src/domain/cart/cart.ts';
import type { SlackUserId } from '../../../src/domain/ids.ts';
import type { DeviceRequest } from '../../../src/domain/request/request.ts';
import { carryOutApproval, pressApprove } from '../../../src/services/request/approve.ts';
import { devicesHeld, openCard, renderCard } from '../../../src/services/request/cards.ts';
import { reassignRequest, withdrawFromCard } from '../../../src/services/request/decide.ts';
import { receivePress } from '../../../src/services/request/press.ts';
import { rebuildRequest, remind } from '../../../src/services/request/remind.ts';
import { aLine } from '../../domain/a-line.ts';
import { anna, clara, dan, HOUR } from '../../domain/a-request.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { type Bench, eva, startBench } from './bench.ts';

const { redis } = await redisOfFile();
/** Fleet has two people of her name. */
const annaInFull = { ...anna, name: 'Anna Keller (Fleet user 11)' };
let bench: Bench;
let request: DeviceRequest;

beforeEach(async () => {
  bench = await startBench(redis);
  request = await bench.sent();
});

describe('our own reminder', () => {
  const run = () => remind(bench.context, request.id);

  it('goes out in working hours and plans the next', async () => {
    bench.clock.now += 24 * HOUR;
    expect(await run()).toEqual({ kind: 'done' });
    expect(await bench.told()).toEqual([expect.stringMatching(/^U0CLARA: Reminder: /u)]);
    expect(await bench.work('remind')).toMatchObject([{ notBefore: bench.clock.now + 24 * HOUR }]);
  });

  it("waits for the approver's morning", async () => {
    // 23:00 in Berlin.
    bench.clock.now += 36 * HOUR;
    expect(await run()).toEqual({ kind: 'later', afterMs: 10 * HOUR });
    expect(await bench.told()).toEqual([]);
  });

  it('waits for its day, however early its job runs', async () => {
    bench.clock.now += 23 * HOUR;
    expect(await run()).toEqual({ kind: 'later', afterMs: HOUR });
    expect(await bench.told()).toEqual([]);
  });

  it('waits for four hours after a reminder of anybody', async () => {
    bench.clock.now += 24 * HOUR;
    await bench.store.commit({
      request: { expectedRevision: 1, next: { ...request, lastRemindedAt: bench.clock.now, revision: 2 } },
    });
    expect(await run()).toEqual({ kind: 'later', afterMs: 4 * HOUR });
  });

  it('comes a day after it was handed over, not a day after it was sent', async () => {
    bench.clock.now += 23 * HOUR;
    const to = { ...bench.press(request, clara.slackUserId), newApprover: dan.slackUserId };
    await reassignRequest(bench.context, to);
    bench.clock.now += HOUR;
    expect(await run()).toEqual({ kind: 'later', afterMs: 23 * HOUR });
    expect(await bench.told()).toEqual([expect.stringMatching(/^U0ANNA: .*reassigned/u)]);
    bench.clock.now += 23 * HOUR;
    expect(await run()).toEqual({ kind: 'done' });
    expect((await bench.told()).slice(1)).toEqual([expect.stringMatching(/^U0DAN: Reminder: /u)]);
  });

  it('is not given up while Fleet is asked, and ends with the request', async () => {
    bench.clock.now += 24 * HOUR;
    await pressApprove(bench.context, bench.press(request, clara.slackUserId));
    expect(await run()).toEqual({ kind: 'later', afterMs: HOUR });
    expect(await bench.told()).toEqual([]);
    await carryOutApproval(bench.context, request.id);
    expect(await run()).toEqual({ kind: 'done' });
  });

  it('finds an approver who left, and does not leave the request silent', async () => {
    const profile = bench.profiles.get(clara.slackUserId);
    if (profile) bench.profiles.set(clara.slackUserId, { ...profile, isDeactivated: true });
    await bench.redis.del(bench.keys.profile(clara.slackUserId));
    expect(await run()).toEqual({ kind: 'later', afterMs: HOUR });
    expect(await bench.request(request.id)).toMatchObject({ approverGone: true });
    expect(await bench.told()).toContain('admins: approver_gone');
    expect(await run()).toEqual({ kind: 'later', afterMs: HOUR });
  });

  it('waits a day for Slack to say where the approver is, then takes UTC, and proves nothing', async () => {
    await bench.redis.del(bench.keys.profile(clara.slackUserId));
    bench.profiles.delete(clara.slackUserId);
    const blind = {
      ...bench.context,
      slackPeople: { ...bench.context.slackPeople, profile: async () => ({ ok: false }) },
    };
    const run = () => remind(blind as Bench['context'], request.id);

    expect(await run()).toEqual({ kind: 'later', afterMs: 5 * 60_000 });
    expect(await bench.request(request.id)).toMatchObject({ approverGone: false, lastRemindedAt: null });

    bench.clock.now += 48 * HOUR;
    expect(await run()).toEqual({ kind: 'done' });
    expect(await bench.request(request.id)).toMatchObject({ approverGone: false, lastRemindedAt: bench.clock.now });
  });
});

describe('Redis was lost', () => {
  const lose = async (what: readonly string[]) => {
    await bench.redis.del(...what);
  };
  const everything = () => [bench.keys.request(request.id), bench.keys.newestForOrder(request.fleetOrderId)];
  const pressed = async () => {
    const copy = { channel: 'D1' as never, ts: '1.1' as never };
    const other = { channel: 'D2', ts: '2.2' };
    const { value } = { value: bench.press(request, clara.slackUserId).value };
    const side = JSON.parse(bench.context.seal.open('card', value) ?? '');
    const withOther = bench.context.seal.sign('card', JSON.stringify({ ...side, otherCopy: other }));
    return pressApprove(bench.context, { ...bench.press(request, clara.slackUserId), value: withOther, copy });
  };
  const rebuild = async () => {
    const item = (await bench.work('rebuild_request')).at(-1);
    if (item?.work.kind !== 'rebuild_request') throw new Error('nothing to rebuild');
    return rebuildRequest(bench.context, item.work);
  };

  it('the first press validates nothing: it is rebuilt from card and Fleet, both are told, the second press decides', async () => {
    await lose([...everything(), bench.keys.draft(anna.slackUserId)]);
    expect(await pressed()).toMatchObject({ refusal: { kind: 'being_rebuilt' } });
    expect(await rebuild()).toEqual({ kind: 'done' });

    const rebuilt = await bench.request(request.id);
    expect(rebuilt).toMatchObject({
      state: { kind: 'pending' },
      requester: annaInFull,
      approver: clara,
      lines: [],
      expiresAt: request.expiresAt,
      total: { fleet: { amount: '109.80' } },
    });
    expect(await bench.store.draft(anna.slackUserId)).toMatchObject({ standing: 'found', lockedBy: request.id });
    expect((await bench.store.copies(request.id)).map(({ kind, ts }) => `${kind} ${ts}`).sort()).toEqual([
      'approver 1.1',
      'requester 2.2',
    ]);
    expect((await bench.told()).map((one) => one.slice(0, 7))).toEqual(['U0ANNA:', 'U0CLARA']);
    expect(await bench.work('expire')).toHaveLength(1);
    expect(await bench.work('remind')).toHaveLength(1);
    expect(bench.fleet.validateCommits(request.fleetOrderId)).toBe(0);

    // The card from before the loss showed lines that are not known any more: it signs nothing.
    expect(await pressed()).toMatchObject({ refusal: { kind: 'card_outdated' } });
    bench.fleet.journal.clear();
    await pressApprove(bench.context, bench.press(rebuilt, clara.slackUserId));
    await carryOutApproval(bench.context, request.id);
    expect(await bench.request(request.id)).toMatchObject({ state: { kind: 'ordered' } });
    // Nothing is patched, so it is read again as the last thing before the claim.
    expect(bench.fleet.journal.entries().map((one) => one.operation)).toEqual([
      ...['getCart', 'getUser', 'getCart', 'validateCart'],
    ]);
  });

  it('the requester looks at all devices: their own card stays theirs', async () => {
    await lose([...everything(), bench.keys.draft(anna.slackUserId)]);
    const copy = { channel: 'D2' as never, ts: '2.2' as never };
    // That button is the same on both cards.
    const press = { ...bench.press(request, anna.slackUserId, 'approver'), copy };
    expect(await receivePress(bench.context, press)).toMatchObject({ refusal: { kind: 'being_rebuilt' } });
    expect(await bench.store.copies(request.id)).toMatchObject([{ kind: 'requester', slackUserId: anna.slackUserId }]);
  });

  it("and Fleet's cart changes before the second press: the new one is shown first", async () => {
    await lose([...everything(), bench.keys.draft(anna.slackUserId)]);
    await pressed();
    await rebuild();
    bench.fleet.cockpit.addLine(request.fleetOrderId, { productId: 131 });
    const press = bench.press(await bench.request(request.id), clara.slackUserId);
    await pressApprove(bench.context, press);
    await carryOutApproval(bench.context, request.id);

    const now = await bench.request(request.id);
    expect(now.state.kind).toBe('pending');
    expect(now.expectedInFleet.productIds).toEqual([101, 101, 131]);
    expect(now.total.fleet?.amount).not.toBe('109.80');
    expect(bench.fleet.validateCommits(request.fleetOrderId)).toBe(0);
    const again = await pressApprove(bench.context, { ...press, once: 'again' });
    expect(again).toMatchObject({ refusal: { kind: 'card_outdated' } });
  });

  it('an unanswered validate of unknown lines is looked up by the purchaser alone', async () => {
    await lose([...everything(), bench.keys.draft(anna.slackUserId)]);
    await pressed();
    await rebuild();
    await pressApprove(bench.context, bench.press(await bench.request(request.id), clara.slackUserId));
    bench.fleet.faults.add({ operation: 'validateCart', kind: 'reset_before_commit', times: 1 });
    await carryOutApproval(bench.context, request.id);
    const { resolveUnconfirmed } = await import('../../../src/services/request/resolve-unconfirmed.ts');
    bench.clock.now += 60_000;
    bench.fleet.journal.clear();
    await resolveUnconfirmed(bench.context, request.id);
    expect(bench.fleet.journal.of('patchCart')[0]?.body).toEqual({ purchaser_id: anna.fleetUserId });
    expect(await bench.request(request.id)).toMatchObject({ state: { kind: 'ordered' } });
  });

  it('with the cart still there: the lines are the signed ones, and the old card is good for the second press', async () => {
    await lose(everything());
    await pressed();
    await rebuild();
    expect(await bench.request(request.id)).toMatchObject({ lines: request.lines, fingerprint: request.fingerprint });
    expect(await pressed()).toMatchObject({ ok: true });
  });

  it('people are called as before, whatever Slack calls them, and the note is kept', async () => {
    for (const { slackUserId, name } of [anna, clara]) {
      const profile = bench.profiles.get(slackUserId);
      if (profile === undefined) throw new Error(`no ${name}`);
      await bench.store.putProfile({ ...profile, name: name.slice(0, 4).toLowerCase() });
    }
    await lose(everything());
    await pressed();
    await rebuild();
    expect(await bench.request(request.id)).toMatchObject({
      requester: annaInFull,
      approver: clara,
      note: request.note,
    });
  });

  it('a card of a release that did not keep the note comes back without one', async () => {
    await lose(everything());
    const [item] = await (async () => {
      await pressed();
      return bench.work('rebuild_request');
    })();
    if (item?.work.kind !== 'rebuild_request') throw new Error('nothing is rebuilt');
    const { note: _, ...card } = item.work.card;
    await rebuildRequest(bench.context, { ...item.work, card });
    expect(await bench.request(request.id)).toMatchObject({ note: '' });
  });

  const unsent = { lockedBy: null, lines: [aLine()] };
  const replaceDraft = async (over: Partial<DraftCart>, slackUserId = anna.slackUserId) => {
    const draft = await bench.store.draft(anna.slackUserId);
    if (draft === null) throw new Error('no draft');
    const expectedRevision = slackUserId === anna.slackUserId ? draft.revision : null;
    const next = { ...draft, ...over, revision: (expectedRevision ?? 0) + 1 };
    await bench.store.commit({ draft: { slackUserId, expectedRevision, next } });
    return next;
  };

  it.each([
    ['the requester', anna.slackUserId],
    ['another Slack account of theirs', 'U0ANNATOO' as SlackUserId],
  ])('and %s has put other devices into the cart: no one signs those, and they stay unlocked', async (_, who) => {
    await lose(everything());
    const other = await replaceDraft(unsent, who);
    if (who !== anna.slackUserId) await lose([bench.keys.draft(anna.slackUserId)]);
    await pressed();
    await rebuild();

    const ended = await bench.request(request.id);
    expect(ended).toMatchObject({ state: { kind: 'withdrawn' }, lines: [], expectedInFleet: { productIds: [] } });
    expect(await bench.store.draft(who)).toEqual(other);
    expect((await bench.told()).map((one) => one.replace(/^(\w+): .*withdrawn.*ordered.*$/, '$1'))).toEqual([
      anna.slackUserId,
      clara.slackUserId,
    ]);
    expect(await bench.work('expire')).toEqual([]);
  });

  it('and the requester emptied the cart since: what Fleet keeps of it is not signed', async () => {
    await lose(everything());
    await replaceDraft({ lockedBy: null, lines: [], standing: 'emptied' });
    await pressed();
    await rebuild();
    expect(await bench.request(request.id)).toMatchObject({ state: { kind: 'withdrawn' } });
  });

  it("and the cart is as before the sending: its lines are the signed ones, whatever Fleet's total is now", async () => {
    await lose(everything());
    await replaceDraft({ lockedBy: null });
    bench.fleet.cockpit.changePrice(101, { EUR: { LEASING: 60, BUY: 2000 } });
    await pressed();
    await rebuild();
    expect(await bench.request(request.id)).toMatchObject({ state: { kind: 'pending' }, lines: request.lines });
    expect(await bench.store.draft(anna.slackUserId)).toMatchObject({ lockedBy: request.id });
  });

  it('and the person has begun another cart: it is left alone', async () => {
    await lose(everything());
    const other = { ...(await bench.store.draft(anna.slackUserId)), fleetOrderId: 999, revision: 2 };
    await bench.store.commit({ draft: { slackUserId: anna.slackUserId, expectedRevision: 1, next: other as never } });
    await pressed();
    await rebuild();
    expect(await bench.store.draft(anna.slackUserId)).toMatchObject({ fleetOrderId: 999, revision: 2 });
  });

  it('and the cart is locked by another request: it stays locked by that one', async () => {
    await lose(everything());
    const locked = { ...(await bench.store.draft(anna.slackUserId)), lockedBy: 'another', revision: 2 };
    await bench.store.commit({ draft: { slackUserId: anna.slackUserId, expectedRevision: 1, next: locked as never } });
    await pressed();
    expect(await rebuild()).toEqual({ kind: 'done' });
    expect(await bench.store.draft(anna.slackUserId)).toMatchObject({ lockedBy: 'another', revision: 2 });
  });

  it('and it is an order by now, or gone, or past its deadline', async () => {
    await lose(everything());
    await pressed();
    bench.fleet.cockpit.validate(request.fleetOrderId);
    await rebuild();
    const closed = { kind: 'closed_elsewhere', how: 'ordered', clientStatus: 'BEING_PROCESSED' };
    expect(await bench.request(request.id)).toMatchObject({ state: closed });

    await lose(everything());
    bench.fleet.cockpit.deleteCart(request.fleetOrderId);
    expect(await rebuild()).toEqual({ kind: 'later', afterMs: 60_000 });
    bench.clock.now += 60_000;
    await rebuild();
    expect(await bench.request(request.id)).toMatchObject({ state: { kind: 'closed_elsewhere', how: 'gone' } });
  });

  it.each(['ARCHIVED', 'FAILED'])('and it is %s by now: no one says that it was ordered', async (clientStatus) => {
    await lose(everything());
    await pressed();
    bench.fleet.cockpit.validate(request.fleetOrderId);
    bench.fleet.cockpit.setStatus(request.fleetOrderId, clientStatus);
    await rebuild();
    const closed = { kind: 'closed_elsewhere', clientStatus, isPutAway: true, toldOf: [clientStatus] };
    expect(await bench.request(request.id)).toMatchObject({ state: closed });
  });

  it('past its deadline', async () => {
    await lose(everything());
    await pressed();
    bench.clock.now = request.expiresAt;
    await rebuild();
    expect(await bench.request(request.id)).toMatchObject({ state: { kind: 'expired' } });
    expect(await bench.work('remind')).toEqual([]);
  });

  it('and Fleet does not answer: later', async () => {
    await lose(everything());
    await pressed();
    const away = bench.fleet.faults.add({ operation: 'getCart', kind: 'reset_before_commit' });
    expect(await rebuild()).toEqual({ kind: 'later', afterMs: 5_000 });
    away.remove();
    bench.fleet.faults.add({ operation: 'getCart', kind: 'rate_limited', seconds: 20, times: 1 });
    expect(await rebuild()).toEqual({ kind: 'later', afterMs: 20_000 });
    bench.fleet.cockpit.deleteCart(request.fleetOrderId);
    bench.fleet.faults.add({ operation: 'getOrder', kind: 'reset_before_commit' });
    expect(await rebuild()).toMatchObject({ kind: 'later' });
  });

  it('and Fleet does not answer for long: it is asked more and more seldom, and however often somebody presses, once', async () => {
    await lose(everything());
    for (let press = 0; press < 3; press += 1) await pressed();
    expect(await bench.work('rebuild_request')).toHaveLength(1);
    bench.fleet.faults.add({ operation: 'getCart', kind: 'reset_before_commit' });
    const waits: number[] = [];
    for (let turn = 0; turn < 12; turn += 1) {
      const outcome = await rebuild();
      if (outcome.kind !== 'later') throw new Error('it is not asked again');
      waits.push(outcome.afterMs / 1000);
      bench.clock.now += outcome.afterMs;
    }
    expect(waits.map((wait) => Number(wait.toFixed()))).toEqual([5, 5, 5, 8, 11, 17, 25, 38, 57, 85, 128, 192]);
    bench.clock.now += HOUR;
    expect(await rebuild()).toEqual({ kind: 'later', afterMs: 300_000 });
  });

  it('asks for its work under other names than before: the queue remembers those', async () => {
    await pressApprove(bench.context, bench.press(request, clara.slackUserId));
    const before = (await bench.store.outbox(0)).map(({ id }) => id);
    await bench.store.dropFromOutbox(before);
    bench.clock.now += 1;
    await lose(everything());
    await pressed();
    await rebuild();
    await pressApprove(bench.context, bench.press(await bench.request(request.id), clara.slackUserId));
    const ids = (await bench.store.outbox(0)).map(({ id }) => id);
    expect(await bench.work('carry_out_approval')).toHaveLength(1);
    expect(ids.filter((id) => before.includes(id))).toEqual([]);
  });

  it('twice rebuilds once', async () => {
    await lose(everything());
    await pressed();
    await Promise.all([rebuild(), rebuild()]);
    await rebuild();
    expect(await bench.request(request.id)).toMatchObject({ revision: 1 });
    expect((await bench.audit()).filter((one) => one === 'request_rebuilt')).toHaveLength(1);
  });

  it('the card of a request that ended does not come back to life beside a newer one', async () => {
    await withdrawFromCard(bench.context, bench.press(request, anna.slackUserId, 'requester'));
    await pressed();
    const newer = { ...request, id: 'newer' as never, revision: 1, createdAt: request.createdAt + 1 };
    await bench.store.commit({ request: { expectedRevision: null, next: newer } });
    await lose([bench.keys.request(request.id)]);
    await pressed();
    await rebuild();
    expect(await bench.store.request(request.id)).toBeNull();
    // It shows the newer one from now on, instead of asking for one more press for ever.
    expect((await bench.store.copies(newer.id)).map(({ kind, ts, shows }) => `${kind} ${ts} ${shows}`).sort()).toEqual([
      'approver 1.1 0',
      'requester 2.2 0',
    ]);
  });
});

describe('what a card carries and shows', () => {
  const copy = { side: 'approver', slackUserId: clara.slackUserId, otherCopy: null } as const;

  it('signs into its buttons what a rebuilding needs, and no lines', async () => {
    const otherCopy = { channel: 'D9' as never, ts: '9.9' as never, shows: 3 };
    const { buttonValue } = await renderCard(bench.context, request, { ...copy, otherCopy });
    expect(buttonValue?.length).toBeLessThan(2000);
    expect(openCard(bench.context, buttonValue ?? '')).toEqual({
      tenant: bench.workspaceId,
      requestId: request.id,
      fleetOrderId: request.fleetOrderId,
      requester: { slackUserId: anna.slackUserId, fleetUserId: anna.fleetUserId },
      approver: { slackUserId: clara.slackUserId, fleetUserId: clara.fleetUserId },
      expiresAt: request.expiresAt,
      fingerprint: request.fingerprint,
      note: request.note,
      otherCopy: { channel: 'D9', ts: '9.9' },
    });
  });

  it.each(['😀', '"', '\n', '\u0001', 'ж'])(
    'has room for a note of 500 %j, or for as much of it as fits',
    async (one) => {
      const note = one.repeat(500);
      const otherCopy = { channel: 'D0123456789' as never, ts: '1700000000.123456' as never, shows: 3 };
      const { buttonValue } = await renderCard(bench.context, { ...request, note }, { ...copy, otherCopy });
      expect(buttonValue?.length).toBeLessThan(2000);
      const kept = openCard(bench.context, buttonValue ?? '')?.note ?? '';
      expect(note.startsWith(kept.replace(/…$/u, ''))).toBe(true);
      expect(kept.length).toBeGreaterThan(100);
      // What a modal that is opened from the card carries, in Slack's 3,000 characters.
      const memory = JSON.stringify({ card: buttonValue, copy: otherCopy });
      expect(memory.length).toBeLessThan(2900);
    },
  );

  it('carries no note where there is none', async () => {
    const { buttonValue } = await renderCard(bench.context, { ...request, note: '' }, copy);
    expect(openCard(bench.context, buttonValue ?? '')).not.toHaveProperty('note');
  });

  it('gives no buttons to anybody else', async () => {
    const former = await renderCard(bench.context, request, { ...copy, slackUserId: eva.slackUserId });
    const shared = await renderCard(bench.context, request, { side: 'shared', slackUserId: null, otherCopy: null });
    const own = await renderCard(bench.context, request, { ...copy, side: 'requester', slackUserId: anna.slackUserId });
    expect([former.buttonValue, shared.buttonValue, own.devices]).toEqual([null, null, []]);
    expect(own.buttonValue).not.toBeNull();
  });

  it('says what people already have, from a cache, and leaves out of whom Fleet does not say', async () => {
    const lines = [
      aLine(),
      aLine({ fleetUserId: eva.fleetUserId, assigneeName: 'Eva Lind' }),
      aLine({ assigneeName: null, fleetUserId: 12 as never }),
    ];
    const held = await devicesHeld(bench.context, { ...request, lines });
    expect(held.map(({ name }) => name)).toEqual(['Anna Keller', 'Eva Lind']);
    expect(held[0]?.count).toBeGreaterThanOrEqual(held[0]?.devices.length ?? 0);
    const asked = bench.fleet.journal.count('listDevices');
    await devicesHeld(bench.context, { ...request, lines });
    expect(bench.fleet.journal.count('listDevices')).toBe(asked);

    bench.fleet.faults.add({ operation: 'listDevices', kind: 'server_error_before_commit' });
    const other = [aLine({ fleetUserId: 33 as never, assigneeName: 'Max' })];
    expect(await devicesHeld(bench.context, { ...request, lines: other })).toEqual([]);
    bench.fleet.faults.clear();

    await bench.store.cache.forget(`devices:${eva.fleetUserId}`);
    bench.fleet.faults.add({ operation: 'listDevices', kind: 'total_off', by: -2 });
    expect(await devicesHeld(bench.context, { ...request, lines: lines.slice(1, 2) })).toEqual([]);
  });
});
