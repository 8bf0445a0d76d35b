import { hkdfSync } from 'node:crypto';

export interface EncryptionKey {
  readonly id: string;
  readonly key: Buffer;
}

/** Names each faulty entry by its position, never its value: the message goes to the log of a failed start. */
export class InvalidEncryptionKeys extends Error {
  override name = 'InvalidEncryptionKeys';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('; '));
    this.faults = faults;
  }
}

const KEY_BYTES = 32;
// The id is part of every signed value, between dots.
const KEY_ID = /^[A-Za-z0-9_-]{1,16}$/;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

/** `id:base64key[,id:base64key]`: the first key writes, every key reads. Throws `InvalidEncryptionKeys`. */
export function parseEncryptionKeys(text: string): readonly EncryptionKey[] {
  const faults: string[] = [];
  const keys: EncryptionKey[] = [];
  for (const [index, entry] of text.split(',').entries()) {
    const read = readEntry(entry.trim());
    if (!read.ok) faults.push(`entry ${index + 1} ${read.fault}`);
    else if (keys.some(({ id }) => id === read.key.id)) faults.push(`entry ${index + 1} repeats the id of another`);
    else keys.push(read.key);
  }
  if (faults.length > 0) throw new InvalidEncryptionKeys(faults);
  return keys;
}

type ReadEntry = { readonly ok: true; readonly key: EncryptionKey } | { readonly ok: false; readonly fault: string };

function readEntry(entry: string): ReadEntry {
  const colon = entry.indexOf(':');
  if (colon < 0) return { ok: false, fault: 'is not id:base64key' };
  const id = entry.slice(0, colon);
  if (!KEY_ID.test(id)) return { ok: false, fault: 'has an id that is not 1 to 16 letters, digits, - or _' };
  const encoded = entry.slice(colon + 1);
  const key = Buffer.from(encoded, 'base64');
  if (!BASE64.test(encoded) || key.length !== KEY_BYTES) {
    return { ok: false, fault: `has a key that is not ${KEY_BYTES} bytes of base64` };
  }
  return { ok: true, key: { id, key } };
}

/** One key of `ENCRYPTION_KEYS`. Each use derives a key of its own from it. */
export interface RingKey {
  readonly id: string;
  keyFor(use: string): Buffer;
}

export interface KeyRing {
  /** The key that writes. */
  readonly first: RingKey;
  /** All keys, the first one first. */
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
