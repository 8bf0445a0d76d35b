import type { TenantId } from '../domain/ids.ts';
import type { Settings } from '../domain/settings/settings.ts';
import type { Seal } from '../seal/seal.ts';
import type { Codec } from './codec.ts';
import type { TenantKeys } from './keys.ts';
import type { Link } from './link.ts';

/** A stored value that no longer parses: it counts as absent, and somebody should hear of it. Neither holds a value. */
export interface Unreadable {
  readonly record: string;
  readonly key: string;
}

/** What every part of one tenant's store works with. */
export interface StoreParts {
  readonly tenant: TenantId;
  readonly keys: TenantKeys;
  readonly link: Link;
  readonly seal: Seal;
  readonly now: () => number;
  readonly onUnreadable: (what: Unreadable) => void;
  readonly settingsCodec: Codec<Settings>;
}

/** Reads one stored text; null when it is not there or not readable. */
export function readWith<T>(
  { onUnreadable }: Pick<StoreParts, 'onUnreadable'>,
  codec: Codec<T>,
  what: Unreadable,
  text: string | null | undefined,
): T | null {
  if (text === null || text === undefined) return null;
  const value = codec.decode(text);
  if (value === null) onUnreadable(what);
  return value;
}
