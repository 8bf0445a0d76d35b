import type { App } from '@slack/bolt';
import { registerHandlers, tables } from '../../src/handlers/index.ts';

export interface Registered {
  readonly kind: string;
  readonly id: string;
}

/** Everything that the app listens to, by name, with nothing started. */
export function registeredHandlers(): readonly Registered[] {
  return Object.entries(tables).flatMap(([kind, table]) => table.map(([id]) => ({ kind, id })));
}

/** The kinds of listeners that Bolt is given, one for each time. */
export function listenersOfBolt(): readonly string[] {
  const kinds: string[] = [];
  const record = (kind: string) => () => void kinds.push(kind);
  const app = {
    use: () => undefined,
    ...Object.fromEntries(Object.keys(tables).map((kind) => [kind, record(kind)])),
  };
  const deps = { workspace: () => null, respond: async () => ({ ok: true, value: undefined }) as const, log: quiet };
  // Only the methods by which listeners are registered are called.
  registerHandlers(app as unknown as App, deps);
  return kinds;
}

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
