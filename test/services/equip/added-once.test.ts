import { beforeEach, describe, expect, it, vi } from 'vitest';
import { StoreUnavailable } from '../../../src/domain/failures/failure.ts';
import { type FleetTaskAsked, taskStatus } from '../../../src/domain/fleet-task.ts';
import type { CountryCode, SlackUserId } from '../../../src/domain/ids.ts';
import { listAddresses } from '../../../src/services/catalog/addresses.ts';
import type { ServiceContext } from '../../../src/services/context.ts';
import { acceptFleetTask, saveInFleet } from '../../../src/services/fleet-task.ts';
import { refreshDirectory } from '../../../src/services/people/directory.ts';
import { country, fleetUserId } from '../../domain/an-order-form.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { BEN, CLARA, cartWorld } from '../cart/cart-world.ts';

const { redis } = await redisOfFile();
const [ANNA, BENS_ID, EVA] = [11, 12, 13];
const STREET = 'Rua Canaryflores 5';
let world: Awaited<ReturnType<typeof cartWorld>>;
let submissions = 0;

beforeEach(async () => {
  world = await cartWorld(redis);
});

const colleague = { firstName: 'Noah', lastName: 'Weber', email: 'Noah.Weber@acme.test' };
const place = {
  ...{ firstName: 'Ben', lastName: 'Martin', phone: '+351912345678', phoneCountry: 'PT' as CountryCode },
  ...{ address1: STREET, zip: '1200-CNRY', city: 'Canarylisboa', country: 'PT' as CountryCode },
};
const aColleague: FleetTaskAsked = { kind: 'add_colleague', colleague };
const bensHome: FleetTaskAsked = { kind: 'add_address', address: place, owner: fleetUserId(BENS_ID) };
const everyones: FleetTaskAsked = { kind: 'add_address', address: place, owner: null };

const accept = (asked: FleetTaskAsked, by: SlackUserId = CLARA, once = `submission-${++submissions}`) =>
  acceptFleetTask(world.context, { by, asked, once });
const statusOf = async (taskId: string) => {
  const task = await world.store.fleetTask(taskId);
  return task === null ? null : { status: taskStatus(task.state), ...task.state };
};
/** As the queue does: later means again, when the time has come. */
async function runOnce(taskId: string, as: ServiceContext = world.context) {
  const outcome = await saveInFleet(as, taskId);
  if (outcome.kind === 'later') world.clock.now += outcome.afterMs;
  return outcome;
}
async function done(taskId: string, as: ServiceContext = world.context) {
  for (let runs = 0; runs < 40; runs += 1) if ((await runOnce(taskId, as)).kind === 'done') return statusOf(taskId);
  throw new Error('it never came to an end');
}
const noahs = () => [...world.fleet.state.users.values()].filter(({ first_name }) => first_name === 'Noah');
const there = () => [...world.fleet.state.addresses.values()].filter(({ address1 }) => address1 === STREET);
const dyingAt = (nth: number): ServiceContext => {
  let commits = 0;
  const { store } = world;
  const commit: typeof store.commit = async (change) => {
    commits += 1;
    if (commits === nth) throw new StoreUnavailable();
    return store.commit(change);
  };
  return { ...world.context, store: { ...store, commit } };
};

const kinds = [
  ['a colleague', 'createUser', 'listUsers', aColleague, noahs],
  ['a private address', 'createAddress', 'listAddresses', bensHome, there],
  ['an address for everyone', 'createAddress', 'listAddresses', everyones, there],
] as const;

describe.each(kinds)('%s is added once', (_, create, list, asked, inFleet) => {
  it('and its state can be read', async () => {
    const task = await accept(asked);

    expect(await statusOf(task.taskId)).toMatchObject({ status: 'being_added' });
    expect(await done(task.taskId)).toMatchObject({ status: 'added', fleetId: inFleet()[0]?.id });
    expect(inFleet()).toHaveLength(1);
  });

  it.each([
    'reset_after_commit',
    'hang_after_commit',
    'reset_mid_body',
    'server_error_after_commit',
    'broken_json',
    'wrong_shape',
    'html',
    'reset_before_commit',
    'server_error_before_commit',
  ] as const)('when the answer is unclear (%s)', async (kind) => {
    world.fleet.faults.add({ operation: create, kind, times: 1 });
    const { taskId } = await accept(asked);

    await saveInFleet(world.context, taskId);
    expect(await statusOf(taskId)).toMatchObject({ status: 'being_looked_for' });
    expect(await done(taskId)).toMatchObject({ status: 'added' });
    expect(inFleet()).toHaveLength(1);
  });

  it('when the answer is lost and the list lags behind or cannot be read', async () => {
    world.fleet.faults.add({ operation: create, kind: 'reset_after_commit', times: 1 });
    world.fleet.faults.add({ operation: list, kind: 'lag', times: 3 });
    world.fleet.faults.add({ operation: list, kind: 'total_off', by: 1, times: 1 });
    const { taskId } = await accept(asked);

    expect(await done(taskId)).toMatchObject({ status: 'added' });
    expect(inFleet()).toHaveLength(1);
    expect(world.fleet.journal.count(create)).toBe(1);
  });

  it('when it arrives after a whole list has lacked it for long', async () => {
    const late = world.fleet.hold(create);
    const { taskId } = await accept(asked);
    do await runOnce(taskId);
    while ((await statusOf(taskId))?.kind === 'sent');
    expect((await world.store.fleetTask(taskId))?.sends).toBe(1);

    late.release();
    await vi.waitFor(() => expect(inFleet()).toHaveLength(1));

    expect(await done(taskId)).toMatchObject({ status: 'added' });
    expect(inFleet()).toHaveLength(1);
    expect(world.fleet.journal.count(create)).toBe(1);
  });

  it.each([1, 2])('when the process dies at commit %i of its run', async (nth) => {
    const { taskId } = await accept(asked);

    await expect(saveInFleet(dyingAt(nth), taskId)).rejects.toThrow(StoreUnavailable);
    expect(await done(taskId)).toMatchObject({ status: 'added' });
    expect(inFleet()).toHaveLength(1);
  });

  it('when two instances carry it out while Fleet is still at it', async () => {
    const { taskId } = await accept(asked);
    const gate = world.fleet.hold(create);
    const first = saveInFleet(world.context, taskId);
    await gate.arrived();
    const second = await saveInFleet(world.context, taskId);
    gate.release();
    await first;

    expect(second.kind).toBe('later');
    expect(await done(taskId)).toMatchObject({ status: 'added' });
    expect(inFleet()).toHaveLength(1);
  });

  it('when it is submitted twice, delivered again, and submitted once more afterwards', async () => {
    const one = await accept(asked, CLARA, 'the same submission');
    const again = await accept(asked, CLARA, 'the same submission');
    const other = await accept(asked);
    await done(one.taskId);
    const redelivered = await accept(asked, CLARA, 'the same submission');
    const later = await accept(asked);

    expect(new Set([one, again, other, redelivered, later].map(({ taskId }) => taskId)).size).toBe(1);
    expect(taskStatus(redelivered.state)).toBe('added');
    expect(await done(later.taskId)).toMatchObject({ status: 'exists' });
    expect(inFleet()).toHaveLength(1);
    expect(world.fleet.journal.count(create)).toBe(1);
  });

  it('after 429 and 503, and is refused after three answers that confirm nothing', async () => {
    world.fleet.faults.add({ operation: create, kind: 'rate_limited', seconds: 7, times: 1 });
    const failing = world.fleet.faults.add({ operation: create, kind: 'service_unavailable' });
    const { taskId } = await accept(asked);

    expect(await done(taskId)).toMatchObject({ status: 'refused', failure: { kind: 'unavailable' } });
    expect(failing.hits()).toBe(3);
    failing.remove();
    expect(await done((await accept(asked)).taskId)).toMatchObject({ status: 'added' });
    expect(inFleet()).toHaveLength(1);
  });

  it('and its record is kept until then, sealed, and says nothing of it afterwards', async () => {
    world.fleet.faults.add({ operation: create, kind: 'reset_after_commit', times: 1 });
    const { taskId } = await accept(asked);
    await saveInFleet(world.context, taskId);
    const key = world.keys.fleetTask(taskId);

    expect(await redis.pttl(key)).toBe(-1);
    expect(`${key}${JSON.stringify([await redis.hgetall(key), await world.store.outbox(0)])}`).not.toMatch(
      /Canary|noah|912345/iu,
    );
    await done(taskId);
    expect(await redis.pttl(key)).toBeGreaterThan(0);
    expect(await world.store.fleetTask(taskId)).toMatchObject({ asked: null });
    expect(JSON.stringify(world.logged)).not.toMatch(/Canary|noah|912345/iu);
  });
});

describe('a new colleague', () => {
  it('is in the directory at once, also in a pass that began before, and a refresh is asked for', async () => {
    const { directory } = world.store;
    await directory.search('noah', 5);
    const { taskId } = await accept(aColleague);
    world.fleet.faults.add({ operation: 'listUsers', kind: 'lag' });
    const added = await done(taskId);

    const isThere = async () => ({
      byName: (await directory.search('noah weber', 5)).map(({ name }) => name),
      byEmail: (await directory.byEmail('noah.weber@acme.test')).primary,
    });
    const noah = { byName: ['Noah Weber'], byEmail: [added?.kind === 'added' ? added.fleetId : 0] };
    expect(await isThere()).toEqual(noah);
    expect((await world.store.outbox(0)).map(({ work }) => work.kind)).toContain('refresh_directory');
    expect(await refreshDirectory(world.context)).toMatchObject({ kind: 'done' });
    expect(await isThere()).toEqual(noah);
  });

  it('who is in Fleet already is chosen, whether the directory knows them or not', async () => {
    const known = await accept({ kind: 'add_colleague', colleague: { ...colleague, email: 'ANNA.keller@acme.test' } });
    expect(await done(known.taskId)).toMatchObject({ status: 'exists', fleetId: ANNA });
    expect(world.fleet.journal.count('createUser')).toBe(0);

    const [eva] = [...world.fleet.state.users.values()].filter(({ id }) => id === EVA);
    if (eva === undefined) throw new Error('nobody is called Eva');
    world.fleet.state.users.set(99, { ...eva, id: 99, first_name: 'Noah', email: 'noah.weber@acme.test' });
    const unknown = await accept(aColleague);
    expect(await done(unknown.taskId)).toMatchObject({ status: 'exists', fleetId: 99 });
  });

  it.each([
    ['USER_EMAIL_NOT_ALLOWED', 'email'],
    ['USER_EMAIL_CONFLICT', 'email'],
    ['something else', null],
  ])('that Fleet rejects (%s) is refused at its field', async (error, field) => {
    world.fleet.faults.add({ operation: 'createUser', kind: 'answer', status: 400, body: { error } });
    const { taskId } = await accept(aColleague);
    expect(await done(taskId)).toMatchObject({ status: 'refused', field });
    expect(noahs()).toEqual([]);
  });

  it('is added by nobody but Fleet’s admins', async () => {
    const { taskId } = await accept(aColleague, BEN);
    expect(await done(taskId)).toMatchObject({ status: 'refused', kind: 'not_allowed' });
    expect(world.fleet.journal.count('createUser')).toBe(0);
  });
});

describe('a private address', () => {
  const labelsFor = async (requester: number, assignee: number | null = null) => {
    const asked = { country: country('PT'), requester: fleetUserId(requester) };
    const offer = await listAddresses(world.context, {
      ...asked,
      assignee: assignee === null ? null : fleetUserId(assignee),
    });
    return offer?.addresses.map(({ label }) => label);
  };

  it('is its owner’s alone when Redis is lost, and a colleague’s to choose only for them', async () => {
    const { taskId } = await accept(bensHome, BEN);
    await done(taskId);
    await redis.del(world.keys.ownAddresses, world.keys.cache('addresses'), world.keys.fleetTask(taskId));

    expect(await labelsFor(BENS_ID)).toEqual(['Your own address']);
    expect(await labelsFor(ANNA)).toEqual([]);
    expect(await labelsFor(ANNA, EVA)).toEqual([]);
    expect(await labelsFor(ANNA, BENS_ID)).toEqual(["Ben's own address"]);
  });

  it.each([
    ['whose mark is cut off', (label: string) => label.slice(0, -4)],
    ['whose mark was changed', (label: string) => label.replace(/\d+-/u, '13-')],
  ])('%s is offered to nobody', async (_, change) => {
    await done((await accept(bensHome, BEN)).taskId);
    const [address] = there();
    if (address === undefined) throw new Error('no address');
    world.fleet.state.save('addresses', { ...address, label: change(address.label ?? '') });
    await redis.del(world.keys.ownAddresses, world.keys.cache('addresses'));

    for (const requester of [ANNA, BENS_ID, EVA]) expect(await labelsFor(requester, BENS_ID)).toEqual([]);
  });

  it('that Fleet links to somebody else is offered to nobody', async () => {
    await done((await accept(bensHome, BEN)).taskId);
    world.fleet.state.userAddresses.push({ user_id: EVA, address_id: there()[0]?.id ?? 0 });
    for (const requester of [ANNA, BENS_ID, EVA]) expect(await labelsFor(requester, BENS_ID)).toEqual([]);
  });

  it('of somebody else, and one for everyone, is added by nobody but Fleet’s admins', async () => {
    const annas = { ...bensHome, owner: fleetUserId(ANNA) };
    for (const asked of [annas, everyones])
      expect(await done((await accept(asked, BEN)).taskId)).toMatchObject({ kind: 'not_allowed' });
    expect(there()).toEqual([]);
  });

  it('is refused at its country when Fleet does not deliver there', async () => {
    const asked = { ...bensHome, address: { ...place, country: 'JP' as CountryCode } };
    expect(await done((await accept(asked, BEN)).taskId)).toMatchObject({ status: 'refused', field: 'country' });
  });

  it('says nothing of where it is in what is kept for the list', async () => {
    await done((await accept(bensHome, BEN)).taskId);
    await labelsFor(ANNA, BENS_ID);
    const kept = await world.store.cache.read(
      { key: 'addresses', freshMs: 60_000, keepMs: 60_000, sealed: true, parse: (stored: unknown) => stored },
      async () => ({ ok: false, failure: null }),
    );
    expect(JSON.stringify(kept)).not.toMatch(/Canary(lisboa|flores)|912345/u);
  });
});
