import type { Core } from '../core.ts';
import { bool, type Obj, str } from '../json.ts';
import { Refusal } from '../refusal.ts';

export interface Method {
  /** Any one of these is enough; empty if none is needed. */
  scopes: string[];
  /** The arguments the method knows; any other is a mistake in the app. */
  args: readonly string[];
  /** Calls per minute, for the rate limit option. */
  perMinute: number;
  answer(core: Core, args: Obj): Obj;
}

export type Methods = Record<string, Method>;

export function required(args: Obj, name: string): string {
  const value = str(args[name]);
  if (value === undefined || value === '')
    throw new Refusal('invalid_arguments', [`[ERROR] missing required field: ${name}`]);
  return value;
}

export function optional(args: Obj, name: string): string | undefined {
  const value = str(args[name]);
  return value === '' ? undefined : value;
}

export function flag(args: Obj, name: string): boolean {
  return bool(args[name]);
}

export function granted(core: Core, scope: string): boolean {
  return core.manifest.scopes.includes(scope);
}
