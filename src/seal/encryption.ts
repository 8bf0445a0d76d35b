import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyRing } from './key-ring.ts';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const USE = 'encrypt';
const SEALED = /^v1\.([A-Za-z0-9_-]{1,16})\.([A-Za-z0-9_-]+)$/;

/** `v1.<key id>.<nonce, ciphertext and tag>`. */
export function encrypt(ring: KeyRing, context: string, text: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, ring.first.keyFor(USE), nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(context));
  const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `v1.${ring.first.id}.${sealed.toString('base64url')}`;
}

export function decrypt(ring: KeyRing, context: string, sealed: string): string | null {
  const [, keyId = '', encoded = ''] = SEALED.exec(sealed) ?? [];
  const key = ring.byId(keyId);
  const bytes = Buffer.from(encoded, 'base64url');
  // Decoding forgives stray bits in the last character; a seal does not.
  if (!key || bytes.length < NONCE_BYTES + TAG_BYTES || bytes.toString('base64url') !== encoded) return null;
  const decipher = createDecipheriv(CIPHER, key.keyFor(USE), bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  try {
    const text = decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    return null; // `final` throws where the tag does not fit: another key, another context, or changed.
  }
}
