import type { ChainableCommander } from 'ioredis';
import { z } from 'zod';
import type { FleetUserId } from '../domain/ids.ts';
import { FleetPerson } from '../domain/people/people.ts';
import { createCodec, createKeptCodec, readWith } from './codec.ts';
import {
  blindOf,
  type createNameIndex,
  type FoundPeople,
  findByEmail,
  fleetPersonCodec,
  primaryMember,
  readPeople,
  secondaryMember,
} from './directory-index.ts';
import { lifetimesMs } from './keys.ts';
import { redisTime } from './leases.ts';
import { type StoreParts, writeUnlessRemoved } from './parts.ts';
import type { Seal } from './seal.ts';

/**
 * The index of the company's Fleet users, built in passes of many pages and swapped in whole. Email addresses are found
 * by keyed hash. Readers look up the current pass and read that one, which stays readable while it is being replaced.
 */
export function createDirectory(parts: StoreParts, names: ReturnType<typeof createNameIndex>) {
  const { keys, connection, seal } = parts;
  const inCurrentPass = async <T>(none: T, read: (pass: CurrentPass) => Promise<T>): Promise<T> => {
    const pass = await readCurrentPass(parts);
    return pass ? read(pass) : none;
  };
  return {
    /** Null: no pass is complete yet, so no one can be matched. */
    state: () => inCurrentPass<DirectoryState | null>(null, async (pass) => pass),

    /** Fleet users with this folded address as their `email` and as their `secondary_email`, and who they are. */
    byEmail: (email: string) =>
      inCurrentPass<FoundPeople>({ primary: [], secondary: [], people: [] }, ({ pass }) =>
        findByEmail(parts, pass, email),
      ),

    person: (fleetUserId: FleetUserId) =>
      inCurrentPass<FleetPerson | null>(null, async ({ pass }) => {
        const [person] = await readPeople(parts, pass, [String(fleetUserId)]);
        return person ?? null;
      }),

    admins: () =>
      inCurrentPass<readonly FleetPerson[]>([], async ({ pass }) => {
        const ids = await connection.read('SMEMBERS', keys.directoryPass(pass).admins);
        return readPeople(parts, pass, ids);
      }),

    /** By name, case and accents folded; every word must occur. At most `limit`, best first. */
    search: (words: string, limit: number) =>
      inCurrentPass<readonly FleetPerson[]>([], ({ pass, added }) => names.search(pass, words, limit, added)),

    /** Kept sealed, to find Fleet users in Slack: their keyed hashes can't be turned back into addresses. */
    emailOf: (fleetUserId: FleetUserId) =>
      inCurrentPass<string | null>(null, async ({ pass }) => {
        const key = keys.directoryPass(pass).emails;
        const sealed = await connection.read('HGET', key, fleetUserId);
        return sealed === null ? null : seal.decrypt(key, sealed);
      }),

    /** `email` and `secondary_email`, where they have them. */
    emailsOf: (fleetUserId: FleetUserId) =>
      inCurrentPass<readonly string[]>([], async ({ pass }) => {
        const key = keys.directoryPass(pass).emails;
        const fields = [String(fleetUserId), secondaryField(fleetUserId)];
        const sealed = await connection.read('HMGET', key, ...fields);
        return sealed.flatMap((one) => (one === null ? [] : (seal.decrypt(key, one) ?? [])));
      }),

    /** Writes a page of a pass, unless work for the workspace is stopped. The same page may be written again. */
    add: async (pass: string, users: readonly DirectoryEntry[]): Promise<void> => {
      if ((await connection.run((redis) => redis.exists(keys.stop))) === 1) return;
      for (let from = 0; from < users.length; from += CHUNK) {
        const chunk = users.slice(from, from + CHUNK);
        await connection.pipeline((pipeline) => fillChunk(pipeline, parts, pass, chunk));
      }
    },

    /** Adds one person to the current pass, for every instance, and remembers them for passes that began before. */
    addToCurrent: (entry: DirectoryEntry) => addToCurrent(parts, entry),

    /** People whom `addToCurrent` added within the hour. */
    addedLately: () => addedLately(parts),

    /** The pass becomes the directory, and the one before it is deleted. */
    swapIn: (pass: string, state: DirectoryState) => swapIn(parts, pass, state),

    /** Deletes a pass that will not be swapped in. */
    dropPass: (pass: string) => dropPass(parts, pass),

    /** True for the one caller that may start a refresh within `everyMs`, however many people are missing. */
    claimRefresh: async (everyMs: number) =>
      (await connection.run((redis) => redis.set(keys.directoryRefresh, '1', 'PX', everyMs, 'NX'))) === 'OK',
  };
}

/** Addresses as `foldEmail` returns them. */
export interface DirectoryEntry extends FleetPerson {
  readonly email: string | null;
  readonly secondaryEmail: string | null;
}

const CHUNK = 500;

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

const DirectoryState = z.object({
  /** When its reading began, by Redis's clock. */
  builtAt: z.number(),
  /** False: people may be missing, so no one may be called unknown. An earlier release did not tell. */
  isWhole: z.boolean().default(false),
  /** False: someone who isn't among the admins may be one. */
  areAdminsKnown: z.boolean().default(false),
});
export type DirectoryState = Readonly<z.infer<typeof DirectoryState>>;

const CurrentPass = DirectoryState.extend({
  pass: z.string(),
  /** A fixed text, hashed under the key the pass was built with. */
  check: z.string(),
  /** People added to it since, which makes its names another list. */
  added: z.number().exactOptional(),
});
type CurrentPass = Readonly<z.infer<typeof CurrentPass>>;

const passCodec = createKeptCodec<CurrentPass>(CurrentPass);

const CHECK = ['directory:check', 'same key'] as const;

/**
 * Null: no pass was swapped in yet, or its key is no longer among `ENCRYPTION_KEYS`. Its hashes match no one then, which
 * must read as "people are being loaded" and not as "you are not in Fleet".
 */
async function readCurrentPass(parts: StoreParts): Promise<CurrentPass | null> {
  const key = parts.keys.directory;
  const json = await parts.connection.read('GET', key);
  const pass = readWith(parts, passCodec, { record: 'directory', key }, json);
  return pass && parts.seal.blinds(...CHECK).includes(pass.check) ? pass : null;
}

// Erased data must not come back: a pass that was under way at the stop is left to expire.
const swapScript = `
if redis.call('EXISTS', KEYS[2]) == 1 then return 1 end
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
for i = 3, 6 do redis.call('PEXPIRE', KEYS[i], ARGV[3]) end
for i = 7, #KEYS do redis.call('PEXPIRE', KEYS[i], ARGV[4]) end
return 1
`;

/** Gives up a pass older than the current one. The same pass again changes nothing. */
async function swapIn(parts: StoreParts, pass: string, state: DirectoryState): Promise<void> {
  const { keys, connection, seal } = parts;
  // An earlier release dated passes by the instance's clock: one from the future must not bar every later one.
  const now = await redisTime(parts);
  for (;;) {
    const json = await connection.run((redis) => redis.get(keys.directory));
    const before = json === null ? null : passCodec.decode(json);
    if (before?.pass === pass) return;
    if (before && before.builtAt > state.builtAt && before.builtAt <= now) return dropPass(parts, pass);
    const after = passCodec.encode({ ...state, pass, check: seal.blind(...CHECK) });
    const swapped = await connection.script(
      swapScript,
      [keys.directory, keys.stop, ...keysOfPass(parts, pass), ...(before ? keysOfPass(parts, before.pass) : [])],
      [json ?? '', after, lifetimesMs.directory, lifetimesMs.replacedPass],
    );
    if (swapped === 1) return;
  }
}

const AddedEntry = z.object({
  at: z.number(),
  entry: FleetPerson.extend({ email: z.string().nullable(), secondaryEmail: z.string().nullable() }),
});
const addedCodec = createCodec<z.infer<typeof AddedEntry>>(AddedEntry);

// Only in the pass that was read, so that nothing is left behind of one that was replaced meanwhile.
const addScript = `
if redis.call('EXISTS', KEYS[2]) == 1 then return 0 end
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL')
redis.call('HSET', KEYS[3], ARGV[3], ARGV[4])
if ARGV[5] ~= '' then
  redis.call('HSET', KEYS[4], ARGV[3], ARGV[5])
  redis.call('ZADD', KEYS[5], 0, ARGV[6])
end
local left = redis.call('PTTL', KEYS[1])
if left > 0 then for i = 3, 5 do redis.call('PEXPIRE', KEYS[i], left) end end
return 1
`;

/** Never as an admin: only a pass over Fleet's list says who is one. */
async function addToCurrent(parts: StoreParts, entry: DirectoryEntry): Promise<void> {
  const at = await redisTime(parts);
  const { keys, connection, seal } = parts;
  const added = seal.encrypt(keys.directoryAdded, addedCodec.encode({ at, entry: { ...entry, isFleetAdmin: false } }));
  await writeUnlessRemoved(parts, (plan) => {
    plan.write('HSET', 'hash', keys.directoryAdded, entry.fleetUserId, added);
    plan.write('PEXPIRE', 'hash', keys.directoryAdded, lifetimesMs.addedPeople);
  });
  const json = await connection.run((redis) => redis.get(keys.directory));
  const pass = json === null ? null : passCodec.decode(json);
  // A pass that is swapped in meanwhile has them from `addedLately`.
  if (json === null || pass === null) return;
  const { people, emails, blinds } = keys.directoryPass(pass.pass);
  const { fleetUserId, name, email } = entry;
  await connection.script(
    addScript,
    [keys.directory, keys.stop, people, emails, blinds],
    [
      json,
      passCodec.encode({ ...pass, added: (pass.added ?? 0) + 1 }),
      String(fleetUserId),
      fleetPersonCodec.encode({ fleetUserId, name, isFleetAdmin: false }),
      email === null ? '' : seal.encrypt(emails, email),
      email === null ? '' : primaryMember(blindOf(seal, email), String(fleetUserId)),
    ],
  );
}

async function addedLately(
  parts: StoreParts,
): Promise<readonly { readonly at: number; readonly entry: DirectoryEntry }[]> {
  const key = parts.keys.directoryAdded;
  const sealed = await parts.connection.run((redis) => redis.hvals(key));
  return sealed.flatMap(
    (one) => readWith(parts, addedCodec, { record: 'added person', key }, parts.seal.decrypt(key, one) ?? '') ?? [],
  );
}

async function dropPass(parts: StoreParts, pass: string): Promise<void> {
  await parts.connection.run((redis) => redis.unlink(...keysOfPass(parts, pass)));
}

function keysOfPass({ keys }: StoreParts, pass: string): readonly string[] {
  return Object.values(keys.directoryPass(pass));
}
