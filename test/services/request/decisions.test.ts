import { beforeEach, describe, expect, it } from 'vitest';
import type { DeviceRequest } from '../../../src/domain/request/request.ts';
import { pressApprove } from '../../../src/services/request/approve.ts';
import {
  chooseNewApprover,
  declineRequest,
  expireRequest,
  reassignRequest,
  requestChanges,
  withdrawFromCard,
  withdrawRequest,
} from '../../../src/services/request/decide.ts';
import { markApproverUnavailable } from '../../../src/services/request/deputy.ts';
import { remindApprover } from '../../../src/services/request/remind.ts';
import { anna, clara, dan, HOUR } from '../../domain/a-request.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { type Bench, eva, startBench } from './bench.ts';

const { redis } = await redisOfFile();
let bench: Bench;
let request: DeviceRequest;
const asClara = () => bench.press(request, clara.slackUserId);
const asAnna = () => bench.press(request, anna.slackUserId, 'requester');
const draft = () => bench.store.draft(anna.slackUserId);
const state = async () => (await bench.request(request.id)).state;

beforeEach(async () => {
  bench = await startBench(redis);
  request = await bench.sent();
  bench.fleet.journal.clear();
});

describe('the end of a request', () => {
  const emptied = { lockedBy: null, standing: 'emptied', lines: [] };

  it('declined: with its reason, the cart unlocked and empty; Fleet is asked afterwards, before anybody is told', async () => {
    expect(await declineRequest(bench.context, { ...asClara(), reason: 'Too dear' })).toMatchObject({
      ok: true,
    });
    expect(await state()).toMatchObject({ kind: 'declined', by: clara, reason: 'Too dear' });
    expect(await draft()).toMatchObject({ ...emptied, fleetHolds: request.expectedInFleet });
    expect(await bench.told()).toEqual([]);
    expect(bench.fleet.journal.entries().map((one) => one.operation)).toEqual(['getUser']);
    bench.fleet.journal.clear();
    await bench.checkEndings();
    expect(await bench.told()).toEqual([expect.stringContaining('Clara Rossi declined')]);
    expect(await bench.audit()).toEqual(['request_declined', 'ending_checked']);
    expect(new Set(bench.fleet.journal.entries().map(({ operation }) => operation))).toEqual(
      new Set(['getOrder', 'getCart']),
    );
  });

  it('changes requested: the lines are kept to be edited', async () => {
    await requestChanges(bench.context, { ...asClara(), wish: 'Smaller' });
    expect(await state()).toMatchObject({ kind: 'changes_requested', wish: 'Smaller' });
    expect(await draft()).toMatchObject({ lockedBy: null, standing: 'ours', lines: request.lines });
  });

  it('withdrawn on the card, or to be edited', async () => {
    expect(await withdrawFromCard(bench.context, asClara())).toMatchObject({
      refusal: { kind: 'not_the_requester' },
    });
    await withdrawFromCard(bench.context, asAnna());
    expect(await draft()).toMatchObject(emptied);
    const again = {
      requestId: request.id,
      slackUserId: anna.slackUserId,
      lines: 'kept',
      surface: 'modal',
      once: 'o',
    } as const;
    expect(await withdrawRequest(bench.context, again)).toMatchObject({
      refusal: { kind: 'already_decided', by: anna, state: 'withdrawn' },
    });
    expect(await withdrawRequest(bench.context, { ...again, requestId: 'no' as never })).toMatchObject({
      refusal: { kind: 'unknown_request' },
    });
  });

  it('withdrawn to be edited keeps the lines', async () => {
    const withdrawal = {
      requestId: request.id,
      slackUserId: anna.slackUserId,
      lines: 'kept',
      surface: 'modal',
      once: 'o',
    } as const;
    expect(await withdrawRequest(bench.context, withdrawal)).toMatchObject({ ok: true });
    expect(await draft()).toMatchObject({ lockedBy: null, standing: 'ours', lines: request.lines });
  });

  it('expired: exactly at its deadline, told to both', async () => {
    bench.clock.now = request.expiresAt - 1;
    expect(await expireRequest(bench.context, request.id)).toEqual({ kind: 'later', afterMs: 1 });
    bench.clock.now += 1;
    expect(await expireRequest(bench.context, request.id)).toEqual({ kind: 'done' });
    expect(await state()).toMatchObject({ kind: 'expired' });
    expect(await draft()).toMatchObject(emptied);
    await bench.checkEndings();
    expect((await bench.told()).map((one) => one.slice(0, 7))).toEqual(['U0ANNA:', 'U0CLARA']);
    expect(await expireRequest(bench.context, request.id)).toEqual({ kind: 'done' });
  });

  it('is not by its deadline while Fleet is asked', async () => {
    await pressApprove(bench.context, asClara());
    bench.clock.now = request.expiresAt;
    expect(await expireRequest(bench.context, request.id)).toEqual({ kind: 'done' });
    expect(await state()).toMatchObject({ kind: 'validating' });
    expect(await expireRequest(bench.context, 'no' as never)).toEqual({ kind: 'done' });
  });
});

describe('somebody else is asked', () => {
  it('hands over to one who may sign, and to nobody else', async () => {
    const to = (slackUserId: typeof dan.slackUserId) =>
      reassignRequest(bench.context, { ...asClara(), newApprover: slackUserId });
    expect(await to(eva.slackUserId)).toMatchObject({ refusal: { kind: 'not_eligible' } });
    expect(await to(anna.slackUserId)).toMatchObject({ refusal: { kind: 'own_request' } });
    expect(await to('U0NOBODY' as never)).toMatchObject({ refusal: { kind: 'not_eligible', why: expect.anything() } });
    expect(await to(clara.slackUserId)).toMatchObject({ refusal: { kind: 'same_approver' } });
    expect(await to(dan.slackUserId)).toMatchObject({ ok: true, request: { approver: dan } });
    expect(await to(dan.slackUserId)).toMatchObject({ refusal: { kind: 'not_the_approver', approver: dan } });
    expect(await pressApprove(bench.context, asClara())).toMatchObject({ refusal: { kind: 'not_the_approver' } });
  });

  it('a lost approver: the requester is asked once, admins are told, and another is chosen', async () => {
    const choose = () => chooseNewApprover(bench.context, { ...asAnna(), newApprover: dan.slackUserId });
    expect(await choose()).toMatchObject({ refusal: { kind: 'approver_still_there' } });
    const lose = () => markApproverUnavailable(bench.context, { id: request.id, approver: clara });
    expect(await lose()).toMatchObject({ ok: true, request: { approverGone: true } });
    expect(await lose()).toMatchObject({ refusal: { kind: 'approver_gone' } });
    expect(await bench.told()).toEqual(
      expect.arrayContaining(['admins: approver_gone', expect.stringContaining('needs another approver')]),
    );
    expect(await choose()).toMatchObject({ ok: true, request: { approver: dan, approverGone: false } });
    expect(await lose()).toMatchObject({ refusal: { kind: 'not_the_approver' } });
  });

  it('whoever gets it back has a card already, and is told that it waits for them again', async () => {
    const hand = async (by: typeof clara, to: typeof dan) =>
      reassignRequest(bench.context, {
        ...bench.press(await bench.request(request.id), by.slackUserId),
        newApprover: to.slackUserId,
      });
    const copy = { kind: 'approver', channel: 'D1' as never, ts: '1.1' as never, shows: 1 } as const;
    await bench.store.putCopy(request.id, { ...copy, slackUserId: clara.slackUserId });
    expect(await hand(clara, dan)).toMatchObject({ ok: true, request: { reassigned: { from: clara, by: clara } } });
    const told = "U0ANNA: Clara Rossi reassigned your request for 2 devices (order 42) to Dan O'Neil, who decides now.";
    expect(await bench.told()).toEqual([told]);
    expect(await hand(dan, clara)).toMatchObject({ ok: true });
    expect((await bench.told()).slice(1)).toEqual([
      expect.stringMatching(/^U0ANNA: Dan O'Neil reassigned/u),
      expect.stringMatching(/^U0CLARA: .*waiting for you again/u),
    ]);
  });

  it('after a refusal of Fleet nobody is told of that once more', async () => {
    const problem = { operation: 'validateCart', kind: 'rejected', code: 'INVALID_USER', status: 400 } as const;
    request = { ...request, problem, revision: 2 };
    await bench.store.commit({ request: { expectedRevision: 1, next: request } });
    await reassignRequest(bench.context, { ...asClara(), newApprover: dan.slackUserId });
    expect(await bench.told()).toEqual([expect.stringContaining('reassigned')]);
  });

  it('of a card that Redis does not know nothing is handed over', async () => {
    await bench.redis.del(bench.keys.request(request.id));
    const press = { ...asClara(), newApprover: dan.slackUserId };
    expect(await reassignRequest(bench.context, press)).toMatchObject({ refusal: { kind: 'being_rebuilt' } });
    expect(await declineRequest(bench.context, { ...asClara(), reason: 'x' })).toMatchObject({
      refusal: { kind: 'being_rebuilt' },
    });
  });
});

describe('Remind', () => {
  it('is told in the same step as it is recorded, at most once in four hours', async () => {
    const remind = () => remindApprover(bench.context, asAnna());
    expect(await Promise.all([remind(), remind()])).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ ok: true }),
        expect.objectContaining({ refusal: { kind: 'reminded_lately', nextAt: bench.clock.now + 4 * HOUR } }),
      ]),
    );
    expect(await bench.told()).toEqual([expect.stringMatching(/^U0CLARA: Reminder: /u)]);
    bench.clock.now += 4 * HOUR;
    expect(await remind()).toMatchObject({ ok: true });
  });

  it('pressed by anyone else marks no approver as unavailable', async () => {
    bench.profiles.delete(clara.slackUserId);
    const press = { ...asAnna(), slackUserId: dan.slackUserId };
    expect(await remindApprover(bench.context, press)).toMatchObject({ refusal: { kind: 'not_the_requester' } });
    expect(await bench.request(request.id)).toMatchObject({ approverGone: false });
  });
});
