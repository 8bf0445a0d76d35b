import { z } from 'zod';

export interface Codec<T> {
  encode(value: T): string;
  /** Null: it does not parse, so it is as if it were not there. */
  decode(text: string): T | null;
}

const VERSION = 1;

const Stored = z.looseObject({ v: z.int().optional() });

/**
 * JSON with a version. A newer version is read as far as it can be: while a release rolls out, both read what the
 * other wrote.
 */
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

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
