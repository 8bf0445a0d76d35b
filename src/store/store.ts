import type { WorkspaceId } from '../domain/ids.ts';
import { createCache } from './cache.ts';
import { commit, onceOutcome } from './commit.ts';
import { createDirectory } from './directory.ts';
import { draftRecords } from './drafts.ts';
import { keysOf } from './keys.ts';
import { leaseRecords } from './leases.ts';
import { outboxRecords } from './outbox.ts';
import type { StoreParts, Unreadable } from './parts.ts';
import { peopleRecords } from './people.ts';
import { connectionTo, type RedisClient } from './redis.ts';
import { requestRecords } from './requests.ts';
import type { Seal } from './seal.ts';
import { createSettingsCodec, workspaceRecords } from './workspace.ts';

export interface WorkspaceStoreOptions {
  /** From `connectRedis(url, 'commands')`. Shared by all workspaces, so the store doesn't close it. */
  readonly redis: RedisClient;
  readonly workspaceId: WorkspaceId;
  readonly seal: Seal;
  readonly now?: () => number;
  readonly onUnreadable?: (what: Unreadable) => void;
}

/** All of one workspace's records. Values are parsed when read: earlier releases wrote some of them. */
export type WorkspaceStore = ReturnType<typeof createWorkspaceStore>;

/** Create one per workspace and process: it shares cache loads and keeps the directory's names between calls. */
export function createWorkspaceStore(options: WorkspaceStoreOptions) {
  const { redis, workspaceId, seal, now = Date.now, onUnreadable = () => {} } = options;
  const keys = keysOf(workspaceId);
  const settingsCodec = createSettingsCodec((setting) => {
    onUnreadable({ record: `setting ${setting}`, key: keys.settings });
  });
  const parts: StoreParts = {
    workspaceId,
    keys,
    connection: connectionTo(redis),
    seal,
    now,
    onUnreadable,
    settingsCodec,
  };
  return { ...bind(operations, parts), directory: createDirectory(parts), cache: createCache(parts) };
}

const operations = {
  commit,
  onceOutcome,
  ...draftRecords,
  ...requestRecords,
  ...peopleRecords,
  ...workspaceRecords,
  ...outboxRecords,
  ...leaseRecords,
};

type Operation = (parts: StoreParts, ...args: never[]) => unknown;

type Bound<Operations> = {
  readonly [Name in keyof Operations]: Operations[Name] extends (parts: StoreParts, ...args: infer Args) => infer Result
    ? (...args: Args) => Result
    : never;
};

/** The same operations without their first parameter. */
function bind<Operations extends Readonly<Record<string, Operation>>>(all: Operations, parts: StoreParts) {
  const bound = Object.entries(all).map(([name, operation]) => [name, operation.bind(null, parts)]);
  // `Object.fromEntries` loses which name has which operation.
  return Object.fromEntries(bound) as Bound<Operations>;
}
