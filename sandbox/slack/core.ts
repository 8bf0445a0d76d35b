import type { FaultKeeper } from './faults.ts';
import type { Ids } from './ids.ts';
import type { JournalKeeper } from './journal.ts';
import type { Manifest } from './manifest.ts';
import type { Tickets } from './tickets.ts';
import type { ViolationKeeper } from './violations.ts';
import type { WorkspaceState } from './workspace-state.ts';

/** What every part of the stand-in shares. Only `state` is exposed. */
export interface Core {
  readonly state: WorkspaceState;
  readonly manifest: Manifest;
  readonly journal: JournalKeeper;
  readonly violations: ViolationKeeper;
  readonly faults: FaultKeeper;
  readonly tickets: Tickets;
  readonly ids: Ids;
  readonly settings: Settings;
  /** Aborted when the workspace closes. */
  readonly closing: AbortSignal;
  now(): number;
  changed(what: string): void;
  /** The URL of the instance that gets the next delivery. */
  nextTarget(): string | undefined;
  baseUrl(): string;
}

interface Settings {
  signingSecret: string;
  botToken: string;
  ackTimeoutMs: number;
  searchTimeoutMs: number;
  eventRetryDelaysMs: readonly number[];
  suggestionState: 'empty' | 'stale';
  rateLimits: boolean;
}

/** A notice from Slack itself to a person. */
export function notice(core: Core, userId: string, text: string): void {
  core.state.notices.push({ userId, at: core.now(), text });
  core.changed('notice');
}
