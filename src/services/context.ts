import type { Sleep } from '../domain/async.ts';
import type { SlackUserId, WorkspaceId } from '../domain/ids.ts';
import type { SlackGroup, SlackProfile } from '../domain/people/people.ts';
import type { Settings } from '../domain/settings/settings.ts';
import type { Fleet } from '../fleet/fleet.ts';
import type { Seal } from '../store/seal.ts';
import type { WorkspaceStore } from '../store/store.ts';

/** What the services need of Slack: who somebody is. Implemented in `slack/`, which they do not know. */
export interface SlackPeople {
  profile(slackUserId: SlackUserId): Promise<LookedUp<SlackProfile | null>>;
  profileByEmail(email: string): Promise<LookedUp<SlackProfile | null>>;
  /** User groups, where the workspace gave the app `usergroups:read`. */
  groups(): Promise<LookedUp<readonly SlackGroup[]>>;
  groupMembers(group: string): Promise<LookedUp<readonly SlackUserId[]>>;
}

export type LookedUp<T> = { readonly ok: true; readonly value: T } | LookUpFailed;

/** Slack cannot say. */
export interface LookUpFailed {
  readonly ok: false;
  /** As long as Slack asked to wait. */
  readonly retryAfterMs?: number;
  /** The app is not let look: another try would say the same. */
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
  /** How often Fleet's orders are followed, whatever the settings say. */
  readonly pollEveryMs?: number;
  /** Cut points: a crash suite stops the process at one of them. Left out everywhere else. */
  readonly step?: (name: string) => Promise<void>;
}

/** The settings as they were read once for this operation. */
export interface WithSettings {
  readonly context: ServiceContext;
  readonly settings: Settings;
}

/** Static messages; what varies goes into `fields`. Never an e-mail, an address, a token, a body or a name. */
export interface Log {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}
