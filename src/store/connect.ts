import { Cluster, type ClusterOptions, Redis, type RedisOptions } from 'ioredis';
import type { RedisClient } from './link.ts';
import { type RedisNode, readRedisUrl } from './redis-url.ts';
import { unavailable } from './unavailable.ts';

/** `commands`: a request to a dead Redis rejects in less than 1.5 s. `queue`: waits, as BullMQ's workers must. */
export type RedisRole = 'commands' | 'queue';

export interface ConnectOptions {
  /** What went wrong on the connection, without address, user or password. It is tried again by itself. */
  readonly onError?: (problem: string) => void;
}

// Replies in the shapes that everything here reads; stated, since the client's types tell the two apart.
type LegacyOptions = RedisOptions & { readonly replyMapping: 'legacy' };

const COMMAND_TIMEOUT_MS = 1000;
const CONNECT_TIMEOUT_MS = 2000;

/**
 * A client for `redis://`, `rediss://`, several of these with commas between (Cluster) or
 * `redis+sentinel://host:port,host:port/name`. It connects, and connects again, by itself. Throws `InvalidRedisUrl`.
 */
export function connectRedis(url: string, role: RedisRole, { onError }: ConnectOptions = {}): RedisClient {
  const target = readRedisUrl(url);
  const options: LegacyOptions = { ...target.credentials, ...optionsFor(role) };
  const client =
    target.kind === 'cluster' ? openCluster(target.nodes, options) : new Redis({ ...target.options, ...options });
  // Without a listener the client prints to the console by itself.
  client.on('error', (error: unknown) => onError?.(unavailable(error).message));
  return client;
}

function optionsFor(role: RedisRole): LegacyOptions {
  const shared: LegacyOptions = {
    replyMapping: 'legacy',
    connectTimeout: CONNECT_TIMEOUT_MS,
    retryStrategy: backoffMs,
    // After a failover the old primary refuses writes: connect again to find the new one.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
  };
  if (role === 'queue') return { ...shared, maxRetriesPerRequest: null };
  return {
    ...shared,
    commandTimeout: COMMAND_TIMEOUT_MS,
    // Nothing that was reported as failed is sent later, neither what waited nor what was under way.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
  };
}

function openCluster(nodes: readonly RedisNode[], redisOptions: LegacyOptions): Cluster {
  const { enableOfflineQueue = true, tls } = redisOptions;
  // Certificates name hosts, not the addresses behind them.
  const lookup: ClusterOptions = tls ? { dnsLookup: (address, callback) => callback(null, address) } : {};
  return new Cluster([...nodes], {
    ...lookup,
    enableOfflineQueue,
    redisOptions,
    clusterRetryStrategy: backoffMs,
    slotsRefreshTimeout: CONNECT_TIMEOUT_MS,
    maxRedirections: 4,
  });
}

function backoffMs(attempt: number): number {
  return Math.min(50 * attempt, 1000);
}
