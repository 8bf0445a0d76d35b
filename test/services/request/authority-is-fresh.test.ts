import { beforeEach, describe, expect, it } from 'vitest';
import type { SlackProfile } from '../../../src/domain/people/people.ts';
import type { DeviceRequest } from '../../../src/domain/request/request.ts';
import { carryOutApproval, pressApprove } from '../../../src/services/request/approve.ts';
import { waitingApprovals } from '../../../src/services/request/cards.ts';
import { declineRequest, reassignRequest, requestChanges } from '../../../src/services/request/decide.ts';
import { lifetimesMs } from '../../../src/store/keys.ts';
import { clara, dan, HOUR } from '../../domain/a-request.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { never } from '../../support/never.ts';
import { type Bench, startBench } from './bench.ts';

const { redis } = await redisOfFile();
let bench: Bench;
let request: DeviceRequest;

beforeEach(async () => {
  bench = await startBench(redis);
  request = await bench.sent();
  // The app knows all of them: what changes from here on, it is not told.
  for (const profile of bench.profiles.values()) await bench.store.putProfile(profile);
});

const press = () => bench.press(request, clara.slackUserId);
const approve = (context = bench.context) => pressApprove(context, press());
const state = async () => (await bench.request(request.id)).state.kind;

const directoryAged = async (ms: number) => {
  const stored = JSON.parse((await redis.get(bench.keys.directory)) ?? '{}');
  await redis.set(bench.keys.directory, JSON.stringify({ ...stored, builtAt: stored.builtAt - ms }));
};

const claraIs = (change: Partial<SlackProfile>) => {
  const profile = bench.profiles.get(clara.slackUserId);
  if (profile === undefined) throw new Error('no profile');
  bench.profiles.set(clara.slackUserId, { ...profile, ...change });
};
const claraIsAnEmployee = () =>
  bench.fleet.faults.add({
    operation: 'getUser',
    kind: 'answer',
    status: 200,
    body: { data: { id: clara.fleetUserId, email: 'clara.rossi@acme.test', role: 'EMPLOYEE' } },
  });

describe('an approver who has lost their authority without the app being told', () => {
  const losses = [
    ['is no Fleet ADMIN any more', () => void claraIsAnEmployee()],
    ['is a guest', () => claraIs({ isGuest: true })],
    ['is from another company', () => claraIs({ isStranger: true })],
    ["has another person's address", () => claraIs({ email: 'ben.martin@acme.test' })],
  ] as const;

  it.each(losses)('who %s: is refused, as soon as what the app knows is old', async (_, lose) => {
    lose();
    await directoryAged(HOUR);
    await redis.pexpire(bench.keys.profile(clara.slackUserId), lifetimesMs.profile - HOUR);

    expect(await approve()).toMatchObject({ ok: false, refusal: { kind: 'not_eligible' } });
    expect(await state()).toBe('pending');
  });

  it.each(losses)('who %s after the press: nothing is ordered', async (_, lose) => {
    expect(await approve()).toMatchObject({ ok: true });
    lose();

    await carryOutApproval(bench.context, request.id);

    expect(await bench.request(request.id)).toMatchObject({ state: { kind: 'pending' }, approverGone: true });
    expect(bench.fleet.validateCommits(request.fleetOrderId)).toBe(0);
  });

  it.each(losses)('who %s: decides nothing else', async (_, lose) => {
    lose();
    const refused = { ok: false, refusal: { kind: 'not_eligible' } };

    expect(await declineRequest(bench.context, { ...press(), reason: 'No' })).toMatchObject(refused);
    expect(await requestChanges(bench.context, { ...press(), wish: 'Less' })).toMatchObject(refused);
    expect(await reassignRequest(bench.context, { ...press(), newApprover: dan.slackUserId })).toMatchObject(refused);
    expect(await bench.request(request.id)).toMatchObject({ state: { kind: 'pending' }, approverGone: true });
  });
});

describe('who may no longer decide', () => {
  it.each([
    ['guest', { isGuest: true }],
    ['stranger', { isStranger: true }],
    ['bot', { isBot: true }],
    ['without an account in Fleet', { email: 'who.knows@acme.test' }],
  ])('reads none of the requests: %s', async (_, change) => {
    expect(await waitingApprovals(bench.context, clara.slackUserId, 0)).toMatchObject({ count: 1 });
    claraIs(change);
    const profile = bench.profiles.get(clara.slackUserId);
    if (profile !== undefined) await bench.store.putProfile(profile);

    expect(await waitingApprovals(bench.context, clara.slackUserId, 0)).toMatchObject({ count: 0, rows: [] });
  });

  it('reads them while nobody can say', async () => {
    await bench.redis.del(bench.keys.directory);

    expect(await waitingApprovals(bench.context, clara.slackUserId, 0)).toMatchObject({ count: 1 });
  });
});

describe('while Fleet does not say who somebody is', () => {
  it.each([1, 24, 168])('an approval by a directory that is %i hours old is refused', async (hours) => {
    await directoryAged(hours * HOUR);
    bench.fleet.faults.add({ operation: 'getUser', kind: 'server_error_before_commit' });

    expect(await approve()).toMatchObject({
      ok: false,
      refusal: { kind: 'eligibility_unknown', why: { kind: 'fleet_unreachable' } },
    });
  });

  it('one that was accepted waits, and goes back unordered', async () => {
    expect(await approve()).toMatchObject({ ok: true });
    await directoryAged(HOUR);
    bench.fleet.faults.add({ operation: 'getUser', kind: 'server_error_before_commit' });
    expect(await carryOutApproval(bench.context, request.id)).toMatchObject({ kind: 'later' });

    bench.clock.now += 3 * 60_000;

    expect(await carryOutApproval(bench.context, request.id)).toEqual({ kind: 'done' });
    expect(await bench.request(request.id)).toMatchObject({ state: { kind: 'pending' }, approverGone: false });
    expect(bench.fleet.validateCommits(request.fleetOrderId)).toBe(0);
  });

  it('an approval by one that is young is carried out', async () => {
    bench.fleet.faults.add({ operation: 'getUser', kind: 'server_error_before_commit' });
    expect(await approve()).toMatchObject({ ok: true });

    await carryOutApproval(bench.context, request.id);

    expect(await state()).toBe('ordered');
  });

  it('the press does not wait for it longer than Slack does, and is refused', async () => {
    await directoryAged(HOUR);
    const gate = bench.fleet.hold('getUser');
    const context = { ...bench.context, sleep: async (ms: number) => (ms < 1_000 ? gate.arrived() : never(ms)) };
    expect(await approve(context)).toMatchObject({ refusal: { kind: 'eligibility_unknown' } });
    gate.release();
  });
});
