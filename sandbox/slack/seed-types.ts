import type { ManifestSeed } from './manifest.ts';

export interface PersonSeed {
  id: string;
  /** The handle: what is typed after @. */
  name: string;
  realName: string;
  email?: string;
  tz: string;
  locale: string;
  isAdmin?: boolean;
  isOwner?: boolean;
  deleted?: boolean;
  isBot?: boolean;
  /** A guest. */
  isRestricted?: boolean;
  /** Somebody of another workspace (Slack Connect). */
  isStranger?: boolean;
  emailHidden?: boolean;
}

export interface ChannelSeed {
  id: string;
  name: string;
  kind: 'public' | 'private' | 'dm' | 'group_dm';
  members: string[];
  botIsMember?: boolean;
  archived?: boolean;
}

export interface UserGroupSeed {
  id: string;
  name: string;
  handle: string;
  users: string[];
}

export interface SlackSeed {
  team: { id: string; name: string; domain: string };
  people: PersonSeed[];
  channels: ChannelSeed[];
  bot: { userId: string; botId: string; appId: string; name: string };
  userGroups?: UserGroupSeed[];
  grantedScopes?: string[];
  manifestPath?: string;
}

export interface SlackOptions {
  seed?: SlackSeed;
  port?: number;
  /** Slack's clock: ages of triggers and response URLs, message timestamps. Signatures always carry the real time. */
  now?: () => number;
  signingSecret?: string;
  botToken?: string;
  /** In place of the file at the repository's root. */
  manifest?: ManifestSeed;
  /** Waits before the three retries of an event. Slack: 0, 1 min, 5 min. */
  eventRetryDelaysMs?: readonly number[];
  ackTimeoutMs?: number;
  /** What `view.state` an option look-up carries. Slack's is empty or stale, never to be relied on. */
  suggestionState?: 'empty' | 'stale';
  /** Answer 429 when a method's tier is exceeded. */
  rateLimits?: boolean;
  journalLimit?: number;
}
