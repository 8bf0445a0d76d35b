import { setTimeout as sleep } from 'node:timers/promises';
import { sendEvent } from './acts/events.ts';
import type { Core } from './core.ts';
import type { Hub } from './hub.ts';
import type { PersonSeed } from './seed-types.ts';

export async function changePerson(core: Core, id: string, change: Partial<PersonSeed>): Promise<void> {
  const person = core.state.people[id];
  if (person === undefined) throw new Error(`there is no person ${id}`);
  Object.assign(person, change);
  core.changed('person');
  const user = {
    id,
    team_id: core.state.team.id,
    name: person.name,
    real_name: person.realName,
    deleted: person.deleted ?? false,
  };
  await sendEvent(core, { type: 'user_change', user, event_ts: core.ids.ts() });
}

export async function uninstall(core: Core, order: 'tokens_first' | 'app_first'): Promise<void> {
  core.state.tokenRevoked = true;
  core.changed('uninstalled');
  const tokens = {
    type: 'tokens_revoked',
    tokens: { oauth: [], bot: [core.state.bot.userId] },
    event_ts: core.ids.ts(),
  };
  const app = { type: 'app_uninstalled', event_ts: core.ids.ts() };
  for (const event of order === 'tokens_first' ? [tokens, app] : [app, tokens]) await sendEvent(core, event);
}

/** Probes at each change and every 20 ms, because the probe may also depend on state outside the workspace. */
export async function until<T>(
  core: Core,
  hub: Pick<Hub, 'subscribe'>,
  probe: () => T | undefined | false | null,
  { timeoutMs = 15_000, what = 'the expected change' }: { timeoutMs?: number; what?: string } = {},
): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const found = probe();
    if (found !== undefined && found !== false && found !== null) return found;
    if (performance.now() > end) throw new Error(`${what} did not happen within ${timeoutMs} ms.\n${recent(core)}`);
    await nextChange(hub);
  }
}

function nextChange(hub: Pick<Hub, 'subscribe'>): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      unsubscribe();
      // Not during the change itself: its other effects come first.
      setImmediate(resolve);
    };
    const timer = setTimeout(done, 20);
    const unsubscribe = hub.subscribe(done);
  });
}

function recent(core: Core): string {
  const exchanges = core.journal
    .entries()
    .slice(-8)
    .map(({ direction, route, status }) => `${direction} ${route} ${status}`);
  const rules = core.violations
    .list()
    .slice(-5)
    .map(({ rule, where, detail }) => `${rule} (${where}): ${detail}`);
  return ['Last exchanges:', ...exchanges, 'Violations:', ...rules].join('\n');
}

export async function quiet(core: Core, ms = 50): Promise<void> {
  while (performance.now() - core.journal.lastAt() < ms) await sleep(5);
}
