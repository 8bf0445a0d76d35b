import { FleetPerson } from '../domain/people/people.ts';
import { createCodec } from './codec.ts';
import { readWith, type StoreParts } from './store-parts.ts';

export const fleetPersonCodec = createCodec<FleetPerson>(FleetPerson);

/** Those of the ids that the pass knows, in their order. */
export async function readPeople(
  parts: StoreParts,
  pass: string,
  ids: readonly string[],
): Promise<readonly FleetPerson[]> {
  if (ids.length === 0) return [];
  const key = parts.keys.directoryPass(pass).people;
  const stored = await parts.link.run((redis) => redis.hmget(key, ...ids));
  return stored.flatMap((json) => readWith(parts, fleetPersonCodec, { record: 'fleet person', key }, json) ?? []);
}
