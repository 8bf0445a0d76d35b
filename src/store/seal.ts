import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { SlackUserId, WorkspaceId } from '../domain/ids.ts';
import { createKeyRing, type EncryptionKey, type KeyRing, type RingKey } from './key-ring.ts';

/** A value signed for one purpose is invalid for another. */
export type SealPurpose = 'card' | 'modal' | 'at_rest';

/** Whose modal it is, and which. */
export interface ModalOf {
  readonly workspaceId: WorkspaceId;
  readonly slackUserId: SlackUserId;
  /** `callback_id` */
  readonly view: string;
}

/** Signs what Slack holds for us (buttons, modals) and encrypts what Redis holds, with the keys of `ENCRYPTION_KEYS`. */
export interface Seal {
  /** `v1.<key id>.<mac>.<text>`: readable, and invalid once changed. */
  sign(purpose: SealPurpose, text: string): string;
  /** Null: not signed by us, changed, or signed for another purpose. Any key of `ENCRYPTION_KEYS` is accepted. */
  open(purpose: SealPurpose, signed: string): string | null;
  /** `memory` is a JSON object. What it says counts for this person in this modal only. */
  signModal(of: ModalOf, memory: string): string;
  /**
   * The text that was signed. Null: not by us, or for someone else or another modal. The previous release's memory says
   * nothing of that, and lives only as long as its modal is open.
   */
  openModal(of: ModalOf, metadata: string): string | null;
  /** AES-256-GCM under the first key, whose id is stored with it. Decrypting needs the same `context`. */
  encrypt(context: string, text: string): string;
  /** Null: unknown key, other context, or changed. */
  decrypt(context: string, sealed: string): string | null;
  /** A keyed hash under the first key: indexes values (email addresses) without keeping them. */
  blind(context: string, text: string): string;
  /** The same under every key, the first one first, to search with: an older key may have written the index. */
  blinds(context: string, text: string): readonly string[];
  /** SHA-256, hex: the fingerprint of what an approver signs. */
  digest(text: string): string;
}

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const USE = 'encrypt';
const SEALED = /^v1\.([A-Za-z0-9_-]{1,16})\.([A-Za-z0-9_-]+)$/;

/** `v1.<key id>.<nonce, ciphertext and tag>`. */
function encrypt(ring: KeyRing, context: string, text: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, ring.first.keyFor(USE), nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(context));
  const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `v1.${ring.first.id}.${sealed.toString('base64url')}`;
}

function decrypt(ring: KeyRing, context: string, sealed: string): string | null {
  const [, keyId = '', encoded = ''] = SEALED.exec(sealed) ?? [];
  const key = ring.byId(keyId);
  const bytes = Buffer.from(encoded, 'base64url');
  // Decoding ignores stray bits in the last character. We don't.
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
    return null; // `final` throws if the tag doesn't match.
  }
}

// 128 bits can't be guessed, and take 22 characters of a button's 2,000.
const MAC_BYTES = 16;
const SIGNED = /^v1\.([A-Za-z0-9_-]{1,16})\.([A-Za-z0-9_-]{22})\.([\s\S]*)$/;

function sign(ring: KeyRing, purpose: SealPurpose, text: string): string {
  return `v1.${ring.first.id}.${mac(ring.first, purpose, text)}.${text}`;
}

function open(ring: KeyRing, purpose: SealPurpose, signed: string): string | null {
  const [, keyId = '', stated = '', text = ''] = SIGNED.exec(signed) ?? [];
  const key = ring.byId(keyId);
  if (!key) return null;
  // Compared as text: two spellings of the same bytes are not the same signature.
  return timingSafeEqual(Buffer.from(stated), Buffer.from(mac(key, purpose, text))) ? text : null;
}

function mac(key: RingKey, purpose: SealPurpose, text: string): string {
  const whole = createHmac('sha256', key.keyFor(`sign:${purpose}`))
    .update(text)
    .digest();
  return whole.subarray(0, MAC_BYTES).toString('base64url');
}

/** The first key writes, every key reads. Throws without any key. */
export function createSeal(keys: readonly EncryptionKey[]): Seal {
  const ring = createKeyRing(keys);
  return {
    sign: (purpose, text) => sign(ring, purpose, text),
    open: (purpose, signed) => open(ring, purpose, signed),
    signModal: (of, memory) => sign(ring, 'modal', JSON.stringify({ ...JSON.parse(memory), for: namesOf(of) })),
    openModal: (of, metadata) => openModal(ring, of, metadata),
    encrypt: (context, text) => encrypt(ring, context, text),
    decrypt: (context, sealed) => decrypt(ring, context, sealed),
    blind: (context, text) => blind(ring.first, context, text),
    blinds: (context, text) => ring.keys.map((key) => blind(key, context, text)),
    digest: (text) => createHash('sha256').update(text).digest('hex'),
  };
}

const namesOf = ({ workspaceId, slackUserId, view }: ModalOf): readonly string[] => [workspaceId, slackUserId, view];

const Sealed = z.object({ for: z.unknown() });

function openModal(ring: KeyRing, of: ModalOf, metadata: string): string | null {
  const text = open(ring, 'modal', metadata);
  if (text === null) return null;
  const sealed = Sealed.safeParse(jsonOf(text)).data?.for;
  return sealed === undefined || JSON.stringify(sealed) === JSON.stringify(namesOf(of)) ? text : null;
}

/** Null: it is no JSON, like the previous release's settings. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function blind(key: RingKey, context: string, text: string): string {
  // As JSON, so that no two pairs of context and text give the same bytes.
  const pair = JSON.stringify([context, text]);
  return createHmac('sha256', key.keyFor('blind')).update(pair).digest().subarray(0, 16).toString('base64url');
}
