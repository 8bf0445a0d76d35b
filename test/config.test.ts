import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';

const key = `k1:${Buffer.alloc(32, 1).toString('base64')}`;

const least = {
  SLACK_SIGNING_SECRET: 'signing',
  SLACK_BOT_TOKEN: 'xoxb-1',
  FLEET_API_KEY: 'flt',
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
      slack: { botToken: 'xoxb-1', signingSecret: 'signing', appToken: null, apiUrl: undefined },
      fleet: { apiKey: 'flt', baseUrl: 'https://api.fleet.co/platform/v1', requestsPerMinute: 100 },
      pollEveryMs: null,
      redisUrl: 'redis://127.0.0.1:6379',
      encryptionKeys: key,
      http: { port: 3000, host: '0.0.0.0' },
      logLevel: 'info',
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
      LOG_LEVEL: 'silent',
    });

    expect(config).toMatchObject({
      slack: { apiUrl: 'http://127.0.0.1:1/api/' },
      fleet: { baseUrl: 'https://demo-api.fleet.co/platform/v1', requestsPerMinute: 60 },
      pollEveryMs: 30_000,
      http: { port: 0, host: '127.0.0.1' },
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

  it('names every fault at once', () => {
    const message = messageOf({ PORT: 'x', LOG_LEVEL: 'x' });

    for (const name of ['SLACK_BOT_TOKEN', 'FLEET_API_KEY', 'REDIS_URL', 'ENCRYPTION_KEYS', 'PORT', 'LOG_LEVEL'])
      expect(message).toContain(`  ${name} `);
    // What is required only without another one is looked at once the rest is right.
    expect(message).toContain('SLACK_SIGNING_SECRET');
  });
});
