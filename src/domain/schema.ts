import { z } from 'zod';

// Whatever is stored, queued or carried through Slack is a zod schema beside its subject, and a type of the same name:
// `export type X = DeepReadonly<z.infer<typeof X>>`.

/** `z.looseObject` without its index signature: fields that a newer release added survive a save by an older one. */
export const looseObject = <Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape> => z.looseObject(shape);

/** A closed list of words that a newer release may extend, so any text is accepted. */
export const openEnum = <Word extends string>() => z.custom<Word>((value) => typeof value === 'string');

export type DeepReadonly<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly DeepReadonly<Item>[]
    : { readonly [Key in keyof T]: DeepReadonly<T[Key]> };
