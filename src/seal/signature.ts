import { createHmac, timingSafeEqual } from 'node:crypto';
import type { KeyRing, RingKey } from './key-ring.ts';
import type { SealPurpose } from './seal.ts';

// 128 bits: beyond guessing, and 22 characters of a button's 2,000.
const MAC_BYTES = 16;
const SIGNED = /^v1\.([A-Za-z0-9_-]{1,16})\.([A-Za-z0-9_-]{22})\.([\s\S]*)$/;

export function sign(ring: KeyRing, purpose: SealPurpose, text: string): string {
  return `v1.${ring.first.id}.${mac(ring.first, purpose, text)}.${text}`;
}

export function open(ring: KeyRing, purpose: SealPurpose, signed: string): string | null {
  const [, keyId = '', stated = '', text = ''] = SIGNED.exec(signed) ?? [];
  const key = ring.byId(keyId);
  if (!key) return null;
  // Compared as written, not as decoded: two spellings of the same bytes are not the same signature.
  return timingSafeEqual(Buffer.from(stated), Buffer.from(mac(key, purpose, text))) ? text : null;
}

function mac(key: RingKey, purpose: SealPurpose, text: string): string {
  const whole = createHmac('sha256', key.keyFor(`sign:${purpose}`))
    .update(text)
    .digest();
  return whole.subarray(0, MAC_BYTES).toString('base64url');
}
