import { beforeEach, describe, expect, it } from 'vitest';
import type { SlackFailure } from '../../src/domain/failures/failure.ts';
import type { SlackUserId } from '../../src/domain/ids.ts';
import type { DeviceRequest } from '../../src/domain/request/request.ts';
import type { Message } from '../../src/domain/surfaces.ts';
import type { Fleet } from '../../src/fleet/fleet.ts';
import { updateCards } from '../../src/jobs/cards.ts';
import { tellPeople } from '../../src/jobs/tell.ts';
import { pressApprove } from '../../src/services/request/approve.ts';
import { openCard, renderCard } from '../../src/services/request/cards.ts';
import { declineRequest, reassignRequest } from '../../src/services/request/decide.ts';
import { nameDeputy } from '../../src/services/request/deputy.ts';
import { remindApprover } from '../../src/services/request/remind.ts';
import { checkingText } from '../../src/views/request/state.ts';
import { aLine } from '../domain/a-line.ts';
import { clara, dan, HOUR } from '../domain/a-request.ts';
import { type Bench, startBench } from '../services/request/bench.ts';
import { redisOfFile, snapshotHashes } from '../store/support/redis-for-tests.ts';
import { slackForCards } from './slack-for-cards.ts';

const { redis } = await redisOfFile();
let bench: Bench;
let request: DeviceRequest;
let cards: ReturnType<typeof slackForCards>;

const update = (context = bench.context) =>
  updateCards(
    { kind: 'update_cards', tenant: bench.workspaceId, requestId: request.id },
    { context, slack: cards.slack },
  );
const later = async (run = update()) => {
  const outcome = await run;
  expect(outcome.kind).toBe('later');
  return outcome.kind === 'later' ? outcome.afterMs : 0;
};
const decline = () => declineRequest(bench.context, { ...bench.press(request, clara.slackUserId), reason: 'No' });
const forBen = async () => {
  bench.fleet.rules.oneActiveCart = false;
  await bench.redis.del(bench.keys.draft('U0ANNA' as never));
  return bench.sent([aLine({ fleetUserId: 12 as never, assigneeName: 'Ben' })]);
};
const copies = () => bench.store.copies(request.id);
const share = async (channel: string) => {
  const posted = await cards.slack.post(channel as never, { text: 'x', blocks: [] });
  if (!posted.ok) throw new Error('no');
  await bench.store.putCopy(request.id, { kind: 'shared', slackUserId: null, ...posted.value, shows: 0 });
};

beforeEach(async () => {
  bench = await startBench(redis);
  request = await bench.sent();
  cards = slackForCards(bench.workspaceId);
});

describe('the copies of a card', () => {
  it("are posted, the requester's first, and each names the place of the other", async () => {
    await update();

    expect(cards.calls).toEqual(['post U0ANNA', 'post U0CLARA', 'update D-U0ANNA']);
    const [requester, approver] = (await copies()).toSorted((one, other) => one.ts.localeCompare(other.ts));
    const signedIn = (text: string) => {
      const value = /"value":("(?:[^"\\]|\\.)*")/u.exec(text)?.[1] ?? '""';
      return openCard(bench.context, JSON.parse(value));
    };
    expect(signedIn(cards.dm('U0CLARA'))?.otherCopy).toEqual({ channel: requester?.channel, ts: requester?.ts });
    expect(signedIn(cards.dm('U0ANNA'))?.otherCopy).toEqual({ channel: approver?.channel, ts: approver?.ts });
    await update();
    expect(cards.calls).toHaveLength(3);
  });

  it('all follow a change, keep the name of who decided, and lose their buttons', async () => {
    await update();
    await share('C1');
    await decline();
    await update();

    for (const text of [cards.dm('U0ANNA'), cards.dm('U0CLARA')]) {
      expect(text).toContain('*Declined* by Clara Rossi');
      expect(text).not.toContain('"actions"');
    }
    expect(cards.channel('D-C1')).toContain(checkingText);
    expect((await copies()).every(({ shows }) => shows === 2)).toBe(true);
    await bench.checkEndings();
    await update();
    expect(cards.channel('D-C1')).toContain('*Not ordered*');
  });

  it('a hand-over gives the new approver a card and takes the buttons from the old one', async () => {
    await update();
    await reassignRequest(bench.context, { ...bench.press(request, clara.slackUserId), newApprover: dan.slackUserId });
    await update();

    expect(cards.dm('U0DAN')).toContain('"Approve"');
    expect(cards.dm('U0CLARA')).toContain("*Reassigned* to Dan O'Neil");
    expect(cards.dm('U0CLARA')).not.toContain('"actions"');
    expect(cards.dm('U0ANNA')).toContain("Dan O'Neil");
  });

  it('one that is gone is posted anew; a shared one is dropped', async () => {
    await update();
    await share('C1');
    await pressApprove(bench.context, bench.press(request, clara.slackUserId));
    cards.control.fail = (call) => (call === 'update' ? { kind: 'gone' } : null);
    await update();

    expect(cards.calls.filter((call) => call === 'post U0CLARA')).toHaveLength(2);
    expect(cards.dm('U0CLARA')).toContain('Sending to Fleet…');
    expect((await copies()).map(({ kind }) => kind).sort()).toEqual(['approver', 'requester']);
  });

  it('a reminder draws again, should Redis have forgotten that its buttons went', async () => {
    await update();
    const forgetful = bench.keys.request(request.id);
    const copiesKey = bench.keys.copies(request.id);
    const goBack = await snapshotHashes(redis, [forgetful, copiesKey]);
    await pressApprove(bench.context, bench.press(request, clara.slackUserId));
    await update();
    expect(cards.dm('U0CLARA')).not.toContain('"Approve"');
    await goBack();

    const queued = async () => (await bench.work('update_cards')).length;
    const before = await queued();

    await remindApprover(bench.context, bench.press(request, 'U0ANNA' as SlackUserId, 'requester'));
    expect(await queued()).toBe(before + 1);
    await update();

    expect(cards.dm('U0CLARA')).toContain('"Approve"');
    expect(cards.dm('U0ANNA')).toContain('"Remind"');
  });

  it.each([
    ['a later change', { shows: 2 }],
    ['another change with the same number', { nonce: 'forgotten' }],
  ])('one that shows %s, which Redis has forgotten, is drawn again', async (_, drawn) => {
    await update();
    for (const copy of await copies()) await bench.store.putCopy(request.id, { ...copy, ...drawn });
    const before = cards.calls.length;

    await update();

    expect(cards.calls.slice(before).toSorted()).toEqual(['update D-U0ANNA', 'update D-U0CLARA']);
    await update();
    expect(cards.calls).toHaveLength(before + 2);
  });

  it('of a request that is over the approver is sent no card', async () => {
    await decline();
    await update();
    expect(cards.calls).toEqual(['post U0ANNA']);
  });

  it('of a request that nobody knows there are none', async () => {
    const nothing = { kind: 'update_cards', tenant: bench.workspaceId, requestId: 'no' as never } as const;
    await updateCards(nothing, { context: bench.context, slack: cards.slack });
    expect(cards.calls).toEqual([]);
  });
});

describe('what people have already', () => {
  it('that Fleet does not tell in time is left out of the card', async () => {
    request = await forBen();
    const fleet: Fleet = { ...bench.context.fleet, listDevices: async () => new Promise(() => {}) };
    await update({ ...bench.context, fleet, sleep: async () => {} });
    expect(cards.dm('U0CLARA')).toContain('"Approve"');
    expect(cards.dm('U0CLARA')).not.toContain('already has');
  });

  it('that Fleet cannot tell is asked for again after a minute, not for every card', async () => {
    request = await forBen();
    bench.fleet.faults.add({
      operation: 'listDevices',
      kind: 'answer',
      status: 404,
      body: { error: 'USER_NOT_FOUND' },
    });
    const asked = () => bench.fleet.journal.count('listDevices');
    const render = () => renderCard(bench.context, request, { side: 'approver', ...clara, otherCopy: null });
    await render();
    await render();
    expect(asked()).toBe(1);
    bench.clock.now += 60_000;
    await render();
    expect(asked()).toBe(2);
  });
});

it('a card that is brought up to date reads who may sign before anybody presses', async () => {
  await update();
  const asked: string[] = [];
  const slackPeople = {
    ...bench.context.slackPeople,
    profile: async (slackUserId: SlackUserId) => {
      asked.push(slackUserId);
      return bench.context.slackPeople.profile(slackUserId);
    },
  };
  await bench.redis.del(bench.keys.profile(clara.slackUserId));
  for (const copy of await copies()) await bench.store.putCopy(request.id, { ...copy, shows: 0 });

  await update({ ...bench.context, slackPeople });

  expect(asked).toEqual([clara.slackUserId]);
});

describe('two runs', () => {
  it('never show an older state over a newer one: the second waits', async () => {
    await update();
    const states: string[] = [];
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    await pressApprove(bench.context, bench.press(request, clara.slackUserId));
    cards.control.before = async (call) => {
      states.push(call);
      if (states.length === 1) await gate;
    };
    const first = update();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await later()).toBeGreaterThan(0);
    open();
    await first;
    expect(cards.dm('U0CLARA')).toContain('Sending to Fleet…');
  });

  it('a change that comes while the copies are brought up is shown by the same run', async () => {
    await update();
    await pressApprove(bench.context, bench.press(request, clara.slackUserId));
    let isFirst = true;
    cards.control.before = async () => {
      if (!isFirst) return;
      isFirst = false;
      const now = await bench.request(request.id);
      const state = { kind: 'expired', at: 1 } as const;
      await bench.store.commit({
        request: {
          expectedRevision: now.revision,
          expectedNonce: now.nonce,
          next: { ...now, state, revision: now.revision + 1 },
        },
      });
    };
    await update();
    expect(cards.dm('U0CLARA')).toContain('*Expired*');
    expect(cards.dm('U0ANNA')).toContain('*Expired*');
  });

  it('a lease that is lost while a card is made posts nothing', async () => {
    request = await forBen();
    let isOurs = true;
    const lease = { extend: async () => isOurs, release: async () => {} };
    const fleet: Fleet = {
      ...bench.context.fleet,
      listDevices: async (...query) => {
        isOurs = false;
        return bench.context.fleet.listDevices(...query);
      },
    };
    await later(update({ ...bench.context, fleet, store: { ...bench.store, lease: async () => lease } }));
    expect(cards.calls).toEqual(['post U0ANNA']);
  });

  it('whoever loses the lease shows nothing any more', async () => {
    const lost = { extend: async () => false, release: async () => {} };
    const store = { ...bench.store, lease: async () => lost };
    await later(update({ ...bench.context, store }));
    expect(cards.calls).toEqual([]);
  });
});

describe('whoever is asked is away', () => {
  it('and Slack says nothing of their deputy: the card goes out, and over to the deputy as soon as Slack does', async () => {
    const lastDay = new Date(bench.clock.now + 3 * 24 * HOUR).toISOString().slice(0, 10);
    const named = await nameDeputy(bench.context, {
      slackUserId: clara.slackUserId,
      deputy: dan.slackUserId,
      lastDay,
      once: 'away',
    });
    expect(named.ok).toBe(true);
    await bench.redis.del(bench.keys.profile(dan.slackUserId));
    const { slackPeople } = bench.context;
    const profile: typeof slackPeople.profile = async (slackUserId) =>
      slackUserId === dan.slackUserId ? { ok: false } : slackPeople.profile(slackUserId);

    expect(await later(update({ ...bench.context, slackPeople: { ...slackPeople, profile } }))).toBe(15_000);
    expect(cards.dm('U0CLARA')).toContain('"Approve"');

    await update();
    expect(cards.dm('U0DAN')).toContain('"Approve"');
    expect(cards.dm('U0CLARA')).not.toContain('"Approve"');
  });
});

describe('Slack does not take it', () => {
  const failing = (failure: SlackFailure, at = (call: string, to: string) => call === 'post' && to === 'U0CLARA') => {
    cards.control.fail = (call, to) => (at(call, to) ? failure : null);
  };

  it.each<[SlackFailure, number]>([
    [{ kind: 'rate_limited', retryAfterMs: 7_000 }, 7_000],
    [{ kind: 'unavailable' }, 5_000],
    [{ kind: 'not_allowed', error: 'missing_scope' }, 300_000],
    [{ kind: 'token_refused', error: 'token_revoked' }, 300_000],
  ])('%o: later; the others are shown all the same, and nothing is posted twice', async (failure, afterMs) => {
    failing(failure);
    expect(await later()).toBe(afterMs);
    cards.control.fail = () => null;
    await update();
    expect(cards.calls.filter((call) => call === 'post U0ANNA')).toHaveLength(1);
    expect(cards.dm('U0CLARA')).toContain('"Approve"');
  });

  it.each(['post', 'update'])('a card that it refuses at the %s comes in short, with its buttons', async (call) => {
    const refusing = slackForCards(bench.workspaceId);
    const whole = (message: unknown) => !JSON.stringify(message).includes("couldn't show the full card");
    const refused = {
      ok: false,
      failure: { kind: 'refused_payload', error: 'msg_blocks_too_long', details: [] },
    } as const;
    const { post, update: bring } = refusing.slack;
    cards = {
      ...refusing,
      slack: {
        ...refusing.slack,
        post: async (to, message) => (call === 'post' && whole(message) ? refused : post(to, message)),
        update: async (channel, ts, message) =>
          call === 'update' && whole(message) ? refused : bring(channel, ts, message),
      },
    };
    await update();

    const shown = cards.dm(call === 'post' ? 'U0CLARA' : 'U0ANNA');
    expect(shown).toContain("couldn't show the full card");
    expect(shown).toContain(call === 'post' ? '"Approve"' : '"Withdraw"');
    expect(shown).toContain('"Show all devices"');
    expect(JSON.stringify(bench.logged)).toContain('msg_blocks_too_long');
  });

  const refusedPayload = { kind: 'refused_payload', error: 'invalid_blocks', details: [] } as const;
  const refusing = (isRefused: (message: Message, to: string) => boolean) => {
    const { post } = cards.slack;
    return async () =>
      updateCards(
        { kind: 'update_cards', tenant: bench.workspaceId, requestId: request.id },
        {
          context: bench.context,
          slack: {
            ...cards.slack,
            post: async (to, message) =>
              isRefused(message, to) ? { ok: false, failure: refusedPayload } : post(to, message),
          },
        },
      );
  };

  it('a card whose blocks it refuses comes as text that says where to decide', async () => {
    await refusing((message) => message.blocks.length > 0)();

    const [posted] = cards.shown.filter(({ channel }) => channel === 'D-U0CLARA');
    expect(posted?.message.text).toContain('/fleet approvals');
    expect(await bench.request(request.id)).toMatchObject({ approverGone: false });
  });

  it('an approver whose card it refuses in every form: the requester and admins are told', async () => {
    await refusing((_, to) => to === 'U0CLARA')();

    expect(await bench.request(request.id)).toMatchObject({ approverGone: true, state: { kind: 'pending' } });
    expect(await bench.told()).toEqual(
      expect.arrayContaining(['admins: approver_gone', expect.stringContaining('needs another approver')]),
    );
  });

  it.each(['cannot_reach_person', 'cannot_post_there', 'refused_payload'] as const)(
    'an approver whose reminder ends as %s: the requester and admins are told',
    async (kind) => {
      await update();
      await remindApprover(bench.context, bench.press(request, 'U0ANNA' as SlackUserId, 'requester'));
      cards.control.fail = (_, to) =>
        to === 'U0CLARA' ? ({ kind, error: 'x', details: [] } as unknown as SlackFailure) : null;
      for (const { id, work } of await bench.work('notify'))
        if (work.kind === 'notify') await tellPeople(work, { context: bench.context, slack: cards.slack }, id);

      expect(await bench.request(request.id)).toMatchObject({ approverGone: true, state: { kind: 'pending' } });
      expect(await bench.told()).toEqual(
        expect.arrayContaining(['admins: approver_gone', expect.stringContaining('needs another approver')]),
      );
    },
  );

  it('the longest wait counts', async () => {
    cards.control.fail = (_call, to) =>
      to === 'U0ANNA' ? { kind: 'rate_limited', retryAfterMs: 9_000 } : { kind: 'unavailable' };
    expect(await later()).toBe(9_000);
  });

  it.each(['cannot_reach_person', 'cannot_post_there'] as const)(
    'an approver who %s: the requester is asked to choose another, admins are told, and it is not tried again',
    async (kind) => {
      failing({ kind, error: 'user_disabled' });
      await update();
      expect(await bench.request(request.id)).toMatchObject({ approverGone: true, state: { kind: 'pending' } });
      expect(cards.dm('U0ANNA')).toContain('Choose another approver');
      expect(await bench.told()).toEqual(
        expect.arrayContaining(['admins: approver_gone', expect.stringContaining('needs another approver')]),
      );
      expect(cards.calls.filter((call) => call === 'post U0CLARA')).toHaveLength(1);
    },
  );

  it.each<SlackFailure>([
    { kind: 'refused_payload', error: 'invalid_blocks', details: [] },
    { kind: 'gone' },
    { kind: 'cannot_reach_person', error: 'user_not_found' },
  ])('%o at the requester stops nobody else', async (failure) => {
    failing(failure, (call, to) => call === 'post' && to === 'U0ANNA');
    await update();
    expect(cards.dm('U0CLARA')).toContain('"Approve"');
    expect(bench.logged).not.toEqual([]);
  });
});
