import { z } from 'zod';

const secret = z.string().min(1, 'is required');
const url = z.url({ protocol: /^https?$/u, error: 'must be an http or https URL' });
const wholeNumber = (least: number) =>
  z.coerce.number().int().min(least, `must be a whole number of at least ${least}`);

const KEY = /^[A-Za-z0-9_-]{1,32}:[A-Za-z0-9+/]{43}=$/u;

const Environment = z
  .object({
    SLACK_SIGNING_SECRET: secret.optional(),
    SLACK_BOT_TOKEN: secret.startsWith('xoxb-', 'must begin with xoxb-'),
    SLACK_APP_TOKEN: secret.startsWith('xapp-', 'must begin with xapp-').optional(),
    SLACK_API_URL: url.endsWith('/api/', 'must end in /api/').optional(),
    FLEET_API_KEY: secret,
    FLEET_API_URL: url.default('https://api.fleet.co/platform/v1'),
    FLEET_REQUESTS_PER_MINUTE: wholeNumber(10).default(100),
    FLEET_STATUS_POLL_SECONDS: wholeNumber(30).optional(),
    REDIS_URL: secret.regex(
      /^(rediss?|redis\+sentinel):\/\//u,
      'must begin with redis://, rediss:// or redis+sentinel://',
    ),
    ENCRYPTION_KEYS: secret.refine(
      (text) => text.split(',').every((key) => KEY.test(key.trim())),
      'must be id:key, several separated by commas, each key 32 bytes in base64',
    ),
    PORT: wholeNumber(0).default(3000),
    HOST: z.string().min(1).default('0.0.0.0'),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  })
  .superRefine((env, check) => {
    if (env.SLACK_APP_TOKEN === undefined && env.SLACK_SIGNING_SECRET === undefined)
      check.addIssue({
        code: 'custom',
        path: ['SLACK_SIGNING_SECRET'],
        message: 'is required without SLACK_APP_TOKEN',
      });
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
  if (!parsed.success) throw new InvalidEnvironment(parsed.error.issues);
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

export class InvalidEnvironment extends Error {
  override name = 'InvalidEnvironment';

  constructor(issues: readonly z.core.$ZodIssue[]) {
    const lines = issues.map((issue) => `  ${issue.path.join('.')} ${plainly(issue)}`);
    super(`The app cannot start with these environment variables:\n${lines.join('\n')}`);
  }
}

/** zod's own messages can quote what was received; ours do not. */
function plainly(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return 'is required';
  if (issue.code === 'invalid_value') return 'is not one of the allowed values';
  return issue.message;
}
