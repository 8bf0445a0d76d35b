import { FleetUserId, parseFleetId } from '../domain/ids.ts';
import { foldName, rankOf } from '../domain/name-match.ts';
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

interface Name {
  readonly person: FleetPerson;
  readonly folded: string;
}

interface Copy {
  readonly pass: string;
  readonly names: Promise<readonly Name[]>;
}

// A workspace where no one searches keeps no names in memory.
const KEEP_UNUSED_MS = 10 * 60 * 1000;
const PAGE = 1000;

/** The names in this process, read once per pass: a list option must not cost a scan for each keystroke. */
export function createNameIndex(parts: StoreParts) {
  let copy: Copy | null = null;
  let forget: NodeJS.Timeout | undefined;

  const namesOf = (pass: string): Promise<readonly Name[]> => {
    clearTimeout(forget);
    forget = setTimeout(() => {
      copy = null;
    }, KEEP_UNUSED_MS).unref();
    if (copy?.pass === pass) return copy.names;
    const loading: Copy = { pass, names: loadNames(parts, pass) };
    copy = loading;
    loading.names.catch(() => {
      if (copy === loading) copy = null; // The next search tries again.
    });
    return loading.names;
  };

  return {
    async search(pass: string, words: string, limit: number): Promise<readonly FleetPerson[]> {
      const wanted = foldName(words);
      const found = (await namesOf(pass)).flatMap(({ person, folded }) => {
        const rank = rankOf(folded, wanted);
        return rank === null ? [] : [{ person, folded, rank }];
      });
      found.sort((a, b) => a.rank - b.rank || compare(a.folded, b.folded));
      return found.slice(0, limit).map(({ person }) => person);
    },
  };
}

async function loadNames(parts: StoreParts, pass: string): Promise<readonly Name[]> {
  const key = parts.keys.directoryPass(pass).people;
  // By id: a scan may return the same field twice.
  const names = new Map<string, Name>();
  let cursor = '0';
  do {
    const from = cursor;
    const [next, fields] = await parts.connection.run((redis) => redis.hscan(key, from, 'COUNT', PAGE));
    for (let at = 0; at + 1 < fields.length; at += 2) {
      const person = readWith(parts, fleetPersonCodec, { record: 'fleet person', key }, fields[at + 1]);
      if (person) names.set(String(person.fleetUserId), { person, folded: foldName(person.name) });
    }
    cursor = next;
  } while (cursor !== '0');
  return [...names.values()];
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
