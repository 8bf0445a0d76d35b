import { hkdfSync } from 'node:crypto';
import type { EncryptionKey } from './encryption-keys.ts';

/** One key of `ENCRYPTION_KEYS`, from which every use gets a key of its own. */
export interface RingKey {
  readonly id: string;
  keyFor(use: string): Buffer;
}

export interface KeyRing {
  /** The one that writes. */
  readonly first: RingKey;
  /** All of them, the first one first. */
  readonly keys: readonly RingKey[];
  byId(id: string): RingKey | null;
}

export function createKeyRing(keys: readonly EncryptionKey[]): KeyRing {
  const ring = keys.map(createRingKey);
  const [first] = ring;
  if (!first) throw new RangeError('at least one encryption key is needed');
  return { first, keys: ring, byId: (id) => ring.find((key) => key.id === id) ?? null };
}

function createRingKey({ id, key }: EncryptionKey): RingKey {
  const derived = new Map<string, Buffer>();
  return {
    id,
    keyFor: (use) => {
      const known = derived.get(use);
      if (known) return known;
      const made = Buffer.from(hkdfSync('sha256', key, '', `fleet-slack:v1:${use}`, 32));
      derived.set(use, made);
      return made;
    },
  };
}
