import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fleetAdminsToTell } from '../../../src/services/people/admins.ts';
import { matchNow, TRUSTED_FOR_MS } from '../../../src/services/people/authority.ts';
import { linkPerson, unlinkPerson } from '../../../src/services/people/links.ts';
import { saveSettings } from '../../../src/services/settings/screen.ts';
import { keysOf, lifetimesMs } from '../../../src/store/keys.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { aUser, fleetId, peopleWorld, slackId } from './people-world.ts';

const { redis } = await redisOfFile();

const unavailable = { operation: 'getUser', kind: 'unavailable', status: 503 } as const;

/** Zoe is a Fleet ADMIN, and both Slack and the directory knew her a moment ago. */
async function zoesWorld() {
  const world = peopleWorld(redis);
  const { context, inFleet, inSlack, users } = world;
  const zoe = inSlack('UZOE', { email: 'user2@acme.example' });
  await inFleet(aUser(1), aUser(2, { role: 'ADMIN' }), aUser(3, { role: 'ADMIN' }));
  await matchNow(context, zoe, { waitMs: null });
  const keys = keysOf(context.workspaceId);
  return {
    ...world,
    zoe,
    now: () => matchNow(context, zoe, { waitMs: null }),
    /** Changed in Fleet after the directory was read. */
    isNowInFleet: (over: Parameters<typeof aUser>[1]) => users.splice(1, 1, aUser(2, over)),
    directoryAged: async (ms: number) => {
      const stored = JSON.parse((await redis.get(keys.directory)) ?? '{}');
      await redis.set(keys.directory, JSON.stringify({ ...stored, builtAt: stored.builtAt - ms }));
    },
    profileAged: (ms: number) => redis.pexpire(keys.profile(zoe), lifetimesMs.profile - ms),
  };
}

describe('who somebody is at this moment', () => {
  it('is what Fleet says of their role now, not what the directory said', async () => {
    const { now, isNowInFleet } = await zoesWorld();
    expect(await now()).toMatchObject({ kind: 'matched', isFleetAdmin: true });

    isNowInFleet({ role: 'EMPLOYEE' });

    expect(await now()).toMatchObject({ kind: 'matched', isFleetAdmin: false });
  });

  it('is nobody whom Fleet no longer has, or has with another address', async () => {
    const { now, isNowInFleet, users } = await zoesWorld();
    isNowInFleet({ role: 'ADMIN', email: 'other@acme.example', secondaryEmail: null });
    expect(await now()).toEqual({ kind: 'no_match' });
    isNowInFleet({ role: 'ADMIN', email: null, secondaryEmail: 'USER2@acme.example' });
    expect(await now()).toMatchObject({ kind: 'matched' });

    users.splice(1, 1);

    expect(await now()).toEqual({ kind: 'no_match' });
  });

  it.each([
    ['guest', { isGuest: true }],
    ['stranger', { isStranger: true }],
    ['deactivated', { isDeactivated: true }],
    ['no_match', { email: 'user9@acme.example' }],
  ] as const)('is %s as soon as Slack says so, without any event', async (kind, change) => {
    const { now, inSlack, zoe } = await zoesWorld();

    inSlack(zoe, { email: 'user2@acme.example', ...change });

    expect(await now()).toEqual({ kind });
  });

  it('is nobody whom Slack does not know', async () => {
    const { context } = await zoesWorld();

    expect(await matchNow(context, slackId('UNOBODY'), { waitMs: null })).toEqual({ kind: 'deactivated' });
  });

  it('is what was known while Fleet does not say, for two refreshes of the directory', async () => {
    const { now, faults, directoryAged } = await zoesWorld();
    faults.getUser = unavailable;
    await directoryAged(TRUSTED_FOR_MS - 60_000);
    expect(await now()).toMatchObject({ kind: 'matched', isFleetAdmin: true });

    await directoryAged(120_000);

    expect(await now()).toEqual({ kind: 'fleet_unreachable' });
    faults.getUser = null;
    expect(await now()).toMatchObject({ kind: 'matched', isFleetAdmin: true });
  });

  it('is what was known while Slack does not say, for as long', async () => {
    const { now, faults, profileAged } = await zoesWorld();
    faults.slackIsAway = true;
    await profileAged(TRUSTED_FOR_MS - 60_000);
    expect(await now()).toMatchObject({ kind: 'matched' });

    await profileAged(TRUSTED_FOR_MS + 60_000);

    expect(await now()).toEqual({ kind: 'slack_unreachable' });
  });

  it('is what was known, unasked, where only what is old is to be asked for', async () => {
    const { context, zoe, isNowInFleet, inSlack, directoryAged, profileAged, asked } = await zoesWorld();
    const asking = { waitMs: null, onlyIfOld: true } as const;
    isNowInFleet({ role: 'EMPLOYEE' });
    const before = asked.profiles;
    expect(await matchNow(context, zoe, asking)).toMatchObject({ kind: 'matched', isFleetAdmin: true });
    expect(asked.profiles).toBe(before);

    await directoryAged(TRUSTED_FOR_MS + 60_000);
    expect(await matchNow(context, zoe, asking)).toMatchObject({ kind: 'matched', isFleetAdmin: false });

    inSlack(zoe, { isGuest: true });
    await profileAged(TRUSTED_FOR_MS + 60_000);
    expect(await matchNow(context, zoe, asking)).toEqual({ kind: 'guest' });
  });

  it('waits no longer than it is allowed to, and then goes by what was known', async () => {
    const { context, zoe, isNowInFleet } = await zoesWorld();
    isNowInFleet({ role: 'EMPLOYEE' });
    const hanging = { ...context, fleet: { ...context.fleet, getUser: () => new Promise<never>(() => {}) } };
    const slackHangs = { ...context.slackPeople, profile: () => new Promise<never>(() => {}) };
    const noTime = { sleep: async () => {} };

    expect(await matchNow({ ...hanging, slackPeople: slackHangs, ...noTime }, zoe, { waitMs: 500 })).toMatchObject({
      kind: 'matched',
      isFleetAdmin: true,
    });
  });
});

describe('a link', () => {
  it.each([
    [true, true],
    [false, false],
    [undefined, false],
  ])('gives the rights of a Fleet ADMIN only if a Fleet ADMIN gave it (%s)', async (byFleetAdmin, isFleetAdmin) => {
    const { context, inSlack } = await zoesWorld();
    const nils = inSlack('UNILS');
    const about = byFleetAdmin === undefined ? {} : { byFleetAdmin };
    const link = { slackUserId: nils, fleetUserId: fleetId(3), by: slackId('UDAN'), at: 1, ...about };
    await context.store.commit({ link: { expected: null, next: link } });

    expect(await matchNow(context, nils, { waitMs: null })).toMatchObject({ kind: 'matched', isFleetAdmin });
  });

  it('records whether a Fleet ADMIN gave it, and outlives no role that its giver lacked', async () => {
    const { context, inSlack, inFleet, settings, zoe } = await zoesWorld();
    const [dan, nils, olga] = [inSlack('UDAN'), inSlack('UNILS'), inSlack('UOLGA')];
    await settings({ admins: [dan] });
    await inFleet(aUser(1), aUser(2, { role: 'ADMIN' }), aUser(3), aUser(4));
    await linkPerson(context, { by: dan, slackUserId: nils, fleetUserId: fleetId(3), once: randomUUID() });
    await linkPerson(context, { by: zoe, slackUserId: olga, fleetUserId: fleetId(4), once: randomUUID() });

    await inFleet(aUser(1), aUser(2, { role: 'ADMIN' }), aUser(3, { role: 'ADMIN' }), aUser(4, { role: 'ADMIN' }));

    expect(await matchNow(context, nils, { waitMs: null })).toMatchObject({ kind: 'matched', isFleetAdmin: false });
    expect(await matchNow(context, olga, { waitMs: null })).toMatchObject({ kind: 'matched', isFleetAdmin: true });
    expect(await fleetAdminsToTell(context, 50)).toEqual({ ok: true, value: [zoe, olga] });
  });
});

describe('an admin who has lost that role without the app being told', () => {
  it.each([
    ['in Fleet', (world: Awaited<ReturnType<typeof zoesWorld>>) => world.isNowInFleet({ role: 'EMPLOYEE' })],
    ['as a guest', ({ inSlack }: Awaited<ReturnType<typeof zoesWorld>>) => inSlack('UZOE', { isGuest: true })],
  ])('%s: links no one, removes no link and saves no settings', async (_, lose) => {
    const world = await zoesWorld();
    const { context, inSlack, zoe } = world;
    const nils = inSlack('UNILS');
    const refused = { kind: 'refused', refusal: { kind: 'not_an_admin' } };

    lose(world);

    expect(
      await linkPerson(context, { by: zoe, slackUserId: nils, fleetUserId: fleetId(1), once: randomUUID() }),
    ).toEqual(refused);
    expect(await unlinkPerson(context, { by: zoe, slackUserId: nils, once: randomUUID() })).toEqual(refused);
    const change = { approvers: { people: [nils], userGroups: [] } };
    expect(await saveSettings(context, { by: zoe, expectedRevision: null, change, once: randomUUID() })).toEqual({
      kind: 'not_an_admin',
    });
  });

  it('is not told that they are none while nobody can say', async () => {
    const { context, inSlack, zoe, faults, directoryAged, settings } = await zoesWorld();
    const nils = inSlack('UNILS');
    const link = () => linkPerson(context, { by: zoe, slackUserId: nils, fleetUserId: fleetId(3), once: randomUUID() });
    const change = { approvers: { people: [nils], userGroups: [] } };
    const save = (expectedRevision: number | null) =>
      saveSettings(context, { by: zoe, expectedRevision, change, once: randomUUID() });
    const unknown = { kind: 'refused', refusal: { kind: 'unknown_now', why: { kind: 'fleet_unreachable' } } };
    faults.getUser = unavailable;
    await directoryAged(2 * TRUSTED_FOR_MS);

    expect(await link()).toEqual(unknown);
    expect(await unlinkPerson(context, { by: zoe, slackUserId: nils, once: randomUUID() })).toEqual(unknown);
    await expect(save(null)).rejects.toThrow('could not be looked up');
    await settings({ admins: [zoe] });
    expect(await link()).toEqual(unknown);
    await expect(save(1)).rejects.toThrow('could not be looked up');
  });
});
