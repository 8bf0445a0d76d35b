import { Cluster, type ClusterOptions, Redis, type RedisOptions } from 'ioredis';
import { type RedisClient, unavailable } from './redis.ts';

interface RedisNode {
  readonly host: string;
  readonly port: number;
}

type RedisTarget = { readonly credentials: RedisOptions } & (
  | { readonly kind: 'single'; readonly options: RedisOptions }
  | { readonly kind: 'cluster'; readonly nodes: readonly RedisNode[] }
);

/** Says what is wrong without showing any part of the URL, which has the password. */
export class InvalidRedisUrl extends Error {
  override name = 'InvalidRedisUrl';
}

const SENTINEL = /^redis\+sentinel:\/\/(?:([^@/]*)@)?([^@/]+)\/([^/?#]+)$/;
const REDIS_PORT = 6379;
const SENTINEL_PORT = 26379;

export function readRedisUrl(text: string): RedisTarget {
  if (text.startsWith('redis+sentinel:')) return readSentinel(text);
  const urls = text.split(',').map((url) => readUrl(url.trim()));
  const [first, ...others] = urls;
  if (!first) throw new InvalidRedisUrl('is empty');
  const credentials = credentialsOf(first);
  if (others.length > 0) return { kind: 'cluster', nodes: urls.map(nodeOf), credentials };
  return { kind: 'single', options: { ...nodeOf(first), db: databaseOf(first) }, credentials };
}

function readSentinel(text: string): RedisTarget {
  const [, userInfo, hosts, name] = SENTINEL.exec(text) ?? [];
  if (!hosts || !name) throw new InvalidRedisUrl('is not redis+sentinel://host:port,host:port/name');
  // Read as ordinary URLs: IPv6 brackets and escapes mean the same there.
  const urls = hosts.split(',').map((host) => readUrl(`redis://${host}`));
  const sentinels = urls.map((url) => ({ ...nodeOf(url), port: portOf(url, SENTINEL_PORT) }));
  const credentials = userInfo ? credentialsOf(readUrl(`redis://${userInfo}@host`)) : {};
  return { kind: 'single', options: { sentinels, name: decodeURIComponent(name) }, credentials };
}

function readUrl(text: string): URL {
  // Not `URL`'s own error, which quotes its input.
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || (url.protocol !== 'redis:' && url.protocol !== 'rediss:') || !url.hostname) {
    throw new InvalidRedisUrl('is not a redis:// or rediss:// URL');
  }
  return url;
}

function nodeOf(url: URL): RedisNode {
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: portOf(url, REDIS_PORT) };
}

function portOf(url: URL, otherwise: number): number {
  return url.port === '' ? otherwise : Number(url.port);
}

function databaseOf(url: URL): number {
  const database = url.pathname.replace(/^\//, '') || '0';
  if (!/^\d{1,4}$/.test(database)) throw new InvalidRedisUrl('has a database that is not a number');
  return Number(database);
}

function credentialsOf(url: URL): RedisOptions {
  return {
    ...(url.username ? { username: decode(url.username) } : {}),
    ...(url.password ? { password: decode(url.password) } : {}),
    ...(url.protocol === 'rediss:' ? { tls: {} } : {}),
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new InvalidRedisUrl('has a user or password with a stray %');
  }
}

/**
 * `commands`: fails in less than 1.5 s if Redis is down. `queue`: waits, as BullMQ's workers must. Both drop a connection
 * that has fallen silent and connect again.
 */
type RedisRole = 'commands' | 'queue';

interface ConnectOptions {
  /** Receives problems of the connection, without address, user or password. The client reconnects. */
  readonly onError?: (problem: string) => void;
  /** How long one of the `commands` may take. */
  readonly commandTimeoutMs?: number;
}

// Replies in the shapes that everything here reads; stated, since the client's types tell the two apart.
type LegacyOptions = RedisOptions & { readonly replyMapping: 'legacy' };

const COMMAND_TIMEOUT_MS = 1000;
const CONNECT_TIMEOUT_MS = 2000;
// The first sentinel that is asked may be the one that hangs.
const SENTINEL_TIMEOUT_MS = 1000;
// A Cluster doesn't announce that a replica has taken over from a master that hangs.
const SLOTS_REFRESH_MS = 5000;
/** How long the queue's connections may be silent: longer than a worker blocks (`MAX_BLOCK_SECONDS`). */
const QUEUE_SILENCE_MS = 5000;

/**
 * A client for `redis://`, `rediss://`, several of these with commas between (Cluster) or
 * `redis+sentinel://host:port,host:port/name`. Connects and reconnects on its own. Throws `InvalidRedisUrl`.
 */
export function connectRedis(url: string, role: RedisRole, connect: ConnectOptions = {}): RedisClient {
  const { onError, commandTimeoutMs = COMMAND_TIMEOUT_MS } = connect;
  const target = readRedisUrl(url);
  const options: LegacyOptions = { ...target.credentials, ...optionsFor(role, commandTimeoutMs) };
  const client =
    target.kind === 'cluster' ? openCluster(target.nodes, options) : new Redis({ ...target.options, ...options });
  // Without a listener, the client prints to the console.
  client.on('error', (error: unknown) => onError?.(unavailable(error).message));
  return client;
}

function optionsFor(role: RedisRole, commandTimeoutMs: number): LegacyOptions {
  const shared: LegacyOptions = {
    replyMapping: 'legacy',
    connectTimeout: CONNECT_TIMEOUT_MS,
    sentinelCommandTimeout: SENTINEL_TIMEOUT_MS,
    retryStrategy: backoffMs,
    // After a failover the old primary refuses writes: reconnect to find the new one.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
  };
  if (role === 'queue') return { ...shared, socketTimeout: QUEUE_SILENCE_MS, maxRetriesPerRequest: null };
  return {
    ...shared,
    commandTimeout: commandTimeoutMs,
    // A command time-out doesn't close the connection: without this, a dead one is used until the kernel gives up on it.
    socketTimeout: 2 * commandTimeoutMs,
    // A command reported as failed must never be sent later.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
  };
}

function openCluster(nodes: readonly RedisNode[], redisOptions: LegacyOptions): Cluster {
  const { enableOfflineQueue = true, tls } = redisOptions;
  // Certificates name hosts, not IP addresses.
  const lookup: ClusterOptions = tls ? { dnsLookup: (address, callback) => callback(null, address) } : {};
  return new Cluster([...nodes], {
    ...lookup,
    enableOfflineQueue,
    redisOptions,
    clusterRetryStrategy: backoffMs,
    slotsRefreshTimeout: CONNECT_TIMEOUT_MS,
    slotsRefreshInterval: SLOTS_REFRESH_MS,
    maxRedirections: 4,
    // The client would send a command again whose answer was lost, and a commit would meet itself.
    ...(enableOfflineQueue ? {} : { retryDelayOnFailover: 0 }),
  });
}

function backoffMs(attempt: number): number {
  return Math.min(50 * attempt, 1000);
}
