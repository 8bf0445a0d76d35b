import { FleetUserId, parseFleetId } from '../domain/ids.ts';
import { type FindByName, findByName } from '../domain/people/find-by-name.ts';
import { FleetPerson } from '../domain/people/people.ts';
import { createCodec, readWith, type StoreParts } from './parts.ts';
import type { Seal } from './seal.ts';

export const fleetPersonCodec = createCodec<FleetPerson>(FleetPerson);

/** The people of these ids that the pass knows, in the order of the ids. */
export async function readPeople(
  parts: StoreParts,
  pass: string,
  ids: readonly string[],
): Promise<readonly FleetPerson[]> {
  if (ids.length === 0) return [];
  const key = parts.keys.directoryPass(pass).people;
  const stored = await parts.connection.read('HMGET', key, ...ids);
  return stored.flatMap((json) => readWith(parts, fleetPersonCodec, { record: 'fleet person', key }, json) ?? []);
}

// Members of one sorted set with equal scores: `<hash>|p|<Fleet user>` for `email`, `|s|` for `secondary_email`.

const CONTEXT = 'directory:email';

export const primaryMember = (blind: string, fleetUserId: string) => `${blind}|p|${fleetUserId}`;
export const secondaryMember = (blind: string, fleetUserId: string) => `${blind}|s|${fleetUserId}`;

/** Of the address as given: `foldEmail` has already folded it. */
export function blindOf(seal: Seal, email: string): string {
  return seal.blind(CONTEXT, email);
}

/** Under every key: an older one may have written the index. */
export function blindsOf(seal: Seal, email: string): readonly string[] {
  return seal.blinds(CONTEXT, email);
}

export function userIdIn(member: unknown): readonly FleetUserId[] {
  if (typeof member !== 'string') return [];
  const id = parseFleetId(FleetUserId, member.slice(member.lastIndexOf('|') + 1));
  return id === null ? [] : [id];
}

interface Copy {
  readonly pass: string;
  readonly find: Promise<FindByName<FleetPerson>>;
}

// A workspace where no one searches keeps no names in memory.
const KEEP_UNUSED_MS = 10 * 60 * 1000;
const PAGE = 1000;

/** The names in this process, read and prepared once per pass: a list option must not cost a scan for each keystroke. */
export function createNameIndex(parts: StoreParts) {
  let copy: Copy | null = null;
  let forget: NodeJS.Timeout | undefined;

  const namesOf = (pass: string): Promise<FindByName<FleetPerson>> => {
    clearTimeout(forget);
    forget = setTimeout(() => {
      copy = null;
    }, KEEP_UNUSED_MS).unref();
    if (copy?.pass === pass) return copy.find;
    const loading: Copy = { pass, find: readEveryone(parts, pass).then(findByName<FleetPerson>) };
    copy = loading;
    loading.find.catch(() => {
      if (copy === loading) copy = null; // The next search tries again.
    });
    return loading.find;
  };

  return {
    search: async (pass: string, words: string, limit: number): Promise<readonly FleetPerson[]> =>
      (await namesOf(pass))(words, limit),
  };
}

async function readEveryone(parts: StoreParts, pass: string): Promise<readonly FleetPerson[]> {
  const key = parts.keys.directoryPass(pass).people;
  // By id: a scan may return the same field twice.
  const people = new Map<string, FleetPerson>();
  let cursor = '0';
  do {
    const from = cursor;
    const [next, fields] = await parts.connection.run((redis) => redis.hscan(key, from, 'COUNT', PAGE));
    for (let at = 0; at + 1 < fields.length; at += 2) {
      const person = readWith(parts, fleetPersonCodec, { record: 'fleet person', key }, fields[at + 1]);
      if (person) people.set(String(person.fleetUserId), person);
    }
    cursor = next;
  } while (cursor !== '0');
  return [...people.values()];
}
