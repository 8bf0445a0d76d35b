import type { ChainableCommander } from 'ioredis';
import type { FleetUserId } from '../domain/ids.ts';
import type { Seal } from '../seal/seal.ts';
import { blindOf, primaryMember, secondaryMember } from './directory-blinds.ts';
import { fleetPersonCodec } from './directory-people.ts';
import { lifetimesMs } from './keys.ts';
import type { DirectoryEntry } from './store.ts';
import type { StoreParts } from './store-parts.ts';

const CHUNK = 500;

/** The same page twice is the same page once: whoever builds may begin a page again. */
export async function addToPass(parts: StoreParts, pass: string, users: readonly DirectoryEntry[]): Promise<void> {
  for (let from = 0; from < users.length; from += CHUNK) {
    const chunk = users.slice(from, from + CHUNK);
    await parts.link.pipeline((pipeline) => fillChunk(pipeline, parts, pass, chunk));
  }
}

export const secondaryField = (fleetUserId: FleetUserId) => `${fleetUserId}:secondary`;

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
