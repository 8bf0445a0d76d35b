import { Pause } from '../domain/failures/pause.ts';
import { createCodec } from './codec.ts';
import { readWith, type StoreParts } from './store-parts.ts';

export const pauseCodec = createCodec<Pause>(Pause);

export async function readPause(parts: StoreParts): Promise<Pause | null> {
  const key = parts.keys.pause;
  const json = await parts.link.run((redis) => redis.get(key));
  return readWith(parts, pauseCodec, { record: 'pause', key }, json);
}

/** A pause that already stands is not changed. */
export async function setPause({ keys, link }: StoreParts, pause: Pause): Promise<boolean> {
  return (await link.run((redis) => redis.set(keys.pause, pauseCodec.encode(pause), 'NX'))) === 'OK';
}

export async function clearPause({ keys, link }: StoreParts): Promise<void> {
  await link.run((redis) => redis.del(keys.pause));
}
