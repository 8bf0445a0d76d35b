import type { FleetPerson } from '../domain/people/people.ts';
import type { FoundByEmail } from '../domain/people/who-is-who.ts';
import { addToPass, secondaryField } from './directory-add.ts';
import { blindsOf, primaryMember, secondaryMember, userIdIn } from './directory-blinds.ts';
import { createNameIndex } from './directory-names.ts';
import { type StandingPass, standingPass, swapIn } from './directory-pass.ts';
import { readPeople } from './directory-people.ts';
import type { DirectoryStore } from './store.ts';
import type { StoreParts } from './store-parts.ts';

/** Readers look up which pass stands and read that one; while it is being replaced the old one stays readable. */
export function createDirectory(parts: StoreParts): DirectoryStore {
  const { keys, link, seal } = parts;
  const names = createNameIndex(parts);
  const standing = async <T>(none: T, read: (pass: StandingPass) => Promise<T>): Promise<T> => {
    const pass = await standingPass(parts);
    return pass ? read(pass) : none;
  };
  return {
    builtAt: () => standing<number | null>(null, async ({ builtAt }) => builtAt),
    byEmail: (email) =>
      standing<FoundByEmail>({ primary: [], secondary: [] }, ({ pass }) => findByEmail(parts, pass, email)),
    person: (fleetUserId) =>
      standing<FleetPerson | null>(null, async ({ pass }) => {
        const [person] = await readPeople(parts, pass, [String(fleetUserId)]);
        return person ?? null;
      }),
    admins: () =>
      standing<readonly FleetPerson[]>([], async ({ pass }) => {
        const ids = await link.run((redis) => redis.smembers(keys.directoryPass(pass).admins));
        return readPeople(parts, pass, ids);
      }),
    search: (words, limit) => standing<readonly FleetPerson[]>([], ({ pass }) => names.search(pass, words, limit)),
    emailOf: (fleetUserId) =>
      standing<string | null>(null, async ({ pass }) => {
        const key = keys.directoryPass(pass).emails;
        const sealed = await link.run((redis) => redis.hget(key, String(fleetUserId)));
        return sealed === null ? null : seal.decrypt(key, sealed);
      }),
    emailsOf: (fleetUserId) =>
      standing<readonly string[]>([], async ({ pass }) => {
        const key = keys.directoryPass(pass).emails;
        const sealed = await link.run((redis) => redis.hmget(key, String(fleetUserId), secondaryField(fleetUserId)));
        return sealed.flatMap((one) => (one === null ? [] : (seal.decrypt(key, one) ?? [])));
      }),
    add: (pass, users) => addToPass(parts, pass, users),
    swapIn: (pass, builtAt) => swapIn(parts, pass, builtAt),
    claimRefresh: async (everyMs) =>
      (await link.run((redis) => redis.set(keys.directoryRefresh, '1', 'PX', everyMs, 'NX'))) === 'OK',
  };
}

async function findByEmail({ keys, link, seal }: StoreParts, pass: string, email: string): Promise<FoundByEmail> {
  const key = keys.directoryPass(pass).blinds;
  const blinds = blindsOf(seal, email);
  const find = async (memberOf: (blind: string, id: string) => string) => {
    const answers = await link.pipeline((pipeline) => {
      // `~` is the byte after every digit, so the bounds hold exactly this hash's members.
      for (const blind of blinds) pipeline.zrange(key, `[${memberOf(blind, '')}`, `(${memberOf(blind, '~')}`, 'BYLEX');
    });
    return [...new Set(answers.flat().flatMap(userIdIn))];
  };
  return { primary: await find(primaryMember), secondary: await find(secondaryMember) };
}
