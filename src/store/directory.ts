import type { ChainableCommander } from 'ioredis';
import { z } from 'zod';
import type { FleetUserId } from '../domain/ids.ts';
import type { FoundByEmail } from '../domain/people/match.ts';
import type { FleetPerson } from '../domain/people/people.ts';
import {
  blindOf,
  blindsOf,
  createNameIndex,
  fleetPersonCodec,
  primaryMember,
  readPeople,
  secondaryMember,
  userIdIn,
} from './directory-index.ts';
import { lifetimesMs } from './keys.ts';
import { createCodec, readWith, type StoreParts } from './parts.ts';
import type { Seal } from './seal.ts';
import type { DirectoryEntry, DirectoryStore } from './store.ts';

const CHUNK = 500;

/** The same page twice is the same page once: whoever builds may begin a page again. */
async function addToPass(parts: StoreParts, pass: string, users: readonly DirectoryEntry[]): Promise<void> {
  for (let from = 0; from < users.length; from += CHUNK) {
    const chunk = users.slice(from, from + CHUNK);
    await parts.connection.pipeline((pipeline) => fillChunk(pipeline, parts, pass, chunk));
  }
}

const secondaryField = (fleetUserId: FleetUserId) => `${fleetUserId}:secondary`;

function fillChunk(pipeline: ChainableCommander, parts: StoreParts, pass: string, chunk: readonly DirectoryEntry[]) {
  const keys = parts.keys.directoryPass(pass);
  pipeline.hset(
    keys.people,
    ...chunk.flatMap(({ fleetUserId, name, isFleetAdmin }) => [
      String(fleetUserId),
      fleetPersonCodec.encode({ fleetUserId, name, isFleetAdmin }),
    ]),
  );
  const emails = chunk.flatMap(({ fleetUserId, email, secondaryEmail }) => [
    ...(email ? [String(fleetUserId), parts.seal.encrypt(keys.emails, email)] : []),
    ...(secondaryEmail ? [secondaryField(fleetUserId), parts.seal.encrypt(keys.emails, secondaryEmail)] : []),
  ]);
  if (emails.length > 0) pipeline.hset(keys.emails, ...emails);
  const blinds = chunk.flatMap((user) => blindMembers(parts.seal, user));
  if (blinds.length > 0) pipeline.zadd(keys.blinds, ...blinds.flatMap((member) => [0, member]));
  const admins = chunk.flatMap(({ fleetUserId, isFleetAdmin }) => (isFleetAdmin ? [String(fleetUserId)] : []));
  if (admins.length > 0) pipeline.sadd(keys.admins, ...admins);
  for (const key of Object.values(keys)) pipeline.pexpire(key, lifetimesMs.unfinishedPass);
}

function blindMembers(seal: Seal, { fleetUserId, email, secondaryEmail }: DirectoryEntry): readonly string[] {
  const id = String(fleetUserId);
  return [
    ...(email ? [primaryMember(blindOf(seal, email), id)] : []),
    ...(secondaryEmail ? [secondaryMember(blindOf(seal, secondaryEmail), id)] : []),
  ];
}

const StandingPass = z.object({
  pass: z.string(),
  builtAt: z.number(),
  /** A fixed text hashed under the key that the pass was built with. */
  check: z.string(),
});
type StandingPass = Readonly<z.infer<typeof StandingPass>>;

const passCodec = createCodec<StandingPass>(StandingPass);

const CHECK = ['directory:check', 'same key'] as const;

/**
 * Null: no pass was swapped in yet, or it was built under a key that is no longer among `ENCRYPTION_KEYS`: its hashes
 * match nobody then, which must read as "people are being loaded" and not as "you are not in Fleet".
 */
async function standingPass(parts: StoreParts): Promise<StandingPass | null> {
  const key = parts.keys.directory;
  const json = await parts.connection.run((redis) => redis.get(key));
  const standing = readWith(parts, passCodec, { record: 'directory', key }, json);
  return standing && parts.seal.blinds(...CHECK).includes(standing.check) ? standing : null;
}

const swap = `
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
for i = 2, 5 do redis.call('PEXPIRE', KEYS[i], ARGV[3]) end
for i = 6, #KEYS do redis.call('PEXPIRE', KEYS[i], ARGV[4]) end
return 1
`;

/** A pass that ended before the one that stands is given up; the same pass again changes nothing. */
async function swapIn(parts: StoreParts, pass: string, builtAt: number): Promise<void> {
  const { keys, connection, seal } = parts;
  for (;;) {
    const json = await connection.run((redis) => redis.get(keys.directory));
    const before = json === null ? null : passCodec.decode(json);
    if (before?.pass === pass) return;
    if (before && before.builtAt > builtAt) return dropPass(parts, pass);
    const after = passCodec.encode({ pass, builtAt, check: seal.blind(...CHECK) });
    const swapped = await connection.script(
      swap,
      [keys.directory, ...keysOfPass(parts, pass), ...(before ? keysOfPass(parts, before.pass) : [])],
      [json ?? '', after, lifetimesMs.directory, lifetimesMs.replacedPass],
    );
    if (swapped === 1) return;
  }
}

async function dropPass(parts: StoreParts, pass: string): Promise<void> {
  await parts.connection.run((redis) => redis.unlink(...keysOfPass(parts, pass)));
}

function keysOfPass({ keys }: StoreParts, pass: string): readonly string[] {
  return Object.values(keys.directoryPass(pass));
}

/** Readers look up which pass stands and read that one; while it is being replaced the old one stays readable. */
export function createDirectory(parts: StoreParts): DirectoryStore {
  const { keys, connection, seal } = parts;
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
        const ids = await connection.run((redis) => redis.smembers(keys.directoryPass(pass).admins));
        return readPeople(parts, pass, ids);
      }),
    search: (words, limit) => standing<readonly FleetPerson[]>([], ({ pass }) => names.search(pass, words, limit)),
    emailOf: (fleetUserId) =>
      standing<string | null>(null, async ({ pass }) => {
        const key = keys.directoryPass(pass).emails;
        const sealed = await connection.run((redis) => redis.hget(key, String(fleetUserId)));
        return sealed === null ? null : seal.decrypt(key, sealed);
      }),
    emailsOf: (fleetUserId) =>
      standing<readonly string[]>([], async ({ pass }) => {
        const key = keys.directoryPass(pass).emails;
        const sealed = await connection.run((redis) =>
          redis.hmget(key, String(fleetUserId), secondaryField(fleetUserId)),
        );
        return sealed.flatMap((one) => (one === null ? [] : (seal.decrypt(key, one) ?? [])));
      }),
    add: (pass, users) => addToPass(parts, pass, users),
    swapIn: (pass, builtAt) => swapIn(parts, pass, builtAt),
    claimRefresh: async (everyMs) =>
      (await connection.run((redis) => redis.set(keys.directoryRefresh, '1', 'PX', everyMs, 'NX'))) === 'OK',
  };
}

async function findByEmail({ keys, connection, seal }: StoreParts, pass: string, email: string): Promise<FoundByEmail> {
  const key = keys.directoryPass(pass).blinds;
  const blinds = blindsOf(seal, email);
  const find = async (memberOf: (blind: string, id: string) => string) => {
    const answers = await connection.pipeline((pipeline) => {
      // `~` is the byte after every digit, so the bounds hold exactly this hash's members.
      for (const blind of blinds) pipeline.zrange(key, `[${memberOf(blind, '')}`, `(${memberOf(blind, '~')}`, 'BYLEX');
    });
    return [...new Set(answers.flat().flatMap(userIdIn))];
  };
  return { primary: await find(primaryMember), secondary: await find(secondaryMember) };
}
