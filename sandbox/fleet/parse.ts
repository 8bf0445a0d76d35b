import { reject } from './rejection.ts';

export type Parser<T> = (value: unknown, at: string) => T;
type Shape = Readonly<Record<string, Parser<unknown>>>;
type Parsed<R extends Shape, O extends Shape> = { [K in keyof R]: ReturnType<R[K]> } & {
  [K in keyof O]?: ReturnType<O[K]>;
};

function wrong(at: string, problem: string): never {
  return reject(400, `${at} ${problem}`);
}

/** A JSON id: a positive integer. A string of digits is refused. */
export const id: Parser<number> = (value, at) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : wrong(at, 'must be an integer > 0');

export const text: Parser<string> = (value, at) => (typeof value === 'string' ? value : wrong(at, 'must be a string'));

export const filledText: Parser<string> = (value, at) =>
  typeof value === 'string' && value.length > 0 ? value : wrong(at, 'must be a string of at least 1 character');

export function shortText(most: number): Parser<string> {
  return (value, at) => {
    const found = filledText(value, at);
    return found.length <= most ? found : wrong(at, `must be a string of at most ${most} characters`);
  };
}

export const flag: Parser<boolean> = (value, at) =>
  typeof value === 'boolean' ? value : wrong(at, 'must be true or false');

const COUNTRY = /^[A-Z]{2}$/;
export const country: Parser<string> = (value, at) =>
  typeof value === 'string' && COUNTRY.test(value) ? value : wrong(at, 'must be an ISO 3166-1 alpha-2 code');

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
export const email: Parser<string> = (value, at) =>
  typeof value === 'string' && EMAIL.test(value) ? value : wrong(at, 'must be an email address');

export function oneOf<T extends string>(allowed: readonly T[]): Parser<T> {
  return (value, at) => allowed.find((one) => one === value) ?? wrong(at, `must be one of ${allowed.join(', ')}`);
}

export function listOf<T>(item: Parser<T>, atLeast: number): Parser<T[]> {
  return (value, at) => {
    if (!Array.isArray(value)) return wrong(at, 'must be an array');
    if (value.length < atLeast) return wrong(at, `must hold at least ${atLeast} item(s)`);
    return value.map((one, index) => item(one, `${at}[${index}]`));
  };
}

/** Refuses unknown fields, so that nobody relies on one the API reference does not name. */
export function object<R extends Shape, O extends Shape>(required: R, optional: O): Parser<Parsed<R, O>> {
  return (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong(at, 'must be an object');
    const parsed: Record<string, unknown> = {};
    for (const [key, field] of Object.entries(value)) {
      const parser = Object.hasOwn(required, key)
        ? required[key]
        : Object.hasOwn(optional, key)
          ? optional[key]
          : undefined;
      if (!parser) return wrong(`${at}.${key}`, 'is not a known field');
      parsed[key] = parser(field, `${at}.${key}`);
    }
    for (const key of Object.keys(required)) {
      if (!Object.hasOwn(parsed, key)) return wrong(`${at}.${key}`, 'is required');
    }
    return parsed as Parsed<R, O>;
  };
}

/** An integer as written in a query string. */
export function queryInteger(min: number, max: number): Parser<number> {
  return (value, at) => {
    const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    return number >= min && number <= max ? number : wrong(at, `must be an integer from ${min} to ${max}`);
  };
}

export const queryId = queryInteger(1, Number.MAX_SAFE_INTEGER);
