import { describe, expect, it } from 'vitest';
import type { Person } from '../../../src/domain/people/people.ts';
import { checkMaySign, listApprovers } from '../../../src/services/people/approvers.ts';
import { findApprovers } from '../../../src/services/people/find-approvers.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { aUser, fleetId, peopleWorld, slackId } from './people-world.ts';

const { redis } = await redisOfFile();
const requester: Person = { slackUserId: slackId('UREQ'), fleetUserId: fleetId(1), name: 'Requester' };

/** Fleet users 1 (requester), 2 and 3 (admins), 4 (employee), each in Slack by the same address. */
async function company() {
  const world = peopleWorld(redis);
  const { inFleet, inSlack } = world;
  await inFleet(
    aUser(1, { role: 'ADMIN' }),
    aUser(2, { role: 'ADMIN', firstName: 'Zoe' }),
    aUser(3, { role: 'ADMIN', firstName: 'Bo' }),
    aUser(4),
  );
  inSlack('UREQ', { email: 'user1@acme.example' });
  const [zoe, bo, employee] = [2, 3, 4].map((id) => inSlack(`U${id}`, { email: `user${id}@acme.example` }));
  return { ...world, zoe: zoe ?? slackId(''), bo: bo ?? slackId(''), employee: employee ?? slackId('') };
}
const names = (people: readonly Person[]) => people.map(({ name }) => name);

describe('who is offered as approver', () => {
  it('is every Fleet admin that Slack knows, by name, and not the requester', async () => {
    const { context } = await company();

    expect(names(await listApprovers(context, requester))).toEqual(['Bo Last3', 'Zoe Last2']);
  });

  it('is the approver list once there is one, and no Fleet admin beside it', async () => {
    const { context, settings, employee } = await company();
    await settings({ approvers: { people: [employee, requester.slackUserId], userGroups: [] } });

    expect(names(await listApprovers(context, requester))).toEqual(['First4 Last4']);
  });

  it('is found by name beyond what one select can offer, and only where they may sign', async () => {
    const { context, inFleet, inSlack } = peopleWorld(redis);
    const ids = Array.from({ length: 120 }, (_, index) => index + 10);
    await inFleet(...ids.map((id) => aUser(id, { role: id === 128 ? 'EMPLOYEE' : 'ADMIN' })));
    for (const id of ids) inSlack(`U${id}`, { email: `user${id}@acme.example` });

    const offered = names(await listApprovers(context, requester));
    const missing = ids.find((id) => id !== 128 && !offered.includes(`First${id} Last${id}`));
    expect(missing).toBeDefined();
    const found = async (words: string) => names((await findApprovers(context, requester, words)).people);
    expect(await found(`first${missing}`)).toContain(`First${missing} Last${missing}`);
    expect(await found('first128')).not.toContain('First128 Last128');
    expect(await found(' ')).toEqual(offered);
  });

  it('is found by part of a name, without accents; the best first', async () => {
    const { context, inFleet, inSlack } = peopleWorld(redis);
    const called = ['Ana Müller', 'Jörg Müller', 'Muller Bo', 'Zoe'];
    await inFleet(
      ...called.map((name, index) => {
        const [firstName = '', lastName = null] = name.split(' ');
        return aUser(index + 10, { role: 'ADMIN', firstName, lastName });
      }),
    );
    for (const id of [10, 11, 12, 13]) inSlack(`U${id}`, { email: `user${id}@acme.example` });
    const found = async (words: string) => {
      const { people, noOne } = await findApprovers(context, requester, words);
      return [names(people), noOne];
    };

    expect(await found('muller')).toEqual([['Muller Bo', 'Ana Müller', 'Jörg Müller'], null]);
    expect(await found('MÜLLER jor')).toEqual([['Jörg Müller'], null]);
    expect(await found('nobody')).toEqual([[], null]);
    await inFleet(aUser(10));
    expect(await found('muller')).toEqual([[], 'known']);
  });

  it('is nobody where the list names user groups only, which cannot be read', async () => {
    const { context, settings } = await company();
    await settings({ approvers: { people: [], userGroups: ['S1'] } });

    expect(await listApprovers(context, requester)).toEqual([]);
  });

  it('leaves out who is deactivated, not in Slack, or found by an address that leads to somebody else', async () => {
    const { context, inFleet, inSlack } = peopleWorld(redis);
    await inFleet(
      aUser(2, { role: 'ADMIN' }),
      aUser(3, { role: 'ADMIN' }),
      aUser(4, { role: 'ADMIN', email: null, secondaryEmail: 'user5@acme.example' }),
      aUser(5, { role: 'ADMIN', email: 'twice@acme.example' }),
      aUser(6, { email: 'twice@acme.example' }),
    );
    inSlack('U2', { email: 'user2@acme.example', isDeactivated: true });
    inSlack('U5', { email: 'twice@acme.example' });

    expect(await listApprovers(context, requester)).toEqual([]);
  });

  it('asks Slack for the same admins once', async () => {
    const { context, asked } = await company();

    await listApprovers(context, requester);
    await listApprovers(context, requester);

    expect(asked.emails).toBe(3);
  });

  it('is nobody while Slack does not answer, and whoever it is as soon as it does', async () => {
    const { context, faults } = await company();
    faults.slackIsAway = true;
    expect(await listApprovers(context, requester)).toEqual([]);

    faults.slackIsAway = false;

    expect(await listApprovers(context, requester)).toHaveLength(2);
  });

  it('offers what one select can hold', async () => {
    const { context, settings, inFleet, inSlack } = peopleWorld(redis);
    const ids = Array.from({ length: 110 }, (_, index) => index + 10);
    await inFleet(...ids.map((id) => aUser(id)));
    const people = ids.map((id) => inSlack(`U${id}`, { email: `user${id}@acme.example` }));
    await settings({ approvers: { people, userGroups: [] } });

    expect(await listApprovers(context, requester)).toHaveLength(100);
  });
});

describe('may this person sign now?', () => {
  it('a Fleet admin may', async () => {
    const { context, zoe } = await company();

    expect(await checkMaySign(context, { slackUserId: zoe, requester })).toMatchObject({
      ok: true,
      person: { fleetUserId: 2 },
    });
  });

  it('an employee may not, until the list names them; then Fleet admins may not', async () => {
    const { context, settings, zoe, employee } = await company();
    const check = (slackUserId: typeof zoe) => checkMaySign(context, { slackUserId, requester });
    const notEligible = { ok: false, refusal: { kind: 'not_eligible', why: null } };
    expect(await check(employee)).toEqual(notEligible);

    await settings({ approvers: { people: [employee], userGroups: [] } });

    expect(await check(employee)).toMatchObject({ ok: true });
    expect(await check(zoe)).toEqual(notEligible);
  });

  it('an admin whose role was taken away in Fleet may not at the next press', async () => {
    const { context, inFleet, zoe } = await company();

    await inFleet(aUser(1), aUser(2));

    expect(await checkMaySign(context, { slackUserId: zoe, requester })).toMatchObject({ ok: false });
  });

  it('nobody signs their own request, unless settings allow it', async () => {
    const { context, settings } = await company();
    const own = () => checkMaySign(context, { slackUserId: requester.slackUserId, requester });
    expect(await own()).toEqual({ ok: false, refusal: { kind: 'own_request' } });

    await settings({ selfApproval: { reason: 'one-person company' } });

    expect(await own()).toMatchObject({ ok: true });
  });

  it('nobody is in a group that may not be read, which is not the same as not knowing', async () => {
    const { context, settings, faults, employee } = await company();
    await settings({ approvers: { people: [], userGroups: ['S1'] } });
    const check = () => checkMaySign(context, { slackUserId: employee, requester });
    faults.groups = { ok: false };
    expect(await check()).toMatchObject({ refusal: { kind: 'eligibility_unknown' } });

    faults.groups = { ok: false, isRefused: true };

    expect(await check()).toMatchObject({ refusal: { kind: 'not_eligible' } });
  });

  it('nobody signs who cannot be looked up just now', async () => {
    const { context, zoe, faults } = await company();
    faults.slackIsAway = true;

    expect(await checkMaySign(context, { slackUserId: zoe, requester })).toEqual({
      ok: false,
      refusal: { kind: 'eligibility_unknown', why: { kind: 'slack_unreachable' } },
    });
  });
});

describe('an approver whom the list of people misses', () => {
  const missing = async () => {
    const world = await company();
    const { context, zoe, users, inFleet } = world;
    const [zoeInFleet] = users.filter(({ fleetUserId }) => fleetUserId === 2);
    await inFleet(aUser(1, { role: 'ADMIN' }), aUser(3, { role: 'ADMIN', firstName: 'Bo' }), aUser(4));
    const decide = () => checkMaySign(context, { slackUserId: zoe, requester, askedAs: fleetId(2) });
    return { ...world, decide, isInFleetAgain: () => zoeInFleet && users.push(zoeInFleet) };
  };

  it('is not gone while Fleet has them, or does not say', async () => {
    const { decide, isInFleetAgain, faults } = await missing();
    faults.getUser = { operation: 'getUser', kind: 'unavailable', status: 503 };
    expect(await decide()).toMatchObject({ refusal: { kind: 'eligibility_unknown' } });
    faults.getUser = null;
    isInFleetAgain();

    expect(await decide()).toEqual({
      ok: false,
      refusal: { kind: 'eligibility_unknown', why: { kind: 'people_incomplete' } },
    });
  });

  it('is gone when Fleet says so', async () => {
    const { decide } = await missing();

    expect(await decide()).toMatchObject({ refusal: { kind: 'not_eligible', why: { kind: 'no_match' } } });
  });

  it('is gone when their Slack account has another address than in Fleet by now', async () => {
    const { decide, isInFleetAgain, inSlack, context, zoe } = await missing();
    isInFleetAgain();
    inSlack(zoe, { email: 'else@acme.example' });
    const moved = await context.slackPeople.profile(zoe);
    if (moved.ok && moved.value !== null) await context.store.putProfile(moved.value);

    expect(await decide()).toMatchObject({ refusal: { kind: 'not_eligible' } });
  });

  it('leaves the field without a name, and without the word that no one may approve', async () => {
    const { context, inFleet, faults } = await company();
    faults.unreadable = [2, 3];
    await inFleet(aUser(1), aUser(2, { role: 'ADMIN' }), aUser(3, { role: 'ADMIN' }), aUser(4));

    expect(await findApprovers(context, requester, '')).toEqual({ people: [], noOne: 'incomplete' });
  });
});
