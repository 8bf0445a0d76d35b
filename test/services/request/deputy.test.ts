import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { StoreUnavailable } from '../../../src/domain/failures/failure.ts';
import type { DeviceRequest } from '../../../src/domain/request/request.ts';
import type { ServiceContext } from '../../../src/services/context.ts';
import { pressApprove } from '../../../src/services/request/approve.ts';
import { askDeputyIfAway, endDeputy, nameDeputy } from '../../../src/services/request/deputy.ts';
import { anna, clara, dan, HOUR } from '../../domain/a-request.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { type Bench, eva, startBench } from './bench.ts';

const { redis } = await redisOfFile();
let bench: Bench;
let request: DeviceRequest;

/** A Monday, 10:00 UTC; Berlin is an hour ahead. */
const TODAY = '2026-11-23';
const THURSDAY = '2026-11-26';
const name = (deputy = dan, lastDay = THURSDAY, context = bench.context) =>
  nameDeputy(context, { slackUserId: clara.slackUserId, deputy: deputy.slackUserId, lastDay, once: randomUUID() });
const stood = async () => (await askDeputyIfAway(bench.context, request)).request;

beforeEach(async () => {
  bench = await startBench(redis);
  request = await bench.sent();
});

describe('naming a deputy', () => {
  it('holds to the last millisecond of that day where the approver is', async () => {
    const until = Date.UTC(2026, 10, 26, 22, 59, 59, 999);
    expect(await name()).toEqual({ ok: true, deputy: dan, until });
    bench.clock.now = until - 1;
    expect(await bench.store.deputy(clara.slackUserId)).toEqual({ slackUserId: dan.slackUserId, until });
    bench.clock.now = until;
    expect(await bench.store.deputy(clara.slackUserId)).toBeNull();
  });

  it('is recorded, and what waits already is brought over', async () => {
    await name();
    expect(await bench.audit()).toEqual(['deputy_named']);
    expect(await bench.work('update_cards')).toMatchObject([{ work: { requestId: request.id } }]);
  });

  it.each([
    ['naming one', (context: ServiceContext) => name(dan, THURSDAY, context), null],
    ['being back', (context: ServiceContext) => endDeputy(context, clara.slackUserId, randomUUID()), dan.slackUserId],
  ])('%s changes nothing where it cannot be recorded', async (_, change, before) => {
    if (before !== null) await name();
    const audit = await bench.audit();
    const work = await bench.work('update_cards');
    const { store } = bench.context;
    const commit = async () => {
      throw new StoreUnavailable('', true);
    };

    await expect(change({ ...bench.context, store: { ...store, commit } })).rejects.toThrow(StoreUnavailable);

    expect((await bench.store.deputy(clara.slackUserId))?.slackUserId ?? null).toBe(before);
    expect(await bench.audit()).toEqual(audit);
    expect(await bench.work('update_cards')).toEqual(work);
  });

  it('today is still a day', async () => {
    expect((await name(dan, TODAY)).ok).toBe(true);
  });

  it.each([
    ['oneself', clara, THURSDAY, 'oneself'],
    ['somebody who may not sign', eva, THURSDAY, 'not_eligible'],
    ['for yesterday', dan, '2026-11-22', 'day_is_over'],
    ['for no day at all', dan, 'soon', 'day_is_over'],
  ])('%s is refused and records nothing', async (_, deputy, lastDay, kind) => {
    expect(await name(deputy, lastDay)).toMatchObject({ ok: false, refusal: { kind } });
    expect(await bench.store.deputy(clara.slackUserId)).toBeNull();
    expect(await bench.audit()).toEqual([]);
  });

  it('who is back is asked again', async () => {
    await name();
    await endDeputy(bench.context, clara.slackUserId, randomUUID());
    expect(await stood()).toEqual(request);
    expect(await bench.audit()).toEqual(['deputy_named', 'deputy_ended']);
  });
});

describe('while the approver is away', () => {
  it('their deputy is asked, is told nothing twice, and signs in their own name; the requester learns why', async () => {
    await name();
    const handed = await stood();
    expect(handed).toMatchObject({ approver: dan, askedAt: bench.clock.now, state: { kind: 'pending' } });
    expect(await bench.told()).toEqual([
      expect.stringContaining(`Dan O'Neil is now the approver of your order ${request.fleetOrderId} (2 devices)`),
    ]);
    expect((await askDeputyIfAway(bench.context, handed)).request).toEqual(handed);

    expect(await pressApprove(bench.context, bench.press(handed, clara.slackUserId))).toMatchObject({
      refusal: { kind: 'not_the_approver' },
    });
    expect(await pressApprove(bench.context, bench.press(handed, dan.slackUserId))).toMatchObject({
      request: { state: { by: dan } },
    });
  });

  it('a deputy who was asked before is told, since the card that they have makes no sound', async () => {
    await name();
    const copy = { kind: 'approver', channel: 'D1' as never, ts: '1.1' as never, shows: 1 } as const;
    await bench.store.putCopy(request.id, { ...copy, slackUserId: dan.slackUserId });
    await stood();
    expect(await bench.told()).toContainEqual(expect.stringMatching(/^U0DAN: .*waiting for you again/u));
  });

  it('a deputy who may not sign any more is not asked', async () => {
    await name();
    await bench.settings({ approvers: { people: [clara.slackUserId], userGroups: [] } });
    expect(await stood()).toEqual(request);
  });

  it('nobody gets their own request to sign', async () => {
    await bench.settings({ approvers: { people: [clara.slackUserId, anna.slackUserId], userGroups: [] } });
    await name(anna);
    expect(await stood()).toEqual(request);
  });

  it('two who stand in for each other do not pass it to and fro', async () => {
    await name();
    await nameDeputy(bench.context, {
      slackUserId: dan.slackUserId,
      deputy: clara.slackUserId,
      lastDay: THURSDAY,
      once: randomUUID(),
    });
    expect(await stood()).toEqual(request);
  });

  it('what is decided, or past its deadline, stays where it is', async () => {
    await name(dan, '2026-12-24');
    bench.clock.now += 8 * 24 * HOUR;
    expect(await stood()).toEqual(request);
  });
});
