import { beforeEach, describe, expect, it } from 'vitest';
import type { DeviceRequest } from '../../../src/domain/request/request.ts';
import { pressApprove } from '../../../src/services/request/approve.ts';
import { declineRequest, reassignRequest, withdrawRequest } from '../../../src/services/request/decide.ts';
import { anna, clara, dan, HOUR } from '../../domain/a-request.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { type Bench, eva, startBench } from './bench.ts';

const { redis } = await redisOfFile();
let bench: Bench;
let request: DeviceRequest;

beforeEach(async () => {
  bench = await startBench(redis);
  request = await bench.sent();
});

const approve = (context = bench.context, slackUserId = clara.slackUserId) =>
  pressApprove(context, bench.press(request, slackUserId));

/** Everybody has read and decided before anybody writes. */
function meetingAtCommit(count: number): () => Bench['context'] {
  let arrived = 0;
  let open = () => {};
  const all = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => ({
    ...bench.instance(),
    store: {
      ...bench.store,
      commit: async (commit) => {
        arrived += 1;
        if (arrived === count) open();
        await all;
        return bench.store.commit(commit);
      },
    },
  });
}

describe('Approve', () => {
  it('is recorded with its job in one step, and Fleet is not asked', async () => {
    bench.fleet.journal.clear();
    const outcome = await approve();

    expect(outcome).toMatchObject({ ok: true, request: { state: { kind: 'validating', by: clara } } });
    expect(await bench.request(request.id)).toMatchObject({ state: { kind: 'validating', validateSentAt: null } });
    expect(await bench.work('carry_out_approval')).toHaveLength(1);
    expect(await bench.work('update_cards')).toHaveLength(1);
    expect(await bench.audit()).toEqual(['approval_pressed']);
    expect(bench.fleet.journal.entries()).toEqual([]);
  });

  it('of an own request is recorded with the reason for which settings allow it', async () => {
    const { revision, settings } = await bench.store.savedSettings();
    const approvers = { people: [anna.slackUserId], userGroups: [] };
    const is = { ...settings, approvers, selfApproval: { reason: 'we are one' } };
    await bench.store.commit({ settings: { expectedRevision: revision, next: is } });
    const own = { ...request, approver: anna, revision: request.revision + 1 };
    await bench.store.commit({ request: { expectedRevision: request.revision, next: own } });

    expect(await pressApprove(bench.context, bench.press(own, anna.slackUserId))).toMatchObject({ ok: true });

    const { entries } = await bench.store.auditPage({ limit: 1 });
    expect(entries).toMatchObject([{ entry: { did: 'approval_pressed', reason: 'we are one' } }]);
  });

  describe('while the requester is not who sent it any more', () => {
    const isNow = async (change: Partial<NonNullable<ReturnType<Bench['profiles']['get']>>>) => {
      const profile = bench.profiles.get(anna.slackUserId);
      if (profile === undefined) throw new Error('no profile');
      bench.profiles.set(anna.slackUserId, { ...profile, ...change });
      await bench.redis.del(bench.keys.profile(anna.slackUserId));
    };

    it.each([
      ['left', { isDeactivated: true }],
      ['is tied to nobody', { email: 'who.knows@acme.test' }],
      ['is somebody else', { email: 'eva.lind@acme.test' }],
    ])('who %s: purchases nothing, and the press is told why', async (_, change) => {
      await isNow(change);
      expect(await approve()).toMatchObject({ ok: false, refusal: { kind: 'requester_changed', requester: anna } });
      expect(await bench.request(request.id)).toMatchObject({ state: { kind: 'pending' }, revision: 1 });
      expect(await bench.work('carry_out_approval')).toEqual([]);
      expect(await bench.audit()).toEqual(['approver_press_refused']);
    });

    it('and nobody can say so just now: that proves nothing', async () => {
      await bench.redis.del(bench.keys.profile(anna.slackUserId));
      const slackPeople: typeof bench.context.slackPeople = {
        ...bench.context.slackPeople,
        profile: async (slackUserId) =>
          slackUserId === anna.slackUserId ? { ok: false } : bench.context.slackPeople.profile(slackUserId),
      };
      expect(await approve({ ...bench.context, slackPeople })).toMatchObject({ ok: true });
    });
  });

  it('is accepted once of ten presses at the same moment on two instances; the others hear who decided', async () => {
    const instances = [bench.context, bench.instance()];
    const presses = Array.from({ length: 10 }, (_, index) => approve(instances[index % 2]));
    const outcomes = await Promise.all(presses);

    expect(outcomes.filter((one) => one.ok)).toHaveLength(1);
    for (const one of outcomes) if (!one.ok) expect(one.refusal).toEqual({ kind: 'being_sent', by: clara });
    expect(await bench.work('carry_out_approval')).toHaveLength(1);
    expect(await bench.audit()).toEqual(['approval_pressed']);
  });

  it.each(['Decline', 'Withdraw'])('and %s at the same moment: exactly one of them', async (other) => {
    const meeting = meetingAtCommit(2);
    const rival =
      other === 'Decline'
        ? declineRequest(meeting(), { ...bench.press(request, clara.slackUserId), reason: 'No' })
        : withdrawRequest(meeting(), {
            requestId: request.id,
            slackUserId: anna.slackUserId,
            lines: 'kept',
            surface: 'modal',
            once: 'o',
          });
    const outcomes = await Promise.all([approve(meeting()), rival]);

    expect(outcomes.filter((one) => one.ok)).toHaveLength(1);
    const { state } = await bench.request(request.id);
    expect(await bench.work('carry_out_approval')).toHaveLength(state.kind === 'validating' ? 1 : 0);
    expect(await bench.audit()).toHaveLength(1);
  });

  it('loses against a hand-over that was committed while it was looked up who may sign', async () => {
    // The hand-over comes exactly between the reading of the request and the commit of the press.
    const slow: Bench['context'] = {
      ...bench.instance(),
      store: {
        ...bench.store,
        pause: async () => {
          await reassignRequest(bench.context, {
            ...bench.press(request, clara.slackUserId),
            newApprover: dan.slackUserId,
          });
          return bench.store.pause();
        },
      },
    };
    const outcome = await approve(slow);

    expect(outcome).toMatchObject({ ok: false, refusal: { kind: 'not_the_approver', approver: dan } });
    expect(await bench.request(request.id)).toMatchObject({ state: { kind: 'pending' }, approver: dan });
    expect(await bench.work('carry_out_approval')).toEqual([]);
  });

  it('records a press whose commit was answered too late to hear', async () => {
    const { StoreUnavailable } = await import('../../../src/domain/failures/failure.ts');
    const deaf: Bench['context'] = {
      ...bench.context,
      store: {
        ...bench.store,
        commit: async (commit) => {
          await bench.store.commit(commit);
          throw new StoreUnavailable('no answer');
        },
      },
    };
    expect(await approve(deaf)).toMatchObject({ ok: true });
    const dead = { ...deaf.store, commit: async () => Promise.reject(new StoreUnavailable('no answer')) };
    const second = await bench.request(request.id);
    await expect(
      approve({ ...deaf, store: { ...dead, request: async () => ({ ...second, state: { kind: 'pending' } }) } }),
    ).rejects.toThrow(StoreUnavailable);
  });
});

describe('who may not approve', () => {
  it('somebody else, also one who may sign', async () => {
    expect(await approve(bench.context, dan.slackUserId)).toMatchObject({ refusal: { kind: 'not_the_approver' } });
    expect(await approve(bench.context, anna.slackUserId)).toMatchObject({ refusal: { kind: 'not_the_approver' } });
  });

  it('an approver who may no longer sign, checked at the press', async () => {
    await bench.settings({ approvers: { people: [dan.slackUserId], userGroups: [] } });
    const press = () => pressApprove(bench.context, bench.press(request, clara.slackUserId));
    expect(await press()).toMatchObject({ refusal: { kind: 'not_eligible' } });
    expect(await bench.request(request.id)).toMatchObject({ state: { kind: 'pending' }, approverGone: true });
    const told = ['admins: approver_gone', expect.stringMatching(/^U0ANNA: .*needs another approver/)];
    expect(await bench.told()).toEqual(expect.arrayContaining(told));
    await press();
    expect(await bench.told()).toHaveLength(2);
  });

  it('an approver of whom Slack does not tell in time: Slack itself waits for our answer', async () => {
    const never = async () => new Promise<never>(() => {});
    const waits: number[] = [];
    const sleep = async (ms: number) => void waits.push(ms);
    const slackPeople = { ...bench.context.slackPeople, profile: never };
    await bench.redis.del(bench.keys.profile(clara.slackUserId));
    expect(await approve({ ...bench.context, slackPeople, sleep })).toMatchObject({
      refusal: { kind: 'eligibility_unknown', why: { kind: 'slack_unreachable' } },
    });
    // For Slack, and around it for the approver and for the requester.
    expect(waits.sort((one, other) => one - other)).toEqual([600, 1_500, 1_500]);
    expect(await bench.request(request.id)).toMatchObject({ state: { kind: 'pending' }, revision: 1 });
  });

  it('an approver whom nobody can look up just now', async () => {
    const blind = {
      ...bench.context,
      slackPeople: { ...bench.context.slackPeople, profile: async () => ({ ok: false }) },
    };
    await bench.redis.del(bench.keys.profile(clara.slackUserId));
    expect(await approve(blind as Bench['context'])).toMatchObject({ refusal: { kind: 'eligibility_unknown' } });
  });

  it('the requester themselves, though they are the approver asked', async () => {
    const own = { ...request, approver: anna };
    await bench.store.commit({ request: { expectedRevision: 1, next: { ...own, revision: 2 } } });
    expect(await approve(bench.context, anna.slackUserId)).toMatchObject({ ok: false });
    await bench.settings({ approvers: { people: [anna.slackUserId], userGroups: [] } });
    expect(await approve(bench.context, anna.slackUserId)).toMatchObject({ refusal: { kind: 'own_request' } });
  });

  it('anybody while ordering is paused', async () => {
    await bench.store.setPause({ kind: 'unauthorized', since: 1 });
    expect(await approve()).toMatchObject({ refusal: { kind: 'ordering_paused' } });
  });
});

describe('a card that must not be believed', () => {
  it('was changed, is of another workspace, or is no card at all', async () => {
    const { value } = bench.press(request, clara.slackUserId);
    const other = await startBench(redis);
    const foreign = other.press({ ...request, tenant: other.workspaceId }, clara.slackUserId).value;
    const elsewhere = bench.press({ ...request, tenant: other.workspaceId }, clara.slackUserId).value;
    const share = bench.context.seal.sign('card', 'share T 42');
    const odd = bench.context.seal.sign('card', '{"tenant":1}');

    for (const bad of [`${value}x`, value.slice(0, -1), '', foreign, elsewhere, share, odd]) {
      const press = { ...bench.press(request, clara.slackUserId), value: bad };
      expect(await pressApprove(bench.context, press)).toMatchObject({ ok: false, refusal: { kind: 'not_our_card' } });
    }
    expect(await bench.request(request.id)).toMatchObject({ revision: 1 });
  });

  it('shows something older: it is taken among the copies and brought up to date', async () => {
    const copy = { channel: 'D1' as never, ts: '1.1' as never };
    const press = { ...bench.press({ ...request, fingerprint: 'older' }, clara.slackUserId), copy };
    expect(await pressApprove(bench.context, press)).toMatchObject({ refusal: { kind: 'card_outdated' } });
    expect(await bench.store.copies(request.id)).toMatchObject([{ kind: 'approver', ...copy, shows: 0 }]);
    expect(await bench.work('update_cards')).toHaveLength(1);
  });

  it('stands where nobody remembered it: an accepted press takes it among the copies too', async () => {
    const copy = { channel: 'D1' as never, ts: '1.1' as never };
    await bench.store.putCopy(request.id, { kind: 'approver', ...clara, ...copy, ts: '2.2' as never, shows: 1 });
    expect(await pressApprove(bench.context, { ...bench.press(request, clara.slackUserId), copy })).toMatchObject({
      ok: true,
    });
    const copies = (await bench.store.copies(request.id)).map(({ kind, slackUserId, ts, shows }) => [
      kind,
      slackUserId,
      ts,
      shows,
    ]);
    expect(copies.sort()).toEqual(
      [
        ['approver', clara.slackUserId, '1.1', 0],
        ['approver', clara.slackUserId, '2.2', 1],
      ].sort(),
    );
  });

  it('is past its deadline: the press carries the deadline out', async () => {
    bench.clock.now = request.expiresAt;
    expect(await approve()).toMatchObject({ refusal: { kind: 'expired' } });
    expect(await bench.request(request.id)).toMatchObject({ state: { kind: 'expired' } });
    bench.clock.now += HOUR;
    expect(await approve()).toMatchObject({ refusal: { kind: 'expired' } });
  });

  it('is not known to Redis: nothing is validated, the request is to be rebuilt', async () => {
    await bench.redis.del(bench.keys.request(request.id));
    expect(await approve()).toMatchObject({ refusal: { kind: 'being_rebuilt' } });
    const [item] = await bench.work('rebuild_request');
    expect(item?.work).toMatchObject({ pressedBy: clara.slackUserId, card: { requestId: request.id } });
    expect(await bench.work('carry_out_approval')).toEqual([]);
    expect(await approve(bench.context, eva.slackUserId)).toMatchObject({ refusal: { kind: 'unknown_request' } });
  });
});
