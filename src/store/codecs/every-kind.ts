import type { z } from 'zod';

interface Kinds {
  readonly kind: string;
}

/**
 * The schema of a union; one that lacks a kind does not compile. `z.ZodType` alone lets that pass, and what was
 * accepted would then be written and never be read again.
 */
export const everyKind =
  <Union extends Kinds>() =>
  <Read extends Union>(
    schema: z.ZodType<Read> & ([Exclude<Union['kind'], Read['kind']>] extends [never] ? unknown : 'a kind is missing'),
  ): z.ZodType<Union> =>
    schema;
