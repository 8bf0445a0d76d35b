import type { RequestId } from '../domain/ids.ts';
import { CardCopy } from '../domain/request/request.ts';
import type { CopyPlace } from '../domain/request/signed-card.ts';
import { createCodec } from './codec.ts';
import { lifetimesMs } from './keys.ts';
import { readWith, type StoreParts } from './store-parts.ts';

const copyCodec = createCodec<CardCopy>(CardCopy);

const fieldOf = ({ channel, ts }: CopyPlace) => `${channel}:${ts}`;

export async function readCopies(parts: StoreParts, requestId: RequestId): Promise<readonly CardCopy[]> {
  const key = parts.keys.copies(requestId);
  const stored = await parts.link.run((redis) => redis.hgetall(key));
  return Object.values(stored).flatMap((json) => readWith(parts, copyCodec, { record: 'copy', key }, json) ?? []);
}

/** The last write wins, also with a lower `shows`: what was sent to Slack last is what stands there. */
export async function putCopy(parts: StoreParts, requestId: RequestId, copy: CardCopy): Promise<void> {
  const key = parts.keys.copies(requestId);
  await parts.link.pipeline((pipeline) => {
    pipeline.hset(key, fieldOf(copy), copyCodec.encode(copy));
    pipeline.pexpire(key, lifetimesMs.request);
  });
}

export async function dropCopy(parts: StoreParts, requestId: RequestId, copy: CopyPlace): Promise<void> {
  await parts.link.run((redis) => redis.hdel(parts.keys.copies(requestId), fieldOf(copy)));
}
