import { z } from 'zod';
import { fitsIntoHeader, isPlainAddress } from './fleet/settings.ts';
import { readRedisUrl } from './store/connection.ts';
import { parseEncryptionKeys } from './store/key-ring.ts';

const secret = z.string().min(1, 'is required');
/** A key copied with a space or a line break would fail in every request, as if Slack or Fleet were failing. */
const key = secret.refine(fitsIntoHeader, 'has a space or another character that no key or token has');
const url = z.url({ protocol: /^https?$/u, error: 'must be an http or https URL' });
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

const Environment = z.object({
  SLACK_SIGNING_SECRET: key.optional(),
  SLACK_BOT_TOKEN: key.startsWith('xoxb-', 'must begin with xoxb-'),
  SLACK_APP_TOKEN: key.startsWith('xapp-', 'must begin with xapp-').optional(),
  SLACK_API_URL: url.endsWith('/api/', 'must end in /api/').optional(),
  FLEET_API_KEY: key,
  FLEET_API_URL: url
    .refine(isPlainAddress, 'must be an address without name, password, ? or #')
    .default('https://api.fleet.co/platform/v1'),
  FLEET_REQUESTS_PER_MINUTE: wholeNumber(10).default(100),
  FLEET_STATUS_POLL_SECONDS: wholeNumber(30).optional(),
  REDIS_URL: readBy(readRedisUrl),
  ENCRYPTION_KEYS: readBy(parseEncryptionKeys),
  PORT: wholeNumber(0).max(65_535, 'must be at most 65535').default(3000),
  HOST: z.string().min(1).default('0.0.0.0'),
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
  readonly http: { readonly port: number; readonly host: string };
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** Names every faulty variable at once and never a value. An empty variable counts as missing. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = Environment.safeParse(given);
  const faults = parsed.success ? [] : parsed.error.issues.map(faultOf);
  if (given.SLACK_APP_TOKEN === undefined && given.SLACK_SIGNING_SECRET === undefined)
    faults.push({ name: 'SLACK_SIGNING_SECRET', fault: 'is required without SLACK_APP_TOKEN' });
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
    http: { port: e.PORT, host: e.HOST },
    logLevel: e.LOG_LEVEL,
  };
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
