import { describe, expect, it } from 'vitest';
import { isAdmin } from '../../../src/services/people/admins.ts';
import { refreshDirectory } from '../../../src/services/people/directory.ts';
import { matchPerson } from '../../../src/services/people/match.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { aUser, peopleWorld } from './people-world.ts';

const { redis } = await redisOfFile();
const many = (count: number) => Array.from({ length: count }, (_, index) => aUser(index + 1));

describe('the directory', () => {
  it('reads every page in the refresh share of the budget and finds the last person', async () => {
    const { context, users, asked, inSlack } = peopleWorld(redis);
    users.push(...many(250));

    expect(await refreshDirectory(context)).toEqual({ kind: 'done', people: 250 });

    expect(asked.fleet).toEqual([0, 100, 200].map((offset) => ({ limit: 100, offset, urgency: 'refresh' })));
    expect(await matchPerson(context, inSlack('U1', { email: 'user250@acme.example' }))).toMatchObject({
      person: { fleetUserId: 250 },
    });
  });

  it('stays as it was when Fleet lists nobody, and no admin of Slack becomes one', async () => {
    const { context, users, inFleet, inSlack } = peopleWorld(redis);
    const admin = inSlack('U1', { email: 'user1@acme.example' });
    const slackAdmin = inSlack('U2', { isSlackAdmin: true });
    await inFleet(aUser(1, { role: 'ADMIN' }));
    users.splice(0);

    expect(await refreshDirectory(context)).toMatchObject({ kind: 'failed', failure: { kind: 'unreadable' } });

    expect(await matchPerson(context, admin)).toMatchObject({ isFleetAdmin: true });
    expect([await isAdmin(context, admin), await isAdmin(context, slackAdmin)]).toEqual([true, false]);
  });

  it('is not built of nobody', async () => {
    const { context } = peopleWorld(redis);

    expect(await refreshDirectory(context)).toMatchObject({ kind: 'failed' });
    expect(await context.store.directory.builtAt()).toBeNull();
  });

  it('begins again when fewer people came than there are', async () => {
    const { context, users, asked } = peopleWorld(redis);
    users.push(...many(150));
    let short = true;
    const listUsers: typeof context.fleet.listUsers = async (query, urgency) => {
      const page = await context.fleet.listUsers(query, urgency);
      if (!short || query.offset !== 100 || !page.ok) return page;
      short = false;
      return { ok: true, value: { ...page.value, items: [] } };
    };

    expect(await refreshDirectory({ ...context, fleet: { ...context.fleet, listUsers } })).toEqual({
      kind: 'done',
      people: 150,
    });
    expect(asked.fleet.map(({ offset }) => offset)).toEqual([0, 100, 0, 100]);
  });

  it('stays as it was when a pass fails in the middle', async () => {
    const { context, users, faults, inFleet, inSlack, logged, clock } = peopleWorld(redis);
    await inFleet(...many(250));
    clock.now += 1;
    users.splice(0, 100);
    faults.fleetPage = (offset) =>
      offset === 100 ? { operation: 'listUsers', kind: 'no_answer', why: 'reset' } : null;

    expect(await refreshDirectory(context)).toMatchObject({ kind: 'failed', failure: { kind: 'no_answer' } });

    expect(await matchPerson(context, inSlack('U1', { email: 'user1@acme.example' }))).toMatchObject({
      kind: 'matched',
    });
    expect(JSON.stringify(logged)).not.toContain('acme');
  });

  it('obeys a role that was changed in Fleet', async () => {
    const { context, inFleet, inSlack } = peopleWorld(redis);
    const person = inSlack('U1', { email: 'user1@acme.example' });
    await inFleet(aUser(1, { role: 'ADMIN' }));
    expect(await matchPerson(context, person)).toMatchObject({ isFleetAdmin: true });

    await inFleet(aUser(1, { role: 'EMPLOYEE' }));

    expect(await matchPerson(context, person)).toMatchObject({ isFleetAdmin: false });
  });

  it('names somebody without a name by their number, and never by an address', async () => {
    const { context, inFleet, inSlack } = peopleWorld(redis);
    await inFleet(aUser(1, { firstName: null, lastName: '  ' }), aUser(2, { firstName: ' Bo ', lastName: null }));

    const names = await Promise.all(
      [1, 2].map((id) => matchPerson(context, inSlack(`U${id}`, { email: `user${id}@acme.example` }))),
    );

    expect(names).toMatchObject([{ person: { name: 'Fleet user 1' } }, { person: { name: 'Bo' } }]);
  });

  it('begins again when people came or went while it read, and once only', async () => {
    const { context, users, faults, asked } = peopleWorld(redis);
    users.push(...many(150));
    faults.fleetPage = (offset) => {
      if (offset === 100) users.shift();
      return null;
    };

    expect(await refreshDirectory(context)).toMatchObject({ kind: 'done' });

    expect(asked.fleet.map(({ offset }) => offset)).toEqual([0, 100, 0, 100]);
  });

  it('counts somebody once who moved from one page to the next', async () => {
    const { context, users, faults } = peopleWorld(redis);
    users.push(...many(150));
    faults.fleetPage = (offset) => {
      if (offset === 100) users.unshift(aUser(1_000 + users.length));
      return null;
    };

    // 151 in the second pass, of whom one was on both pages.
    expect(await refreshDirectory(context)).toEqual({ kind: 'done', people: 151 });
  });

  it('ends when Fleet’s list does not', async () => {
    const { context, asked } = peopleWorld(redis);
    const endless = {
      ...context,
      fleet: {
        ...context.fleet,
        listUsers: async (query: { offset?: number }) => {
          asked.fleet.push({ ...query, urgency: 'refresh' });
          return {
            ok: true,
            value: { items: [], unreadableAt: [], total: 1_000_000_000, limit: 0, offset: query.offset ?? 0 },
          } as const;
        },
      },
    };

    expect(await refreshDirectory(endless)).toMatchObject({ kind: 'failed' });
    expect(asked.fleet).toHaveLength(1_000);
  });
});

describe('two at once', () => {
  it('one reads and the other leaves it to that one', async () => {
    const { context, users, asked } = peopleWorld(redis);
    users.push(...many(150));

    const kinds = (await Promise.all([refreshDirectory(context), refreshDirectory(context)])).map(({ kind }) => kind);

    expect(kinds.sort()).toEqual(['already_running', 'done']);
    expect(asked.fleet).toHaveLength(2);
  });

  it('stops without touching anything when it lost its turn', async () => {
    const { context, users } = peopleWorld(redis);
    users.push(...many(150));
    const lost = {
      ...context,
      store: {
        ...context.store,
        lease: async () => ({ extend: async () => false, release: async () => undefined }),
      },
    };

    expect(await refreshDirectory(lost)).toEqual({ kind: 'already_running' });
    expect(await context.store.directory.builtAt()).toBeNull();
    expect(await context.store.outbox(0)).toEqual([]);
  });
});

describe('the next time', () => {
  const later = async ({ context }: ReturnType<typeof peopleWorld>) =>
    (await context.store.outbox(0)).flatMap(({ notBefore }) => (notBefore === undefined ? [] : [notBefore]));

  it("is the scheduler's, after a pass that ended", async () => {
    const world = peopleWorld(redis);
    world.users.push(aUser(1));

    await refreshDirectory(world.context);

    expect(await later(world)).toEqual([]);
  });

  it('is asked for once a minute while nobody can be matched, however often it failed', async () => {
    const world = peopleWorld(redis);
    world.faults.fleetPage = () => ({ operation: 'listUsers', kind: 'rate_limited', retryAfterMs: 30_000 });

    await refreshDirectory(world.context);
    await refreshDirectory(world.context);
    const once = await later(world);
    world.clock.now += 60_000;
    await refreshDirectory(world.context);

    expect(once).toEqual([world.clock.now]);
    expect(await later(world)).toEqual([world.clock.now, world.clock.now + 60_000]);
  });

  it('is not asked for again once it was handed to the queue', async () => {
    const world = peopleWorld(redis);
    world.faults.fleetPage = () => ({ operation: 'listUsers', kind: 'rate_limited', retryAfterMs: 30_000 });
    await refreshDirectory(world.context);
    await world.context.store.dropFromOutbox((await world.context.store.outbox(0)).map(({ id }) => id));

    await refreshDirectory(world.context);

    expect(await later(world)).toEqual([]);
  });

  it('is not hurried when the old one stands', async () => {
    const world = peopleWorld(redis);
    world.users.push(aUser(1));
    await refreshDirectory(world.context);
    world.faults.fleetPage = () => ({ operation: 'listUsers', kind: 'rate_limited', retryAfterMs: 30_000 });

    expect(await refreshDirectory(world.context)).toMatchObject({ kind: 'failed' });

    expect(await later(world)).toEqual([]);
  });
});
