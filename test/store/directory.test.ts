import { randomBytes } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import type { FleetUserId } from '../../src/domain/ids.ts';
import type { DirectoryEntry } from '../../src/store/directory.ts';
import { createSeal } from '../../src/store/seal.ts';
import { aStore } from './support/a-store.ts';
import { wholeSince } from './support/records.ts';
import { redisOfFile } from './support/redis-for-tests.ts';

const { redis } = await redisOfFile();

const user = (id: number, over: Partial<DirectoryEntry> = {}): DirectoryEntry => ({
  fleetUserId: id as FleetUserId,
  name: `Person ${id}`,
  isFleetAdmin: false,
  email: `p${id}@example.com`,
  secondaryEmail: null,
  ...over,
});

const built = async (users: readonly DirectoryEntry[], over = {}) => {
  const a = aStore(redis, over);
  await a.store.directory.add('pass1', users);
  await a.store.directory.swapIn('pass1', wholeSince(1000));
  return { ...a, directory: a.store.directory };
};
const names = (people: readonly { name: string }[]) => people.map(({ name }) => name);

describe('the directory', () => {
  it('knows no one before the first complete pass', async () => {
    const { directory } = aStore(redis).store;
    await directory.add('pass1', [user(1, { isFleetAdmin: true })]);

    expect(await directory.state()).toBeNull();
    expect(await directory.byEmail('p1@example.com')).toMatchObject({ primary: [], secondary: [] });
    expect(await directory.person(1 as FleetUserId)).toBeNull();
    expect(await directory.admins()).toEqual([]);
    expect(await directory.search('', 10)).toEqual([]);
    expect(await directory.emailOf(1 as FleetUserId)).toBeNull();
  });

  it('finds by exact email, primary and secondary separately', async () => {
    const { directory } = await built([
      user(1, { email: 'ana.nunez@example.com', secondaryEmail: 'ana@old.example' }),
      user(2, { secondaryEmail: 'ana.nunez@example.com' }),
      user(3, { email: null }),
    ]);

    expect(await directory.byEmail('ana.nunez@example.com')).toMatchObject({ primary: [1], secondary: [2] });
    expect(await directory.byEmail('ana@old.example')).toMatchObject({ primary: [], secondary: [1] });
    expect(await directory.byEmail('Ana.Nunez@example.com')).toMatchObject({ primary: [], secondary: [] });
    expect(await directory.byEmail('ana.nunez+x@example.com')).toMatchObject({ primary: [], secondary: [] });
    expect(await directory.byEmail('ana.nunez@example.co')).toMatchObject({ primary: [], secondary: [] });
  });

  it('says when two people have one address', async () => {
    const { directory } = await built([user(1, { email: 'it@example.com' }), user(12, { email: 'it@example.com' })]);

    expect((await directory.byEmail('it@example.com')).primary).toHaveLength(2);
  });

  it('returns people, admins and their email', async () => {
    const { directory } = await built([user(1), user(2, { isFleetAdmin: true }), user(3, { email: null })]);

    expect(await directory.person(1 as FleetUserId)).toEqual({ fleetUserId: 1, name: 'Person 1', isFleetAdmin: false });
    expect(await directory.person(9 as FleetUserId)).toBeNull();
    expect(names(await directory.admins())).toEqual(['Person 2']);
    expect(await directory.emailOf(2 as FleetUserId)).toBe('p2@example.com');
    expect(await directory.emailOf(3 as FleetUserId)).toBeNull();
  });

  it('keeps no address in clear', async () => {
    const { keys } = await built([user(1, { email: 'secret@example.com', secondaryEmail: 'other@example.com' })]);

    const pass = keys.directoryPass('pass1');
    const stored = JSON.stringify([
      await redis.hgetall(pass.people),
      await redis.hgetall(pass.emails),
      await redis.zrange(pass.blinds, 0, '-1'),
    ]);
    expect(stored).not.toMatch(/secret|other|example/);
  });

  it('shows the old pass until the new one is swapped in whole, and then nothing of the old', async () => {
    const { directory } = await built([user(1), user(2, { isFleetAdmin: true })]);
    await directory.add('pass2', [user(1, { name: 'Renamed' })]);
    expect((await directory.person(1 as FleetUserId))?.name).toBe('Person 1');
    expect(names(await directory.search('person', 10))).toEqual(['Person 1', 'Person 2']);

    await directory.swapIn('pass2', wholeSince(2000));

    expect(await directory.state()).toMatchObject({ builtAt: 2000 });
    expect((await directory.person(1 as FleetUserId))?.name).toBe('Renamed');
    expect(await directory.person(2 as FleetUserId)).toBeNull();
    expect(await directory.admins()).toEqual([]);
    expect(await directory.byEmail('p2@example.com')).toMatchObject({ primary: [], secondary: [] });
    expect(names(await directory.search('', 10))).toEqual(['Renamed']);
  });

  it('lets the old pass go', async () => {
    const { directory, keys } = await built([user(1, { isFleetAdmin: true })]);
    await directory.add('pass2', [user(1)]);
    await directory.swapIn('pass2', wholeSince(2000));

    for (const key of Object.values(keys.directoryPass('pass1'))) {
      expect(await redis.pttl(key)).toBeLessThanOrEqual(60_000);
    }
  });

  it('is not undone by swapping the same pass in again', async () => {
    const { directory, keys } = await built([user(1)]);
    await directory.swapIn('pass1', wholeSince(1000));

    expect(await directory.person(1 as FleetUserId)).not.toBeNull();
    expect(await redis.pttl(keys.directoryPass('pass1').people)).toBeGreaterThan(24 * 3600 * 1000);
  });

  it('gives up a pass older than the current one', async () => {
    const { directory, keys } = await built([user(1)]);
    await directory.add('late', [user(2)]);

    await directory.swapIn('late', wholeSince(999));

    expect(await directory.state()).toMatchObject({ builtAt: 1000 });
    expect(await directory.person(2 as FleetUserId)).toBeNull();
    expect(await redis.exists(...Object.values(keys.directoryPass('late')))).toBe(0);
  });

  it('has one whole pass in the end when several are swapped in at once', async () => {
    const { directory } = aStore(redis).store;
    const passes = [1, 2, 3, 4, 5];
    await Promise.all(passes.map((n) => directory.add(`p${n}`, [user(n)])));

    await Promise.all(passes.map((n) => directory.swapIn(`p${n}`, wholeSince(n))));

    expect(await directory.state()).toMatchObject({ builtAt: 5 });
    expect(names(await directory.search('', 10))).toEqual(['Person 5']);
  });

  it('is replaced although its date lies in the future, as an earlier release could leave it', async () => {
    const { directory } = await built([user(1)]);
    await directory.add('ahead', [user(2)]);
    await directory.swapIn('ahead', wholeSince(Date.now() + 3_600_000));
    await directory.add('next', [user(3)]);

    await directory.swapIn('next', wholeSince(Date.now()));

    expect(names(await directory.search('', 10))).toEqual(['Person 3']);
  });

  it('deletes a pass that is given up, and nothing else', async () => {
    const { directory, keys } = await built([user(1)]);
    await directory.add('given-up', [user(2)]);

    await directory.dropPass('given-up');

    expect(await redis.exists(...Object.values(keys.directoryPass('given-up')))).toBe(0);
    expect(names(await directory.search('', 10))).toEqual(['Person 1']);
  });

  it('is not called whole when an earlier release built it, which did not tell', async () => {
    const { directory, keys } = await built([user(1)]);
    const { isWhole: _, areAdminsKnown: __, ...stored } = JSON.parse((await redis.get(keys.directory)) ?? '');
    await redis.set(keys.directory, JSON.stringify(stored));

    expect(await directory.state()).toMatchObject({ builtAt: 1000, isWhole: false, areAdminsKnown: false });
  });

  it('lets an unfinished pass expire', async () => {
    const { store, keys } = aStore(redis);
    await store.directory.add('pass1', [user(1, { isFleetAdmin: true, secondaryEmail: 'x@y.z' })]);

    for (const key of Object.values(keys.directoryPass('pass1'))) expect(await redis.pttl(key)).toBeGreaterThan(0);
  });

  it('lets one of many start a refresh', async () => {
    const { directory } = aStore(redis).store;

    const claims = await Promise.all(Array.from({ length: 5 }, () => directory.claimRefresh(60_000)));

    expect(claims.filter(Boolean)).toHaveLength(1);
  });
});

describe('searching names', () => {
  const people = [
    'Ana Núñez',
    'Diana Prince',
    'Anastasia Ångström',
    'Łukasz Weiß',
    'Jean-Luc Ana',
    'Søren Æbelø',
    'Ana',
  ].map((name, at) => user(at + 1, { name }));

  it.each([
    ['ana', ['Ana', 'Ana Núñez', 'Anastasia Ångström', 'Jean-Luc Ana', 'Diana Prince']],
    ['NUNEZ', ['Ana Núñez']],
    ['nuñ an', ['Ana Núñez']],
    ['lukasz weiss', ['Łukasz Weiß']],
    ['aebelo', ['Søren Æbelø']],
    ['jean luc', ['Jean-Luc Ana']],
    ['ana zzz', []],
  ])('finds %s, best first', async (words, expected) => {
    const { directory } = await built(people);

    expect(names(await directory.search(words, 10))).toEqual(expected);
  });

  it('gives no more than asked for, and everybody in order without words', async () => {
    const { directory } = await built(people);

    expect(names(await directory.search('  ', 2))).toEqual(['Ana', 'Ana Núñez']);
  });

  it('reads a pass of 10,000 once, and answers every keystroke from memory', async () => {
    const users = Array.from({ length: 10_000 }, (_, at) => user(at + 1, { isFleetAdmin: at % 1000 === 0 }));
    const { directory } = await built(users);
    const scans = vi.spyOn(redis, 'hscan');

    const found = await Promise.all(
      ['person 99', 'person 250', 'person 9999'].map((words) => directory.search(words, 100)),
    );

    const reads = scans.mock.calls.length;
    scans.mockRestore();
    expect(found.map((people) => people.length)).toEqual([100, 20, 1]);
    expect(reads).toBeLessThan(30);
    expect(await directory.admins()).toHaveLength(10);
    expect((await directory.byEmail('p9999@example.com')).primary).toEqual([9999]);
  });

  it('forgets the names when no one has searched for a while', async () => {
    const { directory } = await built(people);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await directory.search('ana', 10);
    await vi.advanceTimersByTimeAsync(11 * 60 * 1000);
    vi.useRealTimers();
    const scans = vi.spyOn(redis, 'hscan');

    expect(await directory.search('diana', 10)).toHaveLength(1);

    expect(scans).toHaveBeenCalledTimes(1);
    scans.mockRestore();
  });

  it('tries again after the names could not be read', async () => {
    const { directory } = await built(people);
    const scan = vi.spyOn(redis, 'hscan').mockRejectedValueOnce(new Error('Command timed out'));

    await expect(directory.search('ana', 10)).rejects.toThrow('Redis');
    scan.mockRestore();

    expect(await directory.search('diana', 10)).toHaveLength(1);
  });
});

describe('a new first encryption key', () => {
  const old = { id: 'old', key: randomBytes(32) };
  const fresh = { id: 'new', key: randomBytes(32) };

  it('finds people by what the old one wrote, until the old one is gone', async () => {
    const { workspaceId } = await built([user(1)], { seal: createSeal([old]) });

    const rotated = aStore(redis, { workspaceId, seal: createSeal([fresh, old]) }).store.directory;
    expect((await rotated.byEmail('p1@example.com')).primary).toEqual([1]);
    expect(await rotated.emailOf(1 as FleetUserId)).toBe('p1@example.com');

    const without = aStore(redis, { workspaceId, seal: createSeal([fresh]) }).store.directory;
    expect(await without.state()).toBeNull();
    await without.add('pass2', [user(1)]);
    await without.swapIn('pass2', wholeSince(2000));
    expect((await without.byEmail('p1@example.com')).primary).toEqual([1]);
  });
});
