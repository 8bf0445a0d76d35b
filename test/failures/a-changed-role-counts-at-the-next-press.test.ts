import { describe, expect, it } from 'vitest';
import type { FleetUserId, SlackUserId } from '../../src/domain/ids.ts';
import { isAdmin } from '../../src/services/people/admins.ts';
import { checkMaySign } from '../../src/services/people/approvers.ts';
import { aUser, peopleWorld } from '../services/people/people-world.ts';
import { redisOfFile } from '../store/support/redis-for-tests.ts';

const { redis } = await redisOfFile();
const MINUTE = 60_000;

async function company() {
  const world = peopleWorld(redis);
  await world.inFleet(aUser(1, { role: 'ADMIN' }), aUser(2));
  const requester = { slackUserId: 'UREQ' as SlackUserId, fleetUserId: 9 as FleetUserId, name: 'Somebody' };
  const boss = world.inSlack('U1', { email: 'user1@acme.example' });
  const clerk = world.inSlack('U2', { email: 'user2@acme.example' });
  const maySign = async (slackUserId: SlackUserId) =>
    (await checkMaySign(world.context, { slackUserId, requester })).ok;
  return { ...world, boss, clerk, maySign };
}

describe('a role that changed counts at the next press', () => {
  it('in Fleet, as soon as the directory was read again, without a restart', async () => {
    const { context, inFleet, boss, clerk, maySign } = await company();
    expect([await maySign(boss), await maySign(clerk)]).toEqual([true, false]);

    await inFleet(aUser(1), aUser(2, { role: 'ADMIN' }));

    expect([await maySign(boss), await maySign(clerk)]).toEqual([false, true]);
    expect([await isAdmin(context, boss), await isAdmin(context, clerk)]).toEqual([false, true]);
  });

  it('in the settings, at once', async () => {
    const { settings, boss, clerk, maySign } = await company();

    await settings({ approvers: { people: [clerk], userGroups: [] } });

    expect([await maySign(boss), await maySign(clerk)]).toEqual([false, true]);
  });

  it('in a Slack user group, within five minutes; and a group that cannot be read lets nobody sign', async () => {
    const { context, settings, clerk, clock } = await company();
    const members: SlackUserId[] = [clerk];
    let isAway = false;
    const groupMembers = async () => (isAway ? ({ ok: false } as const) : ({ ok: true, value: [...members] } as const));
    const asked = { ...context, slackPeople: { ...context.slackPeople, groupMembers } };
    const requester = { slackUserId: 'UREQ' as SlackUserId, fleetUserId: 9 as FleetUserId, name: 'Somebody' };
    const decide = () => checkMaySign(asked, { slackUserId: clerk, requester });
    await settings({ approvers: { people: [], userGroups: ['S1'] } });
    expect(await decide()).toMatchObject({ ok: true });

    members.splice(0);
    clock.now += 61_000;
    await decide();
    await expect.poll(decide).toMatchObject({ refusal: { kind: 'not_eligible' } });

    isAway = true;
    await context.store.cache.forget('group:S1');
    clock.now += 5 * MINUTE;
    expect(await decide()).toMatchObject({ refusal: { kind: 'eligibility_unknown' } });
  });
});
