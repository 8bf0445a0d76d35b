import type { Server } from 'node:http';
import { sendEvent } from './acts/events.ts';
import type { Core } from './core.ts';
import { defaultSeed } from './default-seed.ts';
import { createFaults } from './faults.ts';
import { createHub, type Hub } from './hub.ts';
import { createIds } from './ids.ts';
import { createJournal } from './journal.ts';
import { copy } from './json.ts';
import { loadManifest } from './manifest.ts';
import { createPerson } from './people/person.ts';
import type { SlackOptions, SlackSeed } from './seed-types.ts';
import { redeliver, sendRaw } from './send.ts';
import { createSlackServer } from './server.ts';
import { createTickets } from './tickets.ts';
import { createViolations } from './violations.ts';
import { changePerson, quiet, uninstall, until } from './workspace-acts.ts';
import { createState } from './workspace-state.ts';
import type { SlackWorkspace } from './workspace-types.ts';

export type { Act, SubmitResult } from './act-types.ts';
export type {
  SlackMessage,
  SlackModal,
  SlackPerson,
} from './person-types.ts';
export type { PersonSeed, SlackOptions, SlackSeed } from './seed-types.ts';
export type { SlackWorkspace } from './workspace-types.ts';

/** Starts a Slack workspace on 127.0.0.1 that enforces Slack's rules. Point the app's `slackApiUrl` at `apiUrl`. */
export async function startSlack(options: SlackOptions = {}): Promise<SlackWorkspace> {
  const seed = options.seed ?? defaultSeed;
  const hub = createHub(options.now ?? Date.now);
  const closing = new AbortController();
  const targets: string[] = [];
  let turn = 0;
  let baseUrl = '';
  const core = createCore(seed, options, {
    hub,
    closing: closing.signal,
    baseUrl: () => baseUrl,
    nextTarget: () => {
      turn += 1;
      return targets[(turn - 1) % Math.max(1, targets.length)];
    },
  });
  const server = createSlackServer(core);
  baseUrl = `http://127.0.0.1:${await listen(server, options.port ?? 0)}`;
  return {
    apiUrl: `${baseUrl}/api/`,
    signingSecret: core.settings.signingSecret,
    botToken: core.settings.botToken,
    faults: core.faults,
    journal: core.journal,
    violations: core.violations,
    seed,
    state: { snapshot: () => ({ ...copy(core.state), violations: core.violations.list(), version: hub.version() }) },
    subscribe: hub.subscribe,
    deliverTo(urls) {
      targets.splice(0, targets.length, ...(Array.isArray(urls) ? urls : [urls]));
    },
    person: (id) => createPerson(core, id),
    send: (request) => sendRaw(core, request),
    redeliver: (previous, how) => redeliver(core, previous, how),
    event: (event) => sendEvent(core, event),
    changePerson: (id, change) => changePerson(core, id, change),
    changeChannel(id, change) {
      const channel = core.state.channels[id];
      if (channel === undefined) throw new Error(`there is no channel ${id}`);
      Object.assign(channel, change);
      core.changed('channel');
    },
    uninstall: (order = 'tokens_first') => uninstall(core, order),
    tamper: {
      privateMetadata(viewId, value) {
        const record = core.state.views[viewId];
        if (record === undefined) throw new Error(`there is no view ${viewId}`);
        record.view.private_metadata = value;
      },
    },
    until: (probe, how) => until(core, hub, probe, how),
    quiet: (ms) => quiet(core, ms),
    async close() {
      closing.abort();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function createCore(
  seed: SlackSeed,
  options: SlackOptions,
  parts: { hub: Hub; closing: AbortSignal; baseUrl: () => string; nextTarget: () => string | undefined },
): Core {
  const { hub, closing, baseUrl, nextTarget } = parts;
  const ids = createIds(hub.now);
  const manifest = loadManifest(options.manifest, seed.manifestPath);
  return {
    state: createState(copy(seed)),
    manifest: { ...manifest, scopes: seed.grantedScopes ?? manifest.scopes },
    journal: createJournal(options.journalLimit ?? 20_000, () => hub.changed('journal')),
    violations: createViolations(hub.now, () => hub.changed('violation')),
    faults: createFaults(),
    tickets: createTickets(hub.now, ids, { baseUrl, teamId: seed.team.id }),
    ids,
    settings: {
      signingSecret: options.signingSecret ?? '5a4db0c5f1e94c7b8d2e6a3f90b17c48',
      botToken: options.botToken ?? 'xoxb-sandbox-bot-token',
      ackTimeoutMs: options.ackTimeoutMs ?? 3000,
      searchTimeoutMs: options.searchTimeoutMs ?? options.ackTimeoutMs ?? 3000,
      eventRetryDelaysMs: options.eventRetryDelaysMs ?? [0, 60_000, 300_000],
      suggestionState: options.suggestionState ?? 'empty',
      rateLimits: options.rateLimits ?? false,
    },
    closing,
    now: hub.now,
    changed: hub.changed,
    nextTarget,
    baseUrl,
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
