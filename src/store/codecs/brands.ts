import { z } from 'zod';

// Our own records are trusted to name the right kind of id: only the shape is checked.

/** A branded text, or a closed list of words that a newer release may have made longer. */
export const branded = <T extends string>() => z.custom<T>((value) => typeof value === 'string');

/** A branded whole number. */
export const brandedId = <T extends number>() => z.custom<T>((value) => Number.isSafeInteger(value));
