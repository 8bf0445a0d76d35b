import type { RedisOptions } from 'ioredis';

export interface RedisNode {
  readonly host: string;
  readonly port: number;
}

export type RedisTarget = { readonly credentials: RedisOptions } & (
  | { readonly kind: 'single'; readonly options: RedisOptions }
  | { readonly kind: 'cluster'; readonly nodes: readonly RedisNode[] }
);

/** Says what is wrong and shows no part of the URL: it holds the password. */
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
  // Read as ordinary URLs: brackets of IPv6 and escapes mean the same there.
  const urls = hosts.split(',').map((host) => readUrl(`redis://${host}`));
  const sentinels = urls.map((url) => ({ ...nodeOf(url), port: portOf(url, SENTINEL_PORT) }));
  const credentials = userInfo ? credentialsOf(readUrl(`redis://${userInfo}@host`)) : {};
  return { kind: 'single', options: { sentinels, name: decodeURIComponent(name) }, credentials };
}

function readUrl(text: string): URL {
  // Not the error of `URL`: it carries its input.
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
