import { describe, expect, it } from 'vitest';
import { adminsToTell, admitAdmin, admitted, isAdmin } from '../../../src/services/people/admins.ts';
import { personSnapshot } from '../../../src/services/people/match.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { watchedRedis } from '../../store/support/watched-redis.ts';
import { aUser, peopleWorld } from './people-world.ts';

const { redis } = await redisOfFile();

async function company() {
  const world = peopleWorld(redis);
  await world.inFleet(aUser(1, { role: 'ADMIN' }), aUser(2));
  return {
    ...world,
    fleetAdmin: world.inSlack('U1', { email: 'user1@acme.example' }),
    employee: world.inSlack('U2', { email: 'user2@acme.example' }),
    slackAdmin: world.inSlack('U3', { email: 'it@acme.example', isSlackAdmin: true }),
  };
}

it('takes two trips to Redis to know who an employee is and what they may do', async () => {
  const { client, trips } = watchedRedis(redis);
  const { context, inFleet, inSlack } = peopleWorld(client);
  await inFleet(aUser(1, { role: 'ADMIN' }), aUser(2));
  const employee = inSlack('U2', { email: 'user2@acme.example' });
  await admitted(context, employee);
  trips();

  const { answer, match } = await admitted(await personSnapshot(context, employee), employee);

  expect([answer, match.kind, trips()]).toEqual(['not_an_admin', 'matched', 2]);
});

describe('who is an admin', () => {
  it('is a Fleet admin, and no admin of Slack beside them', async () => {
    const { context, fleetAdmin, employee, slackAdmin } = await company();

    expect(await Promise.all([fleetAdmin, employee, slackAdmin].map((one) => isAdmin(context, one)))).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('is no admin of Slack while it is not known yet who Fleet names', async () => {
    const { context, inSlack } = peopleWorld(redis);
    const slackAdmin = inSlack('U3', { email: 'it@acme.example', isSlackAdmin: true });

    expect(await isAdmin(context, slackAdmin)).toBe(false);
  });

  it('is whoever the list names too, as long as they are a full member', async () => {
    const { context, settings, employee, fleetAdmin, inSlack } = await company();
    const guest = inSlack('UGUEST', { isGuest: true });
    await settings({ admins: [employee, guest] });

    expect(await isAdmin(context, employee)).toBe(true);
    expect(await isAdmin(context, fleetAdmin)).toBe(true);
    expect(await isAdmin(context, guest)).toBe(false);
  });

  it('is an admin of Slack only while there is neither list nor Fleet admin', async () => {
    const { context, inFleet, settings, employee, slackAdmin, inSlack } = await company();
    const gone = inSlack('UGONE', { isSlackAdmin: true, isDeactivated: true });
    await inFleet(aUser(2));

    expect(await isAdmin(context, slackAdmin)).toBe(true);
    expect(await isAdmin(context, employee)).toBe(false);
    expect(await isAdmin(context, gone)).toBe(false);

    await settings({ admins: [employee] });
    expect(await isAdmin(context, slackAdmin)).toBe(false);
  });

  it('is nobody whom Slack does not vouch for just now', async () => {
    const { context, settings, employee, slackAdmin, inFleet, faults } = await company();
    await inFleet(aUser(2));
    faults.slackIsAway = true;
    expect(await isAdmin(context, slackAdmin)).toBe(false);

    await settings({ admins: [employee] });

    expect(await isAdmin(context, employee)).toBe(false);
  });
});

describe('while Fleet’s admins are not known', () => {
  it.each([
    ['the only one’s row cannot be read', { role: 'ADMIN' }, [1]],
    ['somebody’s row cannot be read', {}, [2]],
    ['a role is missing', { role: 'UNKNOWN' }, []],
    ['a role is spelled in another way', { role: 'admin' }, []],
  ] as const)('because %s, no admin of Slack becomes one', async (_, over, unreadable) => {
    const { context, inFleet, faults, slackAdmin, employee } = await company();
    faults.unreadable = [...unreadable];
    await inFleet(aUser(1, over), aUser(2), aUser(3, { email: 'it@acme.example' }));

    expect(await admitAdmin(context, slackAdmin)).toBe('admins_unknown');
    expect(await isAdmin(context, slackAdmin)).toBe(false);
    expect(await isAdmin(context, employee)).toBe(false);
    expect(await adminsToTell(context)).toEqual({ ok: false });
  });

  it('the one who cannot be read is not told that they are none', async () => {
    const { context, inFleet, faults, fleetAdmin } = await company();
    faults.unreadable = [1];
    await inFleet(aUser(1, { role: 'ADMIN' }), aUser(2));

    expect(await admitAdmin(context, fleetAdmin)).toBe('admins_unknown');
  });

  it('those who are known stay admins, and admins of Slack stay none', async () => {
    const { context, inFleet, faults, fleetAdmin, slackAdmin } = await company();
    faults.unreadable = [2];
    await inFleet(aUser(1, { role: 'ADMIN' }), aUser(2), aUser(3, { email: 'it@acme.example' }));

    expect(await admitAdmin(context, fleetAdmin)).toBe('admin');
    expect(await admitAdmin(context, slackAdmin)).toBe('not_an_admin');
  });
});

describe('who is told as admin', () => {
  it('is the list', async () => {
    const { context, settings, employee } = await company();
    await settings({ admins: [employee] });

    expect(await adminsToTell(context)).toEqual({ ok: true, value: [employee] });
  });

  it('is Fleet’s admins as far as Slack knows them, without one', async () => {
    const { context, inFleet, fleetAdmin } = await company();
    await inFleet(aUser(1, { role: 'ADMIN' }), aUser(9, { role: 'ADMIN' }));

    expect(await adminsToTell(context)).toEqual({ ok: true, value: [fleetAdmin] });
  });

  it('is not the Slack account that was a Fleet admin’s and is somebody else’s by now', async () => {
    const { context, fleetAdmin, inSlack } = await company();
    expect(await adminsToTell(context)).toEqual({ ok: true, value: [fleetAdmin] });
    inSlack('U1', { email: 'user2@acme.example' });
    const moved = await context.slackPeople.profile(fleetAdmin);
    if (moved.ok && moved.value !== null) await context.store.putProfile(moved.value);

    expect(await adminsToTell(context)).toEqual({ ok: true, value: [] });
  });

  it('is never an admin of Slack', async () => {
    const { context, inFleet } = await company();
    await inFleet(aUser(2));

    expect(await adminsToTell(context)).toEqual({ ok: true, value: [] });
  });
});
