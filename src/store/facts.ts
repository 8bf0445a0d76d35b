import type { StoreParts } from './store-parts.ts';

/** By Redis' own clock: what is over is gone, whatever time the services go by. */
export async function remember({ keys, link }: StoreParts, name: string, value: string, ms: number): Promise<void> {
  await link.run((redis) => redis.set(keys.fact(name), value, 'PX', ms));
}

export async function remembered(
  { keys, link }: StoreParts,
  names: readonly string[],
): Promise<readonly (string | null)[]> {
  if (names.length === 0) return [];
  return link.run((redis) => redis.mget(names.map((name) => keys.fact(name))));
}

const count = `
local times = redis.call('INCR', KEYS[1])
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return times
`;

export async function countTime({ keys, link }: StoreParts, name: string, ms: number): Promise<number> {
  return Number(await link.script(count, [keys.count(name)], [ms]));
}
