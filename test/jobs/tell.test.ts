import { describe, expect, it } from 'vitest';
import { StoreUnavailable } from '../../src/domain/failures/failure.ts';
import type { RequestId, SlackUserId } from '../../src/domain/ids.ts';
import { type NoticeTo, type OldSentence, RequestNotice } from '../../src/domain/notices.ts';
import type { Work } from '../../src/domain/work.ts';
import { carryOut } from '../../src/jobs/run.ts';
import { onceDelivered, rewriteTold, tellPeople } from '../../src/jobs/tell.ts';
import { type JobOutcome, jobDone, retryAfter } from '../../src/services/context.ts';
import { aRequest, clara, dan, states } from '../domain/a-request.ts';
import { aUser, peopleWorld } from '../services/people/people-world.ts';
import { redisOfFile } from '../store/support/redis-for-tests.ts';
import { slackForCards } from './slack-for-cards.ts';

const { redis } = await redisOfFile();
const admins: NoticeTo = { kind: 'admins' };
const notice = { kind: 'announcements_refused' } as const;
/** As it stands in the queue of the release that worded messages when it queued them. */
const queuedInWords = (workspaceId: string, to: NoticeTo): Work =>
  JSON.parse(
    JSON.stringify({ kind: 'tell', tenant: workspaceId, to, notice: { kind: 'sentence', text: 'Something to know.' } }),
  );

/** Three Fleet admins in Slack, and a message that is to be split among them. */
function company() {
  const world = peopleWorld(redis);
  const { context } = world;
  const cards = slackForCards(context.workspaceId);
  const [one, two, three] = [1, 2, 3].map((id) => world.inSlack(`U${id}`, { email: `user${id}@acme.example` }));
  const everybody = [one, two, three] as readonly SlackUserId[];
  /** How long the job waits; null: it is done. */
  const tell = async (to: NoticeTo, jobId = 'notice'): Promise<number | null> => {
    const told = await tellPeople(
      { kind: 'notify', tenant: context.workspaceId, to, notice },
      { context, slack: cards.slack },
      jobId,
    );
    return told.kind === 'later' ? told.afterMs : null;
  };
  /** Whose own message is asked for. */
  const split = async (): Promise<readonly string[]> =>
    (await context.store.outbox(0))
      .flatMap(({ work }) =>
        (work.kind === 'notify' || work.kind === 'tell') && work.to.kind === 'person' ? [work.to.slackUserId] : [],
      )
      .sort();
  const known = () => world.inFleet(...[1, 2, 3].map((id) => aUser(id, { role: 'ADMIN' })));
  return { ...world, cards, everybody, tell, split, known };
}

describe('a message to admins', () => {
  it('waits as long as Slack asks where one of them cannot be looked up, and then reaches everybody', async () => {
    const { faults, known, tell, split, everybody } = company();
    await known();
    faults.byEmail = (email) => (email.startsWith('user2') ? { ok: false, retryAfterMs: 17_000 } : null);

    expect(await tell(admins)).toBe(17_000);
    expect(await split()).toEqual([]);

    faults.byEmail = () => null;
    expect(await tell(admins)).toBeNull();
    expect(await split()).toEqual(everybody);
  });

  it('waits while Slack says nothing of people whose accounts are known', async () => {
    const { context, faults, known, tell, split, everybody } = company();
    await known();
    expect(await tell(admins, 'before')).toBeNull();
    await redis.unlink(...(await redis.keys(`*${context.workspaceId}*profile*`)));
    faults.slackIsAway = true;

    expect(await tell(admins)).toBe(5_000);

    faults.slackIsAway = false;
    expect(await tell(admins)).toBeNull();
    expect(new Set(await split())).toEqual(new Set(everybody));
  });

  it('waits until it is known who Fleet’s admins are, and asks for that', async () => {
    const { known, tell, split, everybody, refreshesAsked } = company();

    expect(await tell(admins)).toBe(5_000);
    expect(await refreshesAsked()).toBe(1);

    await known();
    expect(await tell(admins)).toBeNull();
    expect(await split()).toEqual(everybody);
  });

  it('is done where there is nobody, and where the app is not let look by address', async () => {
    const { faults, inFleet, known, tell, split, logged } = company();
    await inFleet(aUser(7));
    expect(await tell(admins, 'nobody')).toBeNull();
    await known();
    faults.byEmail = () => ({ ok: false, isRefused: true });

    expect(await tell(admins)).toBeNull();
    expect(await split()).toEqual([]);
    expect(logged).toContainEqual(['there is no one to tell', { to: 'admins', notice: 'announcements_refused' }]);
  });
});

it('a message waits where Slack refuses the token, and is not lost', async () => {
  const { cards, everybody, tell } = company();
  const [slackUserId = '' as SlackUserId] = everybody;
  cards.control.fail = () => ({ kind: 'token_refused', error: 'token_revoked' });
  expect(await tell({ kind: 'person', slackUserId })).toBe(30_000);

  cards.control.fail = () => null;
  expect(await tell({ kind: 'person', slackUserId })).toBeNull();
  expect(cards.dm(slackUserId)).toContain("can't post in the announcement channel");
});

describe('a sentence that the previous release queued', () => {
  it('is delivered', async () => {
    const { context, cards, everybody } = company();
    const [slackUserId = '' as SlackUserId] = everybody;

    await carryOut(
      queuedInWords(context.workspaceId, { kind: 'person', slackUserId }),
      { context, slack: cards.slack },
      'j',
    );

    expect(cards.dm(slackUserId)).toContain('Something to know.');
  });

  it('is delivered to each of many, once', async () => {
    const { context, cards, everybody, known, split } = company();
    await known();
    const workspace = { context, slack: cards.slack };

    for (let time = 0; time < 2; time += 1) await carryOut(queuedInWords(context.workspaceId, admins), workspace, 'j');
    expect(await split()).toEqual(everybody);
    for (const { id, work } of await context.store.outbox(0)) await carryOut(work, workspace, id);

    for (const slackUserId of everybody) expect(cards.dm(slackUserId)).toContain('Something to know.');
  });

  it('cannot be written any more', () => {
    // @ts-expect-error -- Only what is read from the queue has this type.
    const queued: OldSentence = { kind: 'sentence', text: 'Worded too early.' };
    expect(queued.kind).toBe('sentence');
  });
});

describe('a message to whoever may sign', () => {
  const nobody = { people: [], userGroups: [] };

  it('waits where a group or an admin cannot be looked up', async () => {
    const { faults, known, settings, tell, split, everybody } = company();
    await known();
    const [one, two, three] = everybody;
    await settings({ approvers: { people: one === undefined ? [] : [one], userGroups: ['S1'] } });
    faults.byEmail = (email) => (email.startsWith('user3') ? { ok: false } : null);
    faults.groups = { ok: false, retryAfterMs: 9_000 };
    expect(await tell({ kind: 'approvers', before: nobody })).toBe(9_000);

    faults.groups = { ok: true, value: two === undefined ? [] : [two] };
    expect(await tell({ kind: 'approvers', before: nobody })).toBe(5_000);
    expect(await split()).toEqual([]);

    faults.byEmail = () => null;
    expect(await tell({ kind: 'approvers', before: nobody })).toBeNull();
    expect(await split()).toEqual([one, two, three]);
  });

  it('reaches those on the list where groups may not be read', async () => {
    const { known, settings, tell, split, everybody } = company();
    await known();
    const before = { people: everybody.slice(1), userGroups: [] };
    await settings({ approvers: { people: everybody.slice(0, 1), userGroups: ['S1'] } });

    expect(await tell({ kind: 'approvers', before })).toBeNull();
    expect(await split()).toEqual(everybody);
  });
});

describe('a reminder that waited for Slack', () => {
  it.each([
    ['is sent while the request waits', 'pending', 1],
    ['is not sent once it is ordered', 'ordered', 0],
  ] as const)('%s', async (_, kind, messages) => {
    const { context, cards } = company();
    const request = aRequest({ tenant: context.workspaceId, state: states[kind], revision: 1 });
    await context.store.commit({ request: { expectedRevision: null, next: request } });
    const about = { fleetOrderId: request.fleetOrderId, devices: 2, requester: request.requester.name };

    await tellPeople(
      {
        ...{ kind: 'notify', tenant: context.workspaceId, to: { kind: 'person', slackUserId: 'U1' as SlackUserId } },
        notice: { kind: 'reminder', about, expiresAt: request.expiresAt },
      },
      { context, slack: cards.slack },
      'late',
    );

    expect(cards.shown).toHaveLength(messages);
  });
});

describe('a reminder that was sent', () => {
  async function reminded() {
    const { context, cards } = company();
    const request = aRequest({ tenant: context.workspaceId, revision: 1 });
    await context.store.commit({ request: { expectedRevision: null, next: request } });
    const workspace = { context, slack: cards.slack };
    const about = { fleetOrderId: request.fleetOrderId, devices: 2, requester: request.requester.name };
    const to = { kind: 'person', slackUserId: clara.slackUserId } as const;
    const notice = { kind: 'reminder', about, expiresAt: request.expiresAt } as const;
    const reminder = { kind: 'notify', tenant: context.workspaceId, to, notice } as const;
    const decide = async () => {
      const next = { ...request, revision: 2, state: states.declined };
      await context.store.commit({ request: { expectedRevision: 1, next } });
      return next;
    };
    const item = { id: 'r', work: reminder };
    return { context, cards, workspace, request, decide, item, remind: () => tellPeople(reminder, workspace, 'r') };
  }

  it('is rewritten once the request is decided, and not again', async () => {
    const { cards, workspace, request, decide, remind } = await reminded();
    await remind();
    expect(await rewriteTold(workspace, request)).toBeNull();
    expect(cards.dm(clara.slackUserId)).toContain('Reminder: ');

    const decided = await decide();
    for (let time = 0; time < 2; time += 1) expect(await rewriteTold(workspace, decided)).toBeNull();

    expect(cards.dm(clara.slackUserId)).toContain('*Declined* by Clara Rossi');
    expect(cards.dm(clara.slackUserId)).not.toContain('Reminder: ');
    expect(cards.shown.map(({ edits }) => edits)).toEqual([1]);
  });

  it('is not sent again because Redis could not note where it is', async () => {
    const { cards, workspace, context, remind } = await reminded();
    const away = async () => {
      throw new StoreUnavailable('Redis: not connected');
    };
    Object.assign(workspace, { context: { ...context, store: { ...context.store, noteDelivered: away } } });

    expect(await remind()).toEqual({ kind: 'done' });

    expect(cards.shown).toHaveLength(1);
  });

  it('is sent once, however often its job runs, and leaves the outbox with that', async () => {
    const { cards, context, item } = await reminded();
    await context.store.commit({ work: [item] });

    // The process died before the queue heard that the job was done.
    for (let time = 0; time < 2; time += 1)
      expect(await tellPeople(item.work, { context, slack: cards.slack }, item.id)).toEqual({ kind: 'done' });

    expect(cards.shown).toHaveLength(1);
    expect(await context.store.outbox(0)).toEqual([]);
  });

  it('waits for Slack as long as it asks, and gives a deleted message up', async () => {
    const { cards, workspace, decide, remind } = await reminded();
    await remind();
    const decided = await decide();
    cards.control.fail = () => ({ kind: 'rate_limited', retryAfterMs: 7_000 });
    expect(await rewriteTold(workspace, decided)).toBe(7_000);
    cards.control.fail = () => ({ kind: 'unavailable', error: 'x' }) as never;
    expect(await rewriteTold(workspace, decided)).toBe(5_000);
    cards.control.fail = () => ({ kind: 'gone' });
    expect(await rewriteTold(workspace, decided)).toBeNull();
    cards.control.fail = () => null;
    await rewriteTold(workspace, decided);
    expect(cards.dm(clara.slackUserId)).toContain('Reminder: ');
  });

  it('is rewritten, too, when the decision came while it was posted', async () => {
    const { context, cards, decide, remind } = await reminded();
    cards.control.before = async () => void (await decide());

    await remind();

    expect((await context.store.outbox(0)).map(({ work }) => work.kind)).toEqual(['update_cards']);
  });
});

describe('a message about a request whose cart was sent again', () => {
  async function sentAgain() {
    const { context, cards } = company();
    const ended = { tenant: context.workspaceId, revision: 1 };
    const older = aRequest({ ...ended, id: 'older' as RequestId, state: states.declined });
    const newer = aRequest({ ...ended, id: 'newer' as RequestId, createdAt: older.createdAt + 1, approver: dan });
    for (const next of [older, newer]) await context.store.commit({ request: { expectedRevision: null, next } });
    const tell = (about: { readonly requestId?: RequestId }, kind: 'request_declined' | 'reminder') => {
      const facts = { fleetOrderId: older.fleetOrderId, devices: 1, requester: older.requester.name, ...about };
      const said = { by: clara.name, reason: 'Too many', expiresAt: older.expiresAt };
      const to = { kind: 'person', slackUserId: clara.slackUserId } as const;
      const notice = RequestNotice.parse({ kind, about: facts, ...said });
      const work = { kind: 'notify', tenant: context.workspaceId, to, notice } as const;
      return tellPeople(work, { context, slack: cards.slack }, `${kind}.${about.requestId}`);
    };
    const filed = async (id: RequestId) => (await context.store.toldMessages(id)).map(({ notice }) => notice.kind);
    return { context, cards, older, newer, tell, filed };
  }

  it('is filed under the request that it is about', async () => {
    const { older, newer, tell, filed } = await sentAgain();

    await tell({ requestId: older.id }, 'request_declined');

    expect([await filed(older.id), await filed(newer.id)]).toEqual([['request_declined'], []]);
  });

  it('is filed under the newest where an older release queued it without saying which', async () => {
    const { older, newer, tell, filed } = await sentAgain();

    await tell({}, 'reminder');

    expect([await filed(older.id), await filed(newer.id)]).toEqual([[], ['reminder']]);
  });

  it('is not sent once its own request has ended, though the newer one waits', async () => {
    const { cards, older, tell } = await sentAgain();

    await tell({ requestId: older.id }, 'reminder');

    expect(cards.shown).toEqual([]);
  });

  it('marks no approver of another request as gone', async () => {
    const { cards, context, older, newer, tell } = await sentAgain();
    await context.store.commit({
      request: { expectedRevision: 1, next: { ...newer, revision: 2, approver: older.approver } },
    });
    cards.control.fail = () => ({ kind: 'cannot_reach_person', error: 'user_disabled' });

    await tell({ requestId: older.id }, 'request_declined');

    expect(await context.store.request(newer.id)).toMatchObject({ approverGone: false });
  });
});

it('what became of a cart is told once, however often its job runs, but again while Slack has not taken it', async () => {
  const { context } = company();
  const outcomes: JobOutcome[] = [retryAfter(5), jobDone, jobDone];
  let runs = 0;
  const run = () => onceDelivered(context, 'change', async () => outcomes[runs++] ?? jobDone);

  expect(await run()).toEqual(retryAfter(5));
  for (let time = 0; time < 2; time += 1) expect(await run()).toEqual(jobDone);

  expect(runs).toBe(2);
});
