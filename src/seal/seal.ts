/** What is signed or encrypted under which name: a value signed for one purpose is worthless for another. */
export type SealPurpose = 'card' | 'modal' | 'at_rest';

/** Signing of what people hold (buttons, modals) and encryption of what Redis holds. Keys come from `ENCRYPTION_KEYS`. */
export interface Seal {
  /** `v1.<key id>.<mac>.<text>`: readable, and worthless once changed. */
  sign(purpose: SealPurpose, text: string): string;
  /** Null: not signed by us, changed, or signed for another purpose. Any key of `ENCRYPTION_KEYS` is accepted. */
  open(purpose: SealPurpose, signed: string): string | null;
  /** AES-256-GCM under the first key, its id stored beside. `context` must be the same when decrypting. */
  encrypt(context: string, text: string): string;
  /** Null: another key, another context, or changed. */
  decrypt(context: string, sealed: string): string | null;
  /** Keyed hash for looking up without keeping the value (e-mails), under the first key: what an index is written with. */
  blind(context: string, text: string): string;
  /** The same under every key, the first one first: what to look for, since an older key may have written the index. */
  blinds(context: string, text: string): readonly string[];
  /** SHA-256, hex: the fingerprint of what is signed. */
  digest(text: string): string;
}
