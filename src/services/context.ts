import type { Lease, Sleep } from '../domain/async.ts';
import type { SlackUserId, WorkspaceId } from '../domain/ids.ts';
import type { SlackGroup, SlackProfile } from '../domain/people/people.ts';
import type { Settings } from '../domain/settings/settings.ts';
import type { Fleet } from '../fleet/fleet.ts';
import type { Seal } from '../store/seal.ts';
import type { WorkspaceStore } from '../store/store.ts';

/** What the services need from Slack: who people are. Implemented in `slack/`, which they don't import. */
export interface SlackPeople {
  profile(slackUserId: SlackUserId): Promise<LookedUp<SlackProfile | null>>;
  profileByEmail(email: string): Promise<LookedUp<SlackProfile | null>>;
  /** User groups, where the workspace gave the app `usergroups:read`. */
  groups(): Promise<LookedUp<readonly SlackGroup[]>>;
  groupMembers(group: string): Promise<LookedUp<readonly SlackUserId[]>>;
}

export type LookedUp<T> = { readonly ok: true; readonly value: T } | LookUpFailed;

/** Slack can't say. */
export interface LookUpFailed {
  readonly ok: false;
  /** How long Slack asked us to wait. */
  readonly retryAfterMs?: number;
  /** The app may not look this up, so trying again won't help. */
  readonly isRefused?: true;
}

/** Everything a service may touch, for one workspace. Nothing crosses from one workspace to another. */
export interface ServiceContext {
  readonly workspaceId: WorkspaceId;
  readonly fleet: Fleet;
  readonly store: WorkspaceStore;
  readonly seal: Seal;
  readonly slackPeople: SlackPeople;
  readonly now: () => number;
  /** Unguessable, `[a-z0-9]{20}`. */
  readonly newId: () => string;
  readonly log: Log;
  readonly sleep: Sleep;
  /** How often we follow Fleet's orders. Overrides the settings. */
  readonly pollEveryMs?: number;
  /** Replaces production's time-out for a search. */
  readonly searchTimeoutMs?: number;
  /** Replaces production's time-out for what an acknowledgement looks up. */
  readonly lookUpTimeoutMs?: number;
  /** Named points at which the crash suite kills the process. Absent everywhere else. */
  readonly step?: (name: string) => Promise<void>;
}

/** For what one person sees at one time: what was read once is not read again, until something is written. */
export function snapshotOf(context: ServiceContext, kind?: string): ServiceContext {
  return { ...context, store: context.store.snapshot(kind) };
}

/**
 * Names a press, command or submission for `Commit.once`. A repeated delivery has the same name, and so has a signed
 * payload that is sent again: Slack's signature is good for five minutes, the name is kept for days.
 */
export function onceName({ seal }: Pick<ServiceContext, 'seal'>, ...parts: readonly string[]): string {
  return `act.${seal.digest(JSON.stringify(parts)).slice(0, 32)}`;
}

/** One snapshot of the settings for the whole operation. */
export interface WithSettings {
  readonly context: ServiceContext;
  readonly settings: Settings;
}

/** Messages are static; what varies goes into `fields`. Never log an email, address, token, body or name. */
export interface Log {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** What a job does next: nothing, or the same again after a while. */
export type JobOutcome = { readonly kind: 'done' } | { readonly kind: 'later'; readonly afterMs: number };

export const jobDone: JobOutcome = { kind: 'done' };

export const retryAfter = (afterMs: number): JobOutcome => ({ kind: 'later', afterMs });

export const RETRY_WHEN_BUSY_MS = 1_000;

/** Keeps two runs of a job apart. Only commits guard what must never happen twice; a lease can expire. */
export async function withLease(
  { store }: ServiceContext,
  names: string | readonly string[],
  ms: number,
  work: (lease: Lease) => Promise<JobOutcome>,
): Promise<JobOutcome> {
  const lease = await store.lease(names, ms);
  if (lease === null) return retryAfter(RETRY_WHEN_BUSY_MS);
  try {
    return await work(lease);
  } finally {
    await lease.release();
  }
}
