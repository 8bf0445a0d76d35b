import type { Lease } from '../domain/async.ts';
import type { AuditEntry } from '../domain/audit.ts';
import type { DraftCart, Preferences } from '../domain/cart/cart.ts';
import type { Pause } from '../domain/failures/pause.ts';
import type { FleetOrderId, FleetUserId, RequestId, SlackUserId, SlackViewId } from '../domain/ids.ts';
import type { FollowedOrder, SweepMark } from '../domain/orders/follow.ts';
import type { FoundByEmail } from '../domain/people/match.ts';
import type { FleetPerson, Link, SlackProfile } from '../domain/people/people.ts';
import type { Deputy } from '../domain/request/decide.ts';
import type { CardCopy, CopyPlace, DeviceRequest } from '../domain/request/request.ts';
import type { Settings } from '../domain/settings/settings.ts';
import type { Stop, WorkItem } from '../domain/work.ts';

/** Compare-and-set: a new record has revision 1, its replacement one more than the record it replaces. */
export interface Replacement<T> {
  /** Null: there must be no such record. */
  readonly expectedRevision: number | null;
  /** Null: the record is deleted. */
  readonly next: T;
}

export interface LinkChange {
  readonly expected: Link | null;
  readonly next: Link | null;
}

export interface DeputyChange {
  readonly slackUserId: SlackUserId;
  readonly next: Deputy | null;
}

/**
 * One script writes all of a commit, or nothing. So a change is recorded together with the work it causes: `work` goes
 * to the workspace's outbox in the same step.
 */
export interface Commit {
  readonly draft?: { readonly slackUserId: SlackUserId } & Replacement<DraftCart | null>;
  readonly request?: Replacement<DeviceRequest>;
  /** Settings hold no revision of their own: `savedSettings` returns it. */
  readonly settings?: Replacement<Settings>;
  /** Null to a link creates it, a link to null removes it. `conflict`: either side was linked or unlinked meanwhile. */
  readonly link?: LinkChange;
  /** Null: the person is back, and no one is asked in their place. */
  readonly deputy?: DeputyChange;
  /** Null: work for the workspace resumes. */
  readonly stop?: Stop | null;
  /** Starts a pause, unless one is on: then nothing is written and the answer is `repeated`. Null: ends it. */
  readonly pause?: Pause | null;
  /**
   * Remembered for 7 days: the same name again writes nothing and answers `repeated`, whatever the revisions are now.
   * So a commit whose answer was lost can be sent again: `repeated` and `committed` both mean it was written.
   */
  readonly once?: string;
  readonly work?: readonly WorkItem[];
  readonly audit?: readonly AuditEntry[];
}

export type Committed = 'committed' | 'conflict' | 'repeated';

/** All of one workspace's records. Values are parsed by zod on the way out: older releases of us wrote some of them. */
export interface WorkspaceStore {
  commit(commit: Commit): Promise<Committed>;

  draft(slackUserId: SlackUserId): Promise<DraftCart | null>;
  drafts(): AsyncIterable<{ readonly slackUserId: SlackUserId; readonly draft: DraftCart; readonly savedAt: number }>;
  preferences(slackUserId: SlackUserId): Promise<Preferences>;
  setPreferences(slackUserId: SlackUserId, change: Partial<Preferences>): Promise<void>;
  /** Who is asked in this person's place now. Null: they are there. */
  deputy(slackUserId: SlackUserId): Promise<Deputy | null>;

  request(requestId: RequestId): Promise<DeviceRequest | null>;
  /** The newest request for this order, whatever its state. */
  requestForOrder(fleetOrderId: FleetOrderId): Promise<DeviceRequest | null>;
  /** Pending, validating or unconfirmed; oldest first. */
  openRequests(): Promise<readonly DeviceRequest[]>;
  /** Newest first, at most `limit`. */
  requestsBy(requester: SlackUserId, limit: number): Promise<readonly DeviceRequest[]>;
  /** Open ones that wait for this approver, oldest first. */
  requestsWaitingFor(approver: SlackUserId): Promise<readonly DeviceRequest[]>;

  /** What was ordered and Fleet can still move. No record is read for it. */
  followedOrders(): Promise<readonly FollowedOrder[]>;
  dropFollowedOrder(order: FollowedOrder): Promise<void>;
  /** Their records, and where their cards stand, live on as if they had changed now. */
  renewFollowedOrders(orders: readonly FollowedOrder[]): Promise<void>;
  /** Where the last sweep left off. */
  sweepMark(): Promise<SweepMark>;
  putSweepMark(mark: SweepMark): Promise<void>;

  copies(requestId: RequestId): Promise<readonly CardCopy[]>;
  putCopy(requestId: RequestId, copy: CardCopy): Promise<void>;
  dropCopy(requestId: RequestId, copy: CopyPlace): Promise<void>;

  noteHomeOpened(slackUserId: SlackUserId): Promise<void>;
  /** Those of these people who have opened the Home tab lately. */
  peopleWithHome(people: readonly SlackUserId[]): Promise<readonly SlackUserId[]>;

  settings(): Promise<Settings>;
  /** The settings with the revision to save them over; null while the defaults hold. */
  savedSettings(): Promise<{ readonly revision: number | null; readonly settings: Settings }>;

  link(slackUserId: SlackUserId): Promise<Link | null>;
  linkOf(fleetUserId: FleetUserId): Promise<Link | null>;
  /** Newest first. */
  links(limit: number): Promise<readonly Link[]>;
  /** People who came and whom Fleet does not know: the newest, for a month. */
  noteUnmatched(slackUserId: SlackUserId): Promise<void>;
  unmatchedPeople(): Promise<readonly SlackUserId[]>;
  dropUnmatched(slackUserId: SlackUserId): Promise<void>;

  /** Null: work for the workspace goes on. */
  stop(): Promise<Stop | null>;

  /** Ordering pauses for everybody (revoked or read-only key, company gone). Null: it does not. */
  pause(): Promise<Pause | null>;
  /** True for exactly one caller per pause: who tells the admins. */
  setPause(pause: Pause): Promise<boolean>;
  clearPause(): Promise<void>;

  /** Work accepted and not yet handed to the queue; those younger than `olderThanMs` are left to whoever accepted them. */
  outbox(olderThanMs: number): Promise<readonly WorkItem[]>;
  dropFromOutbox(ids: readonly string[]): Promise<void>;

  /** Newest last. */
  audit(afterId?: string): AsyncIterable<LoggedEntry>;

  /** Newest first; `next` is where the page after this one begins, null at the end. */
  auditPage(page: { readonly before?: string; readonly limit: number }): Promise<AuditPage>;

  /** At most one holder per name until `release` or the time is over. Null: somebody else holds it. */
  lease(name: string, ms: number): Promise<Lease | null>;
  /** The newest action on a modal wins: false when a later `actionTs` was already claimed for this view. */
  claimGeneration(viewId: SlackViewId, actionTs: string): Promise<boolean>;
  /** A submission: above everything claimed for this view so far, below every action that Slack dates later. */
  claimNextGeneration(viewId: SlackViewId): Promise<void>;
  /** True when nothing newer was claimed since. */
  isCurrentGeneration(viewId: SlackViewId, actionTs: string): Promise<boolean>;

  /** A fact that holds for `ms`. */
  remember(name: string, value: string, ms: number): Promise<void>;
  /** One for each name, in their order. Null: never remembered, or no longer. */
  recall(names: readonly string[]): Promise<readonly (string | null)[]>;
  /** How often this name was counted, over all instances and with this time; forgotten `ms` after the last. */
  increment(name: string, ms: number): Promise<number>;

  readonly directory: DirectoryStore;
  readonly cache: Cache;
  /** Slack profiles, sealed at rest, for at least an hour. */
  profile(slackUserId: SlackUserId): Promise<SlackProfile | null>;
  putProfile(profile: SlackProfile): Promise<void>;
}

/** `id`: the place in the log, from which reading can go on. */
export interface LoggedEntry {
  readonly id: string;
  readonly entry: AuditEntry;
}

export interface AuditPage {
  readonly entries: readonly LoggedEntry[];
  readonly next: string | null;
}

/** The index of the company's Fleet users, built in pages and swapped in whole. E-mails are kept as keyed hashes only. */
export interface DirectoryStore {
  /** Null: the first whole pass has not ended, so nobody can be matched yet. */
  builtAt(): Promise<number | null>;
  /** Fleet users with this address, folded, as `email` and as `secondary_email`. */
  byEmail(email: string): Promise<FoundByEmail>;
  person(fleetUserId: FleetUserId): Promise<FleetPerson | null>;
  admins(): Promise<readonly FleetPerson[]>;
  /** By name, case and accents folded; every word must occur. At most `limit`, best first. */
  search(words: string, limit: number): Promise<readonly FleetPerson[]>;
  /** The keyed hashes of an admin's addresses cannot be turned back: who they are in Slack is found by these, sealed. */
  emailOf(fleetUserId: FleetUserId): Promise<string | null>;
  /** `email` and `secondary_email`, as far as there are any. */
  emailsOf(fleetUserId: FleetUserId): Promise<readonly string[]>;
  /** Writes a page of the pass that is being built. */
  add(pass: string, users: readonly DirectoryEntry[]): Promise<void>;
  /** The pass becomes the directory; the one before it is deleted. */
  swapIn(pass: string, builtAt: number): Promise<void>;
  /** At most one refresh a minute for the company however many people are missing: true for the one that may start. */
  claimRefresh(everyMs: number): Promise<boolean>;
}

/** Addresses as `foldEmail` gives them: they are found as they stand. */
export interface DirectoryEntry extends FleetPerson {
  readonly email: string | null;
  readonly secondaryEmail: string | null;
}

/** Stale-while-revalidate over all instances: fresh is served, stale is served while one asks, missing waits for the one who asks. */
export interface Cache {
  read<T, F>(
    entry: CacheEntry<T>,
    load: (
      why: 'missing' | 'stale',
    ) => Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: F }>,
  ): Promise<
    { readonly ok: true; readonly value: T; readonly readAt: number } | { readonly ok: false; readonly failure: F }
  >;
  forget(key: string): Promise<void>;
}

export interface CacheEntry<T> {
  /** Below the workspace's prefix, such as `catalog:groups:FR`. */
  readonly key: string;
  readonly freshMs: number;
  readonly keepMs: number;
  /** Null: what is stored is not this any more (older release), so it is loaded again. */
  readonly parse: (stored: unknown) => T | null;
  /** Encrypted at rest: everything about addresses. */
  readonly sealed?: boolean;
}
