import { describe, expect, it } from 'vitest';
import { adminsToTell, isAdmin } from '../../../src/services/people/admins.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
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
