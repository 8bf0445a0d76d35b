import { describe, expect, it } from 'vitest';
import type { FleetUser } from '../../../src/fleet/schema.ts';
import { refreshDirectory } from '../../../src/services/people/directory.ts';
import { linkPerson, pruneUnmatched } from '../../../src/services/people/links.ts';
import { isStillPurchaser, matchOrReport, matchPerson } from '../../../src/services/people/match.ts';
import { keysOf } from '../../../src/store/keys.ts';
import { wholeSince } from '../../store/support/records.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { aUser, fleetId, peopleWorld } from './people-world.ts';

const { redis } = await redisOfFile();

describe('who a Slack person is in Fleet', () => {
  it('is whoever has the same e-mail address, whatever its case', async () => {
    const { context, inFleet, inSlack } = peopleWorld(redis);
    await inFleet(aUser(7, { email: 'anna@acme.example', firstName: 'Anna', lastName: 'Ö', role: 'ADMIN' }), aUser(8));
    const anna = inSlack('UANNA', { email: ' Anna@ACME.example ' });

    expect(await matchPerson(context, anna)).toEqual({
      kind: 'matched',
      person: { slackUserId: anna, fleetUserId: fleetId(7), name: 'Anna Ö' },
      isFleetAdmin: true,
    });
  });

  it('is whoever has it in Fleet, whatever its case there', async () => {
    const { context, inFleet, inSlack } = peopleWorld(redis);
    await inFleet(aUser(7, { email: 'Anna@ACME.example' }), aUser(8, { secondaryEmail: 'Bo@Acme.Example' }));

    const found = [inSlack('U7', { email: 'anna@acme.example' }), inSlack('U8', { email: 'BO@acme.example' })];
    expect(await Promise.all(found.map((one) => matchPerson(context, one)))).toMatchObject([
      { person: { fleetUserId: 7 } },
      { person: { fleetUserId: 8 } },
    ]);
  });

  it.each(['email', 'secondaryEmail'])('is nobody by an %s in Fleet that would fold into theirs', async (which) => {
    const { context, inFleet, inSlack } = peopleWorld(redis);
    await inFleet(aUser(7, { email: null, [which]: '\u212aate@acme.example', role: 'ADMIN' }));

    const kate = inSlack('UKATE', { email: 'kate@acme.example' });

    expect(await matchPerson(context, kate)).toEqual({ kind: 'no_match' });
  });

  it('looks at the second address only where the first is nobody’s', async () => {
    const { context, inFleet, inSlack } = peopleWorld(redis);
    await inFleet(
      aUser(1, { secondaryEmail: 'shared@acme.example' }),
      aUser(2, { email: 'shared@acme.example' }),
      aUser(3, { secondaryEmail: 'only@acme.example' }),
    );

    const first = await matchPerson(context, inSlack('U1', { email: 'shared@acme.example' }));
    const second = await matchPerson(context, inSlack('U2', { email: 'only@acme.example' }));

    expect(first).toMatchObject({ person: { fleetUserId: 2 } });
    expect(second).toMatchObject({ person: { fleetUserId: 3 } });
  });

  it.each([
    ['another part before the @', 'an.na@acme.example'],
    ['a plus tag', 'anna+it@acme.example'],
    ['another domain', 'anna@acme.co'],
    ['a letter that only looks the same', '\u0430nna@acme.example'],
    ['a letter that folds into another', 'an\u212aa@acme.example'],
  ])('is nobody by %s', async (_, email) => {
    const { context, inFleet, inSlack } = peopleWorld(redis);
    await inFleet(aUser(1, { email: 'anna@acme.example' }), aUser(2, { email: 'anka@acme.example' }));

    expect(await matchPerson(context, inSlack('U1', { email }))).toEqual({ kind: 'no_match' });
  });

  it('is nobody where two have the address', async () => {
    const { context, inFleet, inSlack } = peopleWorld(redis);
    await inFleet(aUser(1, { email: 'x@acme.example' }), aUser(2, { email: 'x@acme.example' }));

    expect(await matchPerson(context, inSlack('U1', { email: 'x@acme.example' }))).toEqual({ kind: 'two_matches' });
  });

  it.each([
    ['email_hidden', { email: null }],
    ['guest', { isGuest: true }],
    ['stranger', { isStranger: true }],
    ['deactivated', { isDeactivated: true }],
    ['bot', { isBot: true }],
  ] as const)('is nobody: %s', async (kind, profile) => {
    const { context, inFleet, inSlack } = peopleWorld(redis);
    await inFleet(aUser(1));

    expect(await matchPerson(context, inSlack('U1', { email: 'user1@acme.example', ...profile }))).toEqual({ kind });
  });

  it('is nobody where Slack knows no such person, or does not answer', async () => {
    const { context, inFleet, inSlack, faults } = peopleWorld(redis);
    await inFleet(aUser(1));
    const known = inSlack('U1', { email: 'user1@acme.example' });

    expect(await matchPerson(context, 'UGONE' as never)).toEqual({ kind: 'deactivated' });
    faults.slackIsAway = true;
    expect(await matchPerson(context, known)).toEqual({ kind: 'slack_unreachable' });
  });

  it('carries Slack’s name where Fleet has none that can be shown', async () => {
    const { context, inSlack, clock } = peopleWorld(redis);
    await context.store.directory.add('p', [{ ...aUser(1), name: ' ', isFleetAdmin: false }]);
    await context.store.directory.swapIn('p', wholeSince(clock.now));

    const match = await matchPerson(context, inSlack('U1', { email: 'user1@acme.example', name: 'Ana' }));

    expect(match).toMatchObject({ person: { name: 'Ana' } });
  });

  it('asks Slack once for as long as the answer is kept', async () => {
    const { context, inFleet, inSlack, asked } = peopleWorld(redis);
    await inFleet(aUser(1));
    const person = inSlack('U1', { email: 'user1@acme.example' });

    await matchPerson(context, person);
    await matchPerson(context, person);

    expect(asked.profiles).toBe(1);
  });
});

it('is nobody where the index names somebody whom it does not hold', async () => {
  const { context, inFleet, inSlack } = peopleWorld(redis);
  await inFleet(aUser(1));
  const person = inSlack('U1', { email: 'user1@acme.example' });
  const people = `${keysOf(context.workspaceId).directory}:*:people`;
  for (const key of await redis.keys(people)) await redis.hdel(key, '1');

  expect(await matchPerson(context, person)).toEqual({ kind: 'no_match' });
});

describe('while people are being loaded', () => {
  it('says so, and asks for the directory once however many come', async () => {
    const { context, inSlack, refreshesAsked } = peopleWorld(redis);
    const people = ['U1', 'U2', 'U3'].map((id) => inSlack(id, { email: `${id}@acme.example` }));

    const matches = await Promise.all(people.map((one) => matchOrReport(context, one)));

    expect(matches.map(({ kind }) => kind)).toEqual(['people_loading', 'people_loading', 'people_loading']);
    expect(await refreshesAsked()).toBe(1);
  });

  it('says instead that Fleet cannot be reached once a first pass has failed', async () => {
    const { context, inSlack, faults } = peopleWorld(redis);
    faults.fleetPage = () => ({ operation: 'listUsers', kind: 'unreachable' });
    await refreshDirectory(context);

    expect(await matchPerson(context, inSlack('U1'))).toEqual({ kind: 'fleet_unreachable' });
  });
});

it('says before the first pass that the key is refused, where that is why nobody is known', async () => {
  const { context, inSlack } = peopleWorld(redis);
  await context.store.commit({ pause: { kind: 'unauthorized', since: 1, keyId: 'k' } });

  expect(await matchPerson(context, inSlack('U1'))).toEqual({ kind: 'key_refused' });
});

describe('somebody who is missing', () => {
  it('starts one refresh, and is found after it', async () => {
    const { context, inFleet, inSlack, users, refreshesAsked } = peopleWorld(redis);
    await inFleet(aUser(1));
    const hired = inSlack('U2', { email: 'user2@acme.example' });

    await Promise.all([matchOrReport(context, hired), matchOrReport(context, hired)]);
    expect(await refreshesAsked()).toBe(1);
    users.push(aUser(2));
    await refreshDirectory(context);

    expect(await matchPerson(context, hired)).toMatchObject({ kind: 'matched', person: { fleetUserId: 2 } });
  });

  it('starts none where a look at Fleet could not help', async () => {
    const { context, inFleet, inSlack, refreshesAsked } = peopleWorld(redis);
    await inFleet(aUser(1));

    await matchOrReport(context, inSlack('U1', { email: null }));
    await matchOrReport(context, inSlack('U2', { isGuest: true }));

    expect(await refreshesAsked()).toBe(0);
  });

  it('is listed for admins, but not by a mere look', async () => {
    const { context, inFleet, inSlack, refreshesAsked } = peopleWorld(redis);
    await inFleet(aUser(1));
    const hired = inSlack('U2', { email: 'user2@acme.example' });

    await matchPerson(context, hired);
    expect([await context.store.unmatchedPeople(), await refreshesAsked()]).toEqual([[], 0]);

    await matchOrReport(context, hired);
    expect(await context.store.unmatchedPeople()).toEqual([hired]);
  });
});

describe('while part of the people could not be read', () => {
  const partly = async (...people: readonly FleetUser[]) => {
    const world = peopleWorld(redis);
    world.faults.unreadable = [1];
    await world.inFleet(aUser(1), ...people);
    return world;
  };

  it('nobody acts by somebody’s second address: the one whose own it is may be missing', async () => {
    const { context, inSlack } = await partly(aUser(2, { secondaryEmail: 'user1@acme.example' }));

    expect(await matchPerson(context, inSlack('U1', { email: 'user1@acme.example' }))).toEqual({
      kind: 'people_incomplete',
    });
  });

  it('a link to somebody who is missing waits, and the list of people without an account keeps who is on it', async () => {
    const { context, inSlack, inFleet } = await partly(aUser(2, { role: 'ADMIN' }));
    const [admin, unread] = [
      inSlack('U2', { email: 'user2@acme.example' }),
      inSlack('U1', { email: 'who@acme.example' }),
    ];
    await context.store.noteUnmatched(unread);

    expect(await linkPerson(context, { by: admin, slackUserId: unread, fleetUserId: fleetId(1), once: 'o' })).toEqual({
      kind: 'refused',
      refusal: { kind: 'unknown_now', why: { kind: 'people_incomplete' } },
    });
    expect((await pruneUnmatched(context)).people).toEqual([]);
    await inFleet(aUser(2));

    expect((await pruneUnmatched(context)).people).toEqual([{ slackUserId: unread, why: { kind: 'no_match' } }]);
  });

  it('a requester who is missing is still the purchaser', async () => {
    const { context, inSlack } = await partly(aUser(2));
    const slackUserId = inSlack('U1', { email: 'user1@acme.example' });

    expect(await isStillPurchaser(context, { slackUserId, fleetUserId: fleetId(1), name: 'Anna' })).toBe(true);
  });
});
