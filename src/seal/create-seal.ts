import { createHash, createHmac } from 'node:crypto';
import { decrypt, encrypt } from './encryption.ts';
import type { EncryptionKey } from './encryption-keys.ts';
import { createKeyRing, type RingKey } from './key-ring.ts';
import type { Seal } from './seal.ts';
import { open, sign } from './signature.ts';

/** The first key writes, every key reads. Throws without any key. */
export function createSeal(keys: readonly EncryptionKey[]): Seal {
  const ring = createKeyRing(keys);
  return {
    sign: (purpose, text) => sign(ring, purpose, text),
    open: (purpose, signed) => open(ring, purpose, signed),
    encrypt: (context, text) => encrypt(ring, context, text),
    decrypt: (context, sealed) => decrypt(ring, context, sealed),
    blind: (context, text) => blind(ring.first, context, text),
    blinds: (context, text) => ring.keys.map((key) => blind(key, context, text)),
    digest: (text) => createHash('sha256').update(text).digest('hex'),
  };
}

function blind(key: RingKey, context: string, text: string): string {
  // As JSON, so that no two pairs of context and text are the same bytes.
  const pair = JSON.stringify([context, text]);
  return createHmac('sha256', key.keyFor('blind')).update(pair).digest().subarray(0, 16).toString('base64url');
}
