import { z } from 'zod';

/** A stored value that no longer parses counts as absent, and is reported by its name and key only. */
export interface Unreadable {
  readonly record: string;
  readonly key: string;
}

/** Decodes one stored text. Null: not there, or not readable. */
export function readWith<T>(
  { onUnreadable }: { readonly onUnreadable: (what: Unreadable) => void },
  codec: Codec<T>,
  what: Unreadable,
  text: string | null | undefined,
): T | null {
  if (text === null || text === undefined) return null;
  const value = codec.decode(text);
  if (value === null) onUnreadable(what);
  return value;
}

export interface Codec<T> {
  encode(value: T): string;
  /** Null: it does not parse, and counts as absent. */
  decode(text: string): T | null;
}

const VERSION = 1;

const Stored = z.looseObject({ v: z.int().optional() });

/** JSON with a version. A newer version is read as far as possible: during a rollout, both releases read both. */
export function createCodec<T extends object>(schema: z.ZodType<T>): Codec<T> {
  return {
    encode: (value) => JSON.stringify({ ...value, v: VERSION }),
    decode: (text) => {
      const stored = Stored.safeParse(parseJson(text));
      if (!stored.success) return null;
      const { v, ...fields } = stored.data;
      return schema.safeParse(fields).data ?? null;
    },
  };
}

/** Of each kind of record. */
const MAX_KEPT = 100;
const MAX_KEPT_LENGTH = 10_000;

/**
 * For records that are read again and again: the same text is decoded once, so its value can't be changed. Not for what is
 * sealed at rest, whose text would stay in the process. Unreadable texts are reported each time.
 */
export function createKeptCodec<T extends object>(schema: z.ZodType<T>): Codec<T> {
  const { encode, decode } = createCodec(schema);
  const known = new Map<string, T>();
  return {
    encode,
    decode: (text) => {
      const before = known.get(text);
      if (before !== undefined) return before;
      const value = decode(text);
      if (value === null || text.length > MAX_KEPT_LENGTH) return value;
      const [oldest] = known.keys();
      if (known.size === MAX_KEPT && oldest !== undefined) known.delete(oldest);
      known.set(text, frozen(value));
      return value;
    },
  };
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
