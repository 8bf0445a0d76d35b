import { z } from 'zod';

export interface Codec<T> {
  encode(value: T): string;
  /** Null: it does not parse, so it is as if it were not there. */
  decode(text: string): T | null;
}

type Fields = Record<string, unknown>;

export interface CodecOptions<T> {
  /** Of the stored shape: rises with a change that `upgrades` must know of. */
  readonly version: number;
  readonly schema: z.ZodType<T>;
  /** `upgrades[n]` turns version n into n + 1. */
  readonly upgrades?: Readonly<Record<number, (stored: Fields) => Fields>>;
}

const Stored = z.looseObject({ v: z.number().int().optional() });

/**
 * JSON with a version. A newer version is read as far as it can be: while a release rolls out, both read what the
 * other wrote.
 */
export function createCodec<T extends object>({ version, schema, upgrades = {} }: CodecOptions<T>): Codec<T> {
  return {
    encode: (value) => JSON.stringify({ ...value, v: version }),
    decode: (text) => {
      const stored = Stored.safeParse(parseJson(text));
      if (!stored.success) return null;
      const { v = 1, ...rest } = stored.data;
      let fields: Fields = rest;
      for (let from = v; from < version; from += 1) fields = upgrades[from]?.(fields) ?? fields;
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
