import { Stop } from '../domain/stop.ts';
import { createCodec } from './codec.ts';
import type { CommitPlan } from './commit-plan.ts';
import { lifetimesMs } from './keys.ts';
import { readWith, type StoreParts } from './store-parts.ts';

const stopCodec = createCodec<Stop>(Stop);

export function planStop(plan: CommitPlan, { keys }: StoreParts, stop: Stop | null): void {
  if (stop === null) plan.write('DEL', 'string', keys.stop);
  else plan.write('SET', 'string', keys.stop, stopCodec.encode(stop), 'PX', lifetimesMs.stop);
}

export async function readStop(parts: StoreParts): Promise<Stop | null> {
  const key = parts.keys.stop;
  const json = await parts.link.run((redis) => redis.get(key));
  return readWith(parts, stopCodec, { record: 'stop', key }, json);
}
