import { describe, expect, it } from 'vitest';
import { connectionTo, type Foreseen, snapshotConnection } from '../../src/store/redis.ts';
import { redisOfFile } from './support/redis-for-tests.ts';
import { watchedRedis } from './support/watched-redis.ts';

const { redis } = await redisOfFile();

/** Says which commands go out. */
function watched() {
  const { client, sent } = watchedRedis(redis);
  return { sent, connection: connectionTo(client) };
}

describe('what is read in one turn', () => {
  it('is one command, and each reader gets its own answer', async () => {
    const { sent, connection } = watched();
    await redis.set('reads:text', 'words');
    await redis.hset('reads:hash', { one: '1', two: '2' });

    const answers = await Promise.all([
      connection.read('GET', 'reads:text'),
      connection.read('GET', 'reads:nothing'),
      connection.read('HMGET', 'reads:hash', 'two', 'three', 'one'),
      connection.read('HGETALL', 'reads:hash'),
      connection.read('PTTL', 'reads:text'),
    ]);

    expect(answers).toEqual(['words', null, ['2', null, '1'], ['one', '1', 'two', '2'], -1]);
    expect(sent).toEqual(['script']);
  });

  it('is no script if it is one thing', async () => {
    const { sent, connection } = watched();

    expect(await connection.read('GET', 'reads:nothing')).toBeNull();

    expect(sent).toEqual(['GET']);
  });

  it('fails only for the one that Redis refuses', async () => {
    const { connection } = watched();
    await redis.set('reads:text', 'words');

    const [refused, answered] = await Promise.allSettled([
      connection.read('HGET', 'reads:text', 'field'),
      connection.read('GET', 'reads:text'),
    ]);

    expect(refused).toMatchObject({ status: 'rejected', reason: { message: 'Redis: answered WRONGTYPE' } });
    expect(answered).toEqual({ status: 'fulfilled', value: 'words' });
  });

  it('is sent in parts where it is much', async () => {
    const { sent, connection } = watched();
    const keys = Array.from({ length: 250 }, (_, at) => `reads:many:${at}`);
    await Promise.all(keys.map((key) => redis.set(key, key)));

    expect(await Promise.all(keys.map((key) => connection.read('GET', key)))).toEqual(keys);

    expect(sent).toEqual(['script', 'script', 'script']);
  });
});

describe('a snapshot', () => {
  it('reads each thing once', async () => {
    const { sent, connection } = watched();
    const snapshot = snapshotConnection(connection);
    await redis.set('reads:text', 'before');
    await snapshot.read('GET', 'reads:text');
    await redis.set('reads:text', 'after');

    expect(await snapshot.read('GET', 'reads:text')).toBe('before');
    expect(await connection.read('GET', 'reads:text')).toBe('after');

    expect(sent).toEqual(['GET', 'GET']);
  });

  it.each([
    ['a command', (snapshot: Connection) => snapshot.run((client) => client.set('reads:text', 'after'))],
    [
      'a script',
      (snapshot: Connection) => snapshot.script("return redis.call('SET', KEYS[1], 'after')", ['reads:text'], []),
    ],
    ['a pipeline', (snapshot: Connection) => snapshot.pipeline((pipeline) => pipeline.set('reads:text', 'after'))],
  ])('ends with what is written through it by %s', async (_, write) => {
    const snapshot = snapshotConnection(watched().connection);
    await redis.set('reads:text', 'before');
    await snapshot.read('GET', 'reads:text');

    const writing = write(snapshot);
    await snapshot.read('GET', 'reads:text');
    await writing;

    expect(await snapshot.read('GET', 'reads:text')).toBe('after');
  });

  it('reads again what could not be read', async () => {
    const snapshot = snapshotConnection(watched().connection);
    await redis.set('reads:text', 'no hash');
    await expect(snapshot.read('HGET', 'reads:text', 'field')).rejects.toThrow('WRONGTYPE');
    await redis.del('reads:text');

    expect(await snapshot.read('HGET', 'reads:text', 'field')).toBeNull();
  });
});

describe('snapshots of one kind', () => {
  const isForeseeable = (key: string) => key.startsWith('reads:shared');

  it('begin by reading what those before them have read, but nothing of a person', async () => {
    const { sent, connection } = watched();
    const foreseen: Foreseen = new Map();
    const first = snapshotConnection(connection, foreseen, isForeseeable);
    await first.read('GET', 'reads:person:anna');
    await first.read('GET', 'reads:shared:one');
    await first.read('GET', 'reads:shared:two');
    sent.length = 0;

    const next = snapshotConnection(connection, foreseen, isForeseeable);
    await next.read('GET', 'reads:person:ben');
    await next.read('GET', 'reads:shared:one');
    await next.read('GET', 'reads:shared:two');

    expect(sent).toEqual(['script']);
    expect([...foreseen.values()]).toEqual([
      ['GET', 'reads:shared:one'],
      ['GET', 'reads:shared:two'],
    ]);
  });

  it('forget what they read once it is much', async () => {
    const foreseen: Foreseen = new Map();
    const snapshot = snapshotConnection(watched().connection, foreseen, isForeseeable);
    for (let at = 0; at <= 50; at += 1) await snapshot.read('GET', `reads:shared:${at}`);

    expect([...foreseen.values()]).toEqual([['GET', 'reads:shared:50']]);
  });

  it('do not mind what can no longer be read', async () => {
    const foreseen: Foreseen = new Map([['gone', ['HGET', 'reads:shared:text', 'field']]]);
    await redis.set('reads:shared:text', 'no hash');

    const snapshot = snapshotConnection(watched().connection, foreseen, isForeseeable);

    expect(await snapshot.read('GET', 'reads:shared:text')).toBe('no hash');
  });
});

type Connection = ReturnType<typeof connectionTo>;
