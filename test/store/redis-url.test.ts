import { describe, expect, it } from 'vitest';
import { InvalidRedisUrl, readRedisUrl } from '../../src/store/connection.ts';

describe('REDIS_URL', () => {
  it.each([
    ['redis://localhost', { kind: 'single', options: { host: 'localhost', port: 6379, db: 0 }, credentials: {} }],
    ['redis://10.0.0.1:7000/3', { kind: 'single', options: { host: '10.0.0.1', port: 7000, db: 3 }, credentials: {} }],
    ['redis://[::1]:7000', { kind: 'single', options: { host: '::1', port: 7000, db: 0 }, credentials: {} }],
    [
      'rediss://ann:p%40ss%2F@redis.example:7000',
      {
        kind: 'single',
        options: { host: 'redis.example', port: 7000, db: 0 },
        credentials: { username: 'ann', password: 'p@ss/', tls: {} },
      },
    ],
    [
      'redis://:secret@a:1, redis://b:2',
      {
        kind: 'cluster',
        nodes: [
          { host: 'a', port: 1 },
          { host: 'b', port: 2 },
        ],
        credentials: { password: 'secret' },
      },
    ],
    [
      'redis+sentinel://ann:pw@s1:26380,s2/mymaster',
      {
        kind: 'single',
        options: {
          sentinels: [
            { host: 's1', port: 26_380 },
            { host: 's2', port: 26_379 },
          ],
          name: 'mymaster',
        },
        credentials: { username: 'ann', password: 'pw' },
      },
    ],
    [
      'redis+sentinel://s1/main',
      { kind: 'single', options: { sentinels: [{ host: 's1', port: 26_379 }], name: 'main' }, credentials: {} },
    ],
  ])('%s', (url, expected) => {
    expect(readRedisUrl(url)).toEqual(expected);
  });

  it.each([
    '',
    'hunter2',
    'http://u:hunter2@host',
    'redis://u:hunter2@',
    'redis://u:hunter2@host/name',
    'redis://u:hunter2@host:port',
    'redis://u:hunter2%@host',
    'redis://u:hunter2@host,',
    'redis+sentinel://u:hunter2@host',
    'redis+sentinel://u:hunter2@/name',
  ])('refuses %s without quoting it', (url) => {
    const read = () => readRedisUrl(url);

    expect(read).toThrow(InvalidRedisUrl);
    expect(read).not.toThrow(/hunter2/);
  });
});
