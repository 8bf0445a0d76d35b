import { z } from 'zod';
import { fitsIntoHeader, isPlainAddress } from './fleet/settings.ts';
import { readRedisUrl } from './store/connection.ts';
import { parseEncryptionKeys } from './store/key-ring.ts';

const secret = z.string().min(1, 'is required');
/** A key copied with a space or a line break would fail in every request, as if Slack or Fleet were failing. */
const key = secret.refine(fitsIntoHeader, 'has a space or another character that no key or token has');
/** Compose and dotenv remove quotes, `docker run --env-file` keeps them: with them, everything starts and nothing works. */
const QUOTES = /^["'`]|["'`]$/u;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/u;
const parsed = (text: string) => (URL.canParse(text) ? new URL(text) : null);
const url = z
  .url({ protocol: /^https?$/u, error: 'must be an https URL' })
  .refine(isPlainAddress, 'must be an address without name, password, ? or #')
  .refine(
    (text) => !text.startsWith('http:') || LOOPBACK.test(parsed(text)?.hostname ?? ''),
    'must begin with https:// unless it is on this machine',
  );
const wholeNumber = (least: number) =>
  z.coerce.number().int().min(least, `must be a whole number of at least ${least}`);

/** The reader's own error says what is wrong, without the value. */
const readBy = (read: (text: string) => unknown) =>
  secret.check(({ value, issues }) => {
    try {
      read(value);
    } catch (error) {
      const message = error instanceof Error ? error.message : 'cannot be read';
      issues.push({ code: 'custom', input: value, message });
    }
  });

const port = wholeNumber(0).max(65_535, 'must be at most 65535');

/** Random bytes have about thirty different ones among 32. */
const MIN_DIFFERENT_BYTES = 16;

/** An old weak key may still decrypt: otherwise it couldn't be rotated out. */
function checkEncryptionKeys(text: string): void {
  const [writing] = parseEncryptionKeys(text);
  if (new Set(writing?.key).size < MIN_DIFFERENT_BYTES) throw new Error('begins with a key that is not random');
}

const Environment = z.object({
  SLACK_SIGNING_SECRET: key.regex(/^[0-9a-f]{32}$/iu, 'must be 32 hexadecimal characters').optional(),
  SLACK_BOT_TOKEN: key.startsWith('xoxb-', 'must begin with xoxb-'),
  SLACK_APP_TOKEN: key.startsWith('xapp-', 'must begin with xapp-').optional(),
  SLACK_API_URL: url.endsWith('/api/', 'must end in /api/').optional(),
  FLEET_API_KEY: key.startsWith('flt_sk_', 'must begin with flt_sk_'),
  FLEET_API_URL: url
    .refine((text) => parsed(text)?.pathname !== '/', 'must have its path, such as /platform/v1')
    .default('https://api.fleet.co/platform/v1'),
  FLEET_REQUESTS_PER_MINUTE: wholeNumber(10).default(100),
  FLEET_STATUS_POLL_SECONDS: wholeNumber(30).optional(),
  REDIS_URL: readBy(readRedisUrl),
  ENCRYPTION_KEYS: readBy(checkEncryptionKeys),
  PORT: port.default(3000),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:_-]+$/u, 'must be an IP address or a host name')
    .default('0.0.0.0'),
  METRICS_PORT: port.optional(),
  HTTP_KEEP_ALIVE_SECONDS: wholeNumber(5).max(3_600, 'must be at most 3600').default(75),
  HTTP_DRAIN_SECONDS: wholeNumber(0).max(5, 'must be at most 5').default(2),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export interface Config {
  readonly slack: {
    readonly botToken: string;
    /** Null only in Socket Mode, where Slack signs nothing. */
    readonly signingSecret: string | null;
    /** Socket Mode, for development; null: HTTP. */
    readonly appToken: string | null;
    readonly apiUrl: string | undefined;
  };
  readonly fleet: { readonly apiKey: string; readonly baseUrl: string; readonly requestsPerMinute: number };
  /** Null: the interval of the settings. */
  readonly pollEveryMs: number | null;
  readonly redisUrl: string;
  readonly encryptionKeys: string;
  readonly http: {
    readonly port: number;
    readonly host: string;
    /** Null: the metrics are on `port`. */
    readonly metricsPort: number | null;
    /** How long an idle connection is kept: longer than the balancer in front keeps it. */
    readonly keepAliveMs: number;
    /** How long `/readyz` says that we stop before we do. */
    readonly drainMs: number;
  };
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** What is allowed and probably a mistake, for the log. */
  readonly warnings: readonly string[];
}

/** Names every faulty variable at once and never a value. An empty variable counts as missing. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = Environment.safeParse(given);
  const faults = Object.keys(Environment.shape)
    .filter((name) => QUOTES.test(given[name] ?? ''))
    .map((name) => ({ name, fault: 'has quotes around it' }));
  if (!parsed.success) faults.push(...parsed.error.issues.map(faultOf));
  if (given.SLACK_APP_TOKEN === undefined && given.SLACK_SIGNING_SECRET === undefined)
    faults.push({ name: 'SLACK_SIGNING_SECRET', fault: 'is required without SLACK_APP_TOKEN' });
  if (given.METRICS_PORT !== undefined && given.METRICS_PORT !== '0' && given.METRICS_PORT === (given.PORT ?? '3000'))
    faults.push({ name: 'METRICS_PORT', fault: 'must not be PORT' });
  if (!parsed.success || faults.length > 0) throw new InvalidEnvironment(faults);
  const e = parsed.data;
  return {
    slack: {
      botToken: e.SLACK_BOT_TOKEN,
      signingSecret: e.SLACK_SIGNING_SECRET ?? null,
      appToken: e.SLACK_APP_TOKEN ?? null,
      apiUrl: e.SLACK_API_URL,
    },
    fleet: {
      apiKey: e.FLEET_API_KEY,
      baseUrl: e.FLEET_API_URL.replace(/\/+$/u, ''),
      requestsPerMinute: e.FLEET_REQUESTS_PER_MINUTE,
    },
    pollEveryMs: e.FLEET_STATUS_POLL_SECONDS === undefined ? null : e.FLEET_STATUS_POLL_SECONDS * 1000,
    redisUrl: e.REDIS_URL,
    encryptionKeys: e.ENCRYPTION_KEYS,
    http: {
      port: e.PORT,
      host: e.HOST,
      metricsPort: e.METRICS_PORT ?? null,
      keepAliveMs: e.HTTP_KEEP_ALIVE_SECONDS * 1000,
      drainMs: e.HTTP_DRAIN_SECONDS * 1000,
    },
    logLevel: e.LOG_LEVEL,
    warnings: isPlainRedisElsewhere(e.REDIS_URL) ? ['REDIS_URL names another host without TLS (rediss://)'] : [],
  };
}

/** Usual inside a private network, so it stops nothing. */
function isPlainRedisElsewhere(redisUrl: string): boolean {
  const [, scheme = '', hosts = ''] = /^([a-z+]+):\/\/(.*)$/su.exec(redisUrl) ?? [];
  const hostOf = (part: string) => /^(?:[a-z+]+:\/\/)?(?:[^@/]*@)?(\[[^\]]*\]|[^:/?#]*)/u.exec(part.trim())?.[1] ?? '';
  return !scheme.startsWith('rediss') && hosts.split(',').some((part) => !LOOPBACK.test(hostOf(part)));
}

interface Fault {
  readonly name: string;
  readonly fault: string;
}

class InvalidEnvironment extends Error {
  override name = 'InvalidEnvironment';

  constructor(faults: readonly Fault[]) {
    // One line for each variable: its second fault follows from the first.
    const lines = new Map(faults.toReversed().map(({ name, fault }) => [name, `  ${name} ${fault}`]));
    super(`The app cannot start with these environment variables:\n${[...lines.values()].toReversed().join('\n')}`);
  }
}

/** zod's messages can quote the value; ours never do. */
function faultOf(issue: z.core.$ZodIssue): Fault {
  const name = issue.path.join('.');
  if (issue.code === 'invalid_type' && issue.expected === 'string') return { name, fault: 'is required' };
  if (issue.code === 'invalid_type') return { name, fault: 'must be a whole number' };
  if (issue.code === 'invalid_value') return { name, fault: 'is not one of the allowed values' };
  return { name, fault: issue.message };
}
