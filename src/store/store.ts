import type { WorkspaceId } from '../domain/ids.ts';
import { createCache } from './cache.ts';
import { commit, onceOutcome } from './commit.ts';
import { createDirectory } from './directory.ts';
import { createNameIndex } from './directory-index.ts';
import { draftRecords } from './drafts.ts';
import { keysOf } from './keys.ts';
import { leaseRecords } from './leases.ts';
import { openCartRecords } from './open-carts.ts';
import { outboxRecords } from './outbox.ts';
import type { StoreParts, Unreadable } from './parts.ts';
import { peopleRecords } from './people.ts';
import { connectionTo, type RedisClient, snapshotConnection } from './redis.ts';
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
export interface WorkspaceStore extends Bound<typeof operations> {
  readonly directory: ReturnType<typeof createDirectory>;
  readonly cache: ReturnType<typeof createCache>;
  /** The same for what one person sees at one time: each record is read once, until something is written. */
  snapshot(): WorkspaceStore;
}

/** Create one per workspace and process: it shares cache loads and keeps the directory's names between calls. */
export function createWorkspaceStore(options: WorkspaceStoreOptions): WorkspaceStore {
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
  const shared = { names: createNameIndex(parts), cache: createCache(parts) };
  return storeOver(parts, shared, () => {
    const snapshot = { ...parts, connection: snapshotConnection(parts.connection) };
    const store: WorkspaceStore = storeOver(snapshot, shared, () => store);
    return store;
  });
}

interface Shared {
  readonly names: ReturnType<typeof createNameIndex>;
  readonly cache: ReturnType<typeof createCache>;
}

function storeOver(parts: StoreParts, { names, cache }: Shared, snapshot: () => WorkspaceStore): WorkspaceStore {
  return { ...bind(operations, parts), directory: createDirectory(parts, names), cache, snapshot };
}

const operations = {
  commit,
  onceOutcome,
  ...draftRecords,
  ...requestRecords,
  ...openCartRecords,
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
