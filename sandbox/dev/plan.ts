import { randomBytes } from 'node:crypto';

type Env = Readonly<Record<string, string | undefined>>;

/** What `npm run dev` will run, and what it substitutes for missing configuration. */
export type DevPlan =
  | { readonly kind: 'stand_ins'; readonly redisUrl: string | undefined; readonly why: string }
  | {
      readonly kind: 'slack';
      readonly env: Record<string, string>;
      readonly needsRedis: boolean;
      readonly needsFleet: boolean;
    };

const passedOn = [
  'SLACK_APP_TOKEN',
  'SLACK_BOT_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_API_URL',
  'FLEET_API_KEY',
  'FLEET_API_URL',
  'FLEET_REQUESTS_PER_MINUTE',
  'FLEET_STATUS_POLL_SECONDS',
  'REDIS_URL',
  'ENCRYPTION_KEYS',
  'LOG_LEVEL',
] as const;

/** With both tokens the app runs in a real workspace; with anything less, the stand-ins replace Slack. */
export function devPlan(env: Env): DevPlan {
  const set = (name: string): string | undefined => env[name] || undefined;
  const missing = ['SLACK_APP_TOKEN', 'SLACK_BOT_TOKEN'].filter((name) => set(name) === undefined);
  if (missing.length > 0) {
    const why = missing.length === 2 ? 'no Slack tokens are set' : `${missing[0]} is not set`;
    return { kind: 'stand_ins', redisUrl: set('REDIS_URL'), why };
  }
  const given = passedOn.flatMap((name): [string, string][] => {
    const value = set(name);
    return value === undefined ? [] : [[name, value]];
  });
  return {
    kind: 'slack',
    needsRedis: set('REDIS_URL') === undefined,
    needsFleet: set('FLEET_API_KEY') === undefined,
    env: {
      // A new key for each run: what it encrypts is readable only until the run ends.
      ENCRYPTION_KEYS: `dev:${randomBytes(32).toString('base64')}`,
      ...Object.fromEntries(given),
      // Socket Mode needs no port; this one only serves /healthz and /metrics.
      PORT: '0',
      HOST: '127.0.0.1',
    },
  };
}
