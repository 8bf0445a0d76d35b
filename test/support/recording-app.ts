import type { App } from '@slack/bolt';
import { registerHandlers } from '../../src/handlers/index.ts';

export interface Registered {
  readonly kind: string;
  readonly id: string;
}

/** Everything that the app listens to, by name, with nothing started. */
export function registeredHandlers(): readonly Registered[] {
  const registered: Registered[] = [];
  const record = (kind: string) => (on: unknown) => {
    registered.push({ kind, id: idOf(on) });
  };
  const app = {
    use: () => undefined,
    command: record('command'),
    shortcut: record('shortcut'),
    action: record('action'),
    view: record('view'),
    options: record('options'),
    event: record('event'),
  };
  const deps = { workspace: () => null, respond: async () => ({ ok: true, value: undefined }) as const, log: quiet };
  // Only the methods by which handlers are registered are called.
  registerHandlers(app as unknown as App, deps);
  return registered;
}

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

function idOf(on: unknown): string {
  if (typeof on === 'string') return on;
  if (on instanceof RegExp) return String(on);
  const named = on as { readonly action_id?: string; readonly callback_id?: string };
  return named.action_id ?? named.callback_id ?? 'nothing in particular';
}
