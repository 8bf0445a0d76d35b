import type { Obj } from '../picture-types.ts';

/** Reads blocks as they arrive, assuming nothing about their shape. */
export function obj(value: unknown): Obj {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Obj) : {};
}

export function objects(value: unknown): Obj[] {
  return Array.isArray(value) ? value.map(obj) : [];
}

export function str(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The characters of a text object or a plain string. */
export function textOf(value: unknown): string {
  return str(value) || str(obj(value).text);
}
