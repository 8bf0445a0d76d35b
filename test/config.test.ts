import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { ENCRYPTION_KEYS } from './support/keys.ts';

const key = ENCRYPTION_KEYS;
const weak = `k0:${Buffer.alloc(32).toString('base64')}`;
const signingSecret = '0123456789abcdef0123456789abcdef';

const least = {
  SLACK_SIGNING_SECRET: signingSecret,
  SLACK_BOT_TOKEN: 'xoxb-1',
  FLEET_API_KEY: 'flt_sk_1',
  REDIS_URL: 'redis://127.0.0.1:6379',
  ENCRYPTION_KEYS: key,
};

const messageOf = (env: Record<string, string | undefined>): string => {
  try {
    readConfig(env);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return '';
};

describe('the environment', () => {
  it('may leave everything out that has a default', () => {
    expect(readConfig(least)).toEqual({
      slack: { botToken: 'xoxb-1', signingSecret, appToken: null, apiUrl: undefined },
      fleet: { apiKey: 'flt_sk_1', baseUrl: 'https://api.fleet.co/platform/v1', requestsPerMinute: 100 },
      pollEveryMs: null,
      redisUrl: 'redis://127.0.0.1:6379',
      encryptionKeys: key,
      http: { port: 3000, host: '0.0.0.0', metricsPort: null, keepAliveMs: 75_000, drainMs: 2_000 },
      logLevel: 'info',
      warnings: [],
    });
  });

  it('is taken as it is given', () => {
    const config = readConfig({
      ...least,
      SLACK_API_URL: 'http://127.0.0.1:1/api/',
      FLEET_API_URL: 'https://demo-api.fleet.co/platform/v1/',
      FLEET_REQUESTS_PER_MINUTE: '60',
      FLEET_STATUS_POLL_SECONDS: '30',
      PORT: '0',
      HOST: '127.0.0.1',
      METRICS_PORT: '9464',
      HTTP_KEEP_ALIVE_SECONDS: '620',
      HTTP_DRAIN_SECONDS: '0',
      LOG_LEVEL: 'silent',
    });

    expect(config).toMatchObject({
      slack: { apiUrl: 'http://127.0.0.1:1/api/' },
      fleet: { baseUrl: 'https://demo-api.fleet.co/platform/v1', requestsPerMinute: 60 },
      pollEveryMs: 30_000,
      http: { port: 0, host: '127.0.0.1', metricsPort: 9464, keepAliveMs: 620_000, drainMs: 0 },
      logLevel: 'silent',
    });
  });

  it('needs no signing secret in Socket Mode, where Slack signs nothing', () => {
    const { SLACK_SIGNING_SECRET: _, ...rest } = least;

    expect(readConfig({ ...rest, SLACK_APP_TOKEN: 'xapp-1' }).slack).toMatchObject({
      appToken: 'xapp-1',
      signingSecret: null,
    });
  });

  it.each(['SLACK_SIGNING_SECRET', 'SLACK_BOT_TOKEN', 'FLEET_API_KEY', 'REDIS_URL', 'ENCRYPTION_KEYS'])(
    'does not start without %s, be it missing or empty',
    (name) => {
      expect(messageOf({ ...least, [name]: undefined })).toContain(`\n  ${name} is required`);
      expect(messageOf({ ...least, [name]: '' })).toContain(`\n  ${name} is required`);
    },
  );

  it.each([
    ['SLACK_BOT_TOKEN', 'xoxp-canary'],
    ['SLACK_APP_TOKEN', 'canary'],
    ['SLACK_SIGNING_SECRET', 'canary\n'],
    ['SLACK_SIGNING_SECRET', 'canary'],
    ['SLACK_SIGNING_SECRET', `"${signingSecret}"`],
    ['FLEET_API_KEY', '"flt_sk_canary"'],
    ['FLEET_API_KEY', 'canary'],
    ['HOST', '"127.0.0.1"'],
    ['HOST', "'canary'"],
    ['HOST', 'http://canary'],
    ['LOG_LEVEL', '"info"'],
    ['SLACK_BOT_TOKEN', 'xoxb-canary"'],
    ['FLEET_API_URL', 'http://canary.test/platform/v1'],
    ['SLACK_API_URL', 'http://canary.test/api/'],
    ['SLACK_API_URL', 'https://canary:canary@slack.com/api/'],
    ['SLACK_API_URL', 'https://slack.com/api/?canary=/api/'],
    ['METRICS_PORT', 'canary'],
    ['METRICS_PORT', '3000'],
    ['HTTP_KEEP_ALIVE_SECONDS', '4'],
    ['HTTP_DRAIN_SECONDS', '6'],
    ['SLACK_BOT_TOKEN', 'xoxb-canary\u00a0'],
    ['SLACK_APP_TOKEN', 'xapp-canary canary'],
    ['FLEET_API_KEY', 'flt_sk_canary '],
    ['FLEET_API_KEY', 'flt_sk_canäry'],
    ['FLEET_API_URL', 'https://fleet.test/platform/v1?canary'],
    ['FLEET_API_URL', 'https://fleet.test/platform/v1#canary'],
    ['FLEET_API_URL', 'https://canary:canary@fleet.test/platform/v1'],
    ['SLACK_API_URL', 'https://canary.test/'],
    ['SLACK_API_URL', 'canary'],
    ['FLEET_API_URL', 'ftp://canary'],
    ['FLEET_REQUESTS_PER_MINUTE', '9'],
    ['FLEET_REQUESTS_PER_MINUTE', 'canary'],
    ['FLEET_STATUS_POLL_SECONDS', '29'],
    ['FLEET_STATUS_POLL_SECONDS', '30.5'],
    ['REDIS_URL', 'http://canary'],
    ['REDIS_URL', '127.0.0.1:6379'],
    ['ENCRYPTION_KEYS', 'canary'],
    ['ENCRYPTION_KEYS', `${key},k2:canary`],
    ['ENCRYPTION_KEYS', `k1:${Buffer.alloc(31).toString('base64')}`],
    ['ENCRYPTION_KEYS', weak],
    ['ENCRYPTION_KEYS', `k1:${Buffer.from('canarycanarycanarycanarycanaryca').toString('base64')}`],
    ['PORT', '-1'],
    ['PORT', '65536'],
    ['PORT', 'canary'],
    ['LOG_LEVEL', 'canary'],
  ])('refuses %s=%s, by name and without the value', (name, value) => {
    const message = messageOf({ ...least, [name]: value });

    expect(message).toContain(`\n  ${name} `);
    expect(message).not.toContain('canary');
    expect(message.split('\n')).toHaveLength(2);
  });

  it.each(['http://127.0.0.1:1/api/', 'http://localhost:1/api/', 'http://[::1]:1/api/'])(
    'takes plain %s, which never leaves this machine',
    (url) => {
      expect(messageOf({ ...least, SLACK_API_URL: url, FLEET_API_URL: url })).toBe('');
    },
  );

  it('still decrypts with a weak key of before', () => {
    expect(messageOf({ ...least, ENCRYPTION_KEYS: `${key},${weak}` })).toBe('');
  });

  it.each([
    ['redis://cache.test:6379', 1],
    ['redis://a.test,redis://b.test', 1],
    ['redis+sentinel://a.test:1/main', 1],
    ['rediss://cache.test:6379', 0],
    ['redis://127.0.0.1:6379', 0],
  ])('only warns that %s is not encrypted', (REDIS_URL, warned) => {
    const { warnings } = readConfig({ ...least, REDIS_URL });

    expect(warnings).toHaveLength(warned);
    expect(warnings.join()).not.toContain('.test');
  });

  it('names every fault at once', () => {
    const message = messageOf({ PORT: 'x', LOG_LEVEL: 'x' });

    for (const name of ['SLACK_BOT_TOKEN', 'FLEET_API_KEY', 'REDIS_URL', 'ENCRYPTION_KEYS', 'PORT', 'LOG_LEVEL'])
      expect(message).toContain(`  ${name} `);
    expect(message).toContain('SLACK_SIGNING_SECRET');
  });
});
