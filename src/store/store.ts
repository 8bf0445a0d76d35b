import type { WorkspaceId } from '../domain/ids.ts';
import { createCache } from './cache.ts';
import type { Unreadable } from './codec.ts';
import { commit, onceOutcome } from './commit.ts';
import { createDirectory } from './directory.ts';
import { createNameIndex } from './directory-index.ts';
import { draftRecords } from './drafts.ts';
import { fleetTaskRecords } from './fleet-tasks.ts';
import { keysOf } from './keys.ts';
import { leaseRecords } from './leases.ts';
import { openCartRecords } from './open-carts.ts';
import { outboxRecords } from './outbox.ts';
import type { StoreParts } from './parts.ts';
import { peopleRecords } from './people.ts';
import { connectionTo, type Foreseen, type RedisClient, snapshotConnection } from './redis.ts';
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
  readonly cache: ReturnType<ReturnType<typeof createCache>['over']>;
  /**
   * The same for what one person sees at one time: each record is read once, until something is written. Snapshots of
   * the same kind begin by reading what those before them have read of the company's records.
   */
  snapshot(kind?: string): WorkspaceStore;
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
  const foreseen = createForeseen();
  // Names in the directory, but nobody's address.
  const isForeseeable = (key: string) =>
    key.startsWith(keys.cache('')) || key.startsWith(keys.fact('')) || key.endsWith(':people');
  return storeOver(parts, shared, (kind) => {
    const connection = snapshotConnection(parts.connection, foreseen(kind), isForeseeable);
    const snapshot = { ...parts, connection };
    const store: WorkspaceStore = storeOver(snapshot, shared, () => store);
    return store;
  });
}

interface Shared {
  readonly names: ReturnType<typeof createNameIndex>;
  readonly cache: ReturnType<typeof createCache>;
}

function storeOver(parts: StoreParts, { names, cache }: Shared, snapshot: WorkspaceStore['snapshot']): WorkspaceStore {
  const directory = createDirectory(parts, names);
  return { ...bind(operations, parts), directory, cache: cache.over(parts.connection), snapshot };
}

const MAX_KINDS = 200;

function createForeseen(): (kind: string | undefined) => Foreseen | undefined {
  const kinds = new Map<string, Foreseen>();
  return (kind) => {
    if (kind === undefined) return undefined;
    const known = kinds.get(kind) ?? new Map();
    const [oldest] = kinds.keys();
    if (kinds.size === MAX_KINDS && oldest !== undefined) kinds.delete(oldest);
    kinds.set(kind, known);
    return known;
  };
}

const operations = {
  commit,
  onceOutcome,
  ...draftRecords,
  ...fleetTaskRecords,
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
