import { z } from 'zod';
import { FleetUserId, parseFleetId } from '../domain/ids.ts';
import { type FindByName, findByName } from '../domain/name-match.ts';
import type { FoundByEmail } from '../domain/people/match.ts';
import { FleetPerson } from '../domain/people/people.ts';
import { createCodec, readWith } from './codec.ts';
import type { StoreParts } from './parts.ts';
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
function blindsOf(seal: Seal, email: string): readonly string[] {
  return seal.blinds(CONTEXT, email);
}

function userIdIn(member: unknown): readonly FleetUserId[] {
  if (typeof member !== 'string') return [];
  const id = parseFleetId(FleetUserId, member.slice(member.lastIndexOf('|') + 1));
  return id === null ? [] : [id];
}

interface Copy {
  readonly pass: string;
  readonly added: number;
  readonly find: Promise<FindByName<FleetPerson>>;
}

// A workspace where no one searches keeps no names in memory.
const KEEP_UNUSED_MS = 10 * 60 * 1000;
const PAGE = 1000;

/** The names in this process, read and prepared once per pass: a list option must not cost a scan for each keystroke. */
export function createNameIndex(parts: StoreParts) {
  let copy: Copy | null = null;
  let forget: NodeJS.Timeout | undefined;

  const namesOf = (pass: string, added: number): Promise<FindByName<FleetPerson>> => {
    clearTimeout(forget);
    forget = setTimeout(() => {
      copy = null;
    }, KEEP_UNUSED_MS).unref();
    if (copy?.pass === pass && copy.added === added) return copy.find;
    const loading: Copy = { pass, added, find: readEveryone(parts, pass).then(findByName<FleetPerson>) };
    copy = loading;
    loading.find.catch(() => {
      if (copy === loading) copy = null; // The next search tries again.
    });
    return loading.find;
  };

  return {
    search: async (pass: string, words: string, limit: number, added = 0): Promise<readonly FleetPerson[]> =>
      (await namesOf(pass, added))(words, limit),
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

export interface FoundPeople extends FoundByEmail {
  readonly people: readonly FleetPerson[];
}

export async function findByEmail(parts: StoreParts, pass: string, email: string): Promise<FoundPeople> {
  const { keys, connection, seal } = parts;
  const { blinds, people } = keys.directoryPass(pass);
  const hashes = blindsOf(seal, email);
  // `~` comes after every digit, so the bounds hold exactly this hash's members.
  const bounds = [primaryMember, secondaryMember].flatMap((memberOf) =>
    hashes.flatMap((blind) => [`[${memberOf(blind, '')}`, `(${memberOf(blind, '~')}`]),
  );
  const answer = await connection.readScript(findScript, [blinds, people], bounds);
  const [found = [], known = []] = Found.parse(answer);
  const idsOf = (memberOf: typeof primaryMember) => {
    const ours = found.filter((member) => hashes.some((blind) => member.startsWith(memberOf(blind, ''))));
    return [...new Set(ours.flatMap(userIdIn))];
  };
  return {
    primary: idsOf(primaryMember),
    secondary: idsOf(secondaryMember),
    people: known.flatMap(
      (json) => readWith(parts, fleetPersonCodec, { record: 'fleet person', key: people }, json) ?? [],
    ),
  };
}

const Found = z.array(z.array(z.string()));

// The members between each two bounds, and the people whose ids end them.
const findScript = `
local found, people = {}, {}
for at = 1, #ARGV, 2 do
  for _, member in ipairs(redis.call('ZRANGE', KEYS[1], ARGV[at], ARGV[at + 1], 'BYLEX')) do
    found[#found + 1] = member
    local person = redis.call('HGET', KEYS[2], string.match(member, '[^|]*$'))
    if person then people[#people + 1] = person end
  end
end
return {found, people}
`;
