import type { ManifestSeed } from './manifest.ts';

export interface PersonSeed {
  id: string;
  /** The handle: what people type after @. */
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
  /** A person from another workspace (Slack Connect). */
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
  /** Slack's clock, for triggers, response URLs and message timestamps. Signatures always carry the real time. */
  now?: () => number;
  signingSecret?: string;
  botToken?: string;
  /** Replaces the file at the repository root. */
  manifest?: ManifestSeed;
  /** Delays before the three retries of an event. Slack's are 0, 1 min and 5 min. */
  eventRetryDelaysMs?: readonly number[];
  ackTimeoutMs?: number;
  /** For an option look-up; as long as for everything else by default. */
  searchTimeoutMs?: number;
  /** The `view.state` an option look-up carries. Slack's is empty or stale, and never reliable. */
  suggestionState?: 'empty' | 'stale';
  /** Answers 429 when a method's tier is exceeded. */
  rateLimits?: boolean;
  journalLimit?: number;
}
