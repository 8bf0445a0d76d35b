import { describe, expect, it } from 'vitest';
import { isAdmin } from '../../../src/services/people/admins.ts';
import { refreshDirectory } from '../../../src/services/people/directory.ts';
import { matchPerson } from '../../../src/services/people/match.ts';
import { keysOf } from '../../../src/store/keys.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { aUser, peopleWorld } from './people-world.ts';

const { redis } = await redisOfFile();
const many = (count: number) => Array.from({ length: count }, (_, index) => aUser(index + 1));

describe('the directory', () => {
  it('reads every page in the refresh share of the budget and finds the last person', async () => {
    const { context, users, asked, inSlack } = peopleWorld(redis);
    users.push(...many(250));

    expect(await refreshDirectory(context)).toEqual({ kind: 'done', people: 250, notWhole: null });

    expect(asked.fleet).toEqual([0, 99, 198].map((offset) => ({ limit: 100, offset, urgency: 'refresh' })));
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
    expect(await context.store.directory.state()).toBeNull();
  });

  it('begins again when fewer people came than there are', async () => {
    const { context, users, asked, faults } = peopleWorld(redis);
    users.push(...many(150));
    let short = true;
    faults.page = ({ offset }) => {
      if (!short || offset !== 99) return {};
      short = false;
      return { items: [] };
    };

    expect(await refreshDirectory(context)).toEqual({ kind: 'done', people: 150, notWhole: null });
    expect(asked.fleet.map(({ offset }) => offset)).toEqual([0, 99, 0, 99]);
  });

  it('stays as it was when a pass fails in the middle', async () => {
    const { context, users, faults, inFleet, inSlack, logged, clock } = peopleWorld(redis);
    await inFleet(...many(250));
    clock.now += 1;
    users.splice(0, 100);
    faults.fleetPage = (offset) => (offset === 99 ? { operation: 'listUsers', kind: 'no_answer', why: 'reset' } : null);

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

  it('begins again when people came or went while it read', async () => {
    const { context, users, faults, asked } = peopleWorld(redis);
    users.push(...many(150));
    faults.fleetPage = (offset) => {
      if (offset === 99 && users.length === 150) users.shift();
      return null;
    };

    expect(await refreshDirectory(context)).toEqual({ kind: 'done', people: 149, notWhole: null });

    expect(asked.fleet.map(({ offset }) => offset)).toEqual([0, 99, 0, 99]);
  });

  it('ends when Fleet’s list does not', async () => {
    const { context, faults, asked } = peopleWorld(redis);
    faults.page = ({ offset }) => ({ items: [aUser(offset + 1), aUser(offset + 2)], total: 1_000_000 });

    expect(await refreshDirectory(context)).toEqual({ kind: 'done', people: 1_001, notWhole: 'too_long' });
    expect(asked.fleet).toHaveLength(1_000);
  });
});

describe('a list of people that is not whole', () => {
  /** One leaves and one comes after the first page, in each pass: all of Fleet's counts agree. */
  const keepMoving = ({ users, faults }: ReturnType<typeof peopleWorld>) => {
    faults.fleetPage = (offset) => {
      if (offset > 0) users.push(...users.splice(0, 1));
      return null;
    };
  };
  const passesOf = async ({ context }: ReturnType<typeof peopleWorld>) =>
    redis.keys(`*{${context.workspaceId}}:directory:*:people`);

  it('because somebody slipped through leaves the old directory, says why and is read again soon', async () => {
    const world = peopleWorld(redis);
    const { context, inFleet, inSlack, logged } = world;
    await inFleet(...many(200));
    keepMoving(world);

    expect(await refreshDirectory(context)).toEqual({ kind: 'moved', notWhole: 'moved' });

    const match = await matchPerson(context, inSlack('U1', { email: 'user101@acme.example' }));
    expect(match).toMatchObject({ kind: 'matched' });
    expect(await context.store.directory.state()).toMatchObject({ isWhole: true });
    expect(logged).toEqual([['the directory was not refreshed', { failure: 'moved', why: 'moved' }]]);
    expect((await context.store.outbox(0)).filter(({ work }) => work.kind === 'refresh_directory')).toHaveLength(1);
  });

  it('is better than none, and calls nobody unknown', async () => {
    const world = peopleWorld(redis);
    const { context, users, inSlack } = world;
    users.push(...many(200));
    keepMoving(world);

    expect(await refreshDirectory(context)).toMatchObject({ kind: 'done', notWhole: 'moved' });

    expect(await matchPerson(context, inSlack('U1', { email: 'user50@acme.example' }))).toMatchObject({
      kind: 'matched',
    });
    expect(await matchPerson(context, inSlack('U2', { email: 'who@acme.example' }))).toEqual({
      kind: 'people_incomplete',
    });
  });

  it('replaces one that is older than an hour: old rights must not count for ever', async () => {
    const world = peopleWorld(redis);
    const { context, inFleet } = world;
    await inFleet(...many(200));
    const key = keysOf(context.workspaceId).directory;
    const current = JSON.parse((await redis.get(key)) ?? '');
    await redis.set(key, JSON.stringify({ ...current, builtAt: current.builtAt - 3_600_000 }));
    keepMoving(world);

    expect(await refreshDirectory(context)).toMatchObject({ kind: 'done', notWhole: 'moved' });
  });

  it('because one row cannot be read costs one pass, and nobody is called unknown', async () => {
    const { context, users, asked, faults, inSlack } = peopleWorld(redis);
    users.push(...many(250));
    faults.unreadable = [100];

    expect(await refreshDirectory(context)).toEqual({ kind: 'done', people: 249, notWhole: 'unreadable' });

    expect(asked.fleet).toHaveLength(3);
    const unread = inSlack('U1', { email: 'user100@acme.example' });
    expect(await matchPerson(context, unread)).toEqual({ kind: 'people_incomplete' });
  });

  it.each([
    ['too few', 100],
    ['too many', 251],
  ])('because Fleet counts %s holds everybody who came, once they came twice', async (_, total) => {
    const { context, users, faults, inSlack } = peopleWorld(redis);
    users.push(...many(250));
    faults.page = () => ({ total });

    expect(await refreshDirectory(context)).toEqual({ kind: 'done', people: 250, notWhole: 'total' });

    const late = inSlack('U1', { email: 'user200@acme.example' });
    expect(await matchPerson(context, late)).toMatchObject({ person: { fleetUserId: 200 } });
  });

  it('is read to the end where pages are shorter than Fleet says', async () => {
    const { context, users, faults } = peopleWorld(redis);
    users.push(...many(250));
    faults.page = ({ items }) => ({ items: items.slice(0, 40) });

    expect(await refreshDirectory(context)).toEqual({ kind: 'done', people: 250, notWhole: null });
  });

  it('leaves nothing in Redis but the directory, however it ends', async () => {
    const world = peopleWorld(redis);
    const { context, users, faults, inFleet } = world;
    users.push(...many(200));
    faults.fleetPage = (offset) => (offset > 0 ? { operation: 'listUsers', kind: 'unavailable', status: 503 } : null);
    await refreshDirectory(context);
    expect(await passesOf(world)).toEqual([]);

    faults.fleetPage = () => null;
    await inFleet(...many(200));
    keepMoving(world);
    await refreshDirectory(context);

    expect(await passesOf(world)).toHaveLength(1);
  });

  it('is dated by Redis, so an instance whose clock was ahead bars nobody', async () => {
    const { context, inFleet, inSlack, clock } = peopleWorld(redis);
    const person = inSlack('U1', { email: 'user1@acme.example' });
    clock.now += 3_600_000;
    await inFleet(aUser(1));
    clock.now -= 3_600_000;

    await inFleet(aUser(1, { role: 'ADMIN' }));

    expect(await matchPerson(context, person)).toMatchObject({ isFleetAdmin: true });
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
    expect(await context.store.directory.state()).toBeNull();
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
