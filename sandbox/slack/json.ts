/** Reads payloads as they arrive, assuming nothing about their shape. */
export type Obj = Record<string, unknown>;

export function isObj(value: unknown): value is Obj {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function obj(value: unknown): Obj {
  return isObj(value) ? value : {};
}

export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function objects(value: unknown): Obj[] {
  return list(value).filter(isObj);
}

export function str(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function bool(value: unknown): boolean {
  return value === true || value === 'true' || value === '1';
}

/** The characters of a text object or a plain string. */
export function textOf(value: unknown): string | undefined {
  return str(value) ?? str(obj(value).text);
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function copy<T>(value: T): T {
  return structuredClone(value);
}
