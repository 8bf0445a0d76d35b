import { once } from 'node:events';
import { connectRedis } from '../../../src/store/connection.ts';
import type { RedisClient } from '../../../src/store/redis.ts';
import { redisUrlForTests } from '../../support/redis-url.ts';

export type RedisOfLife = Awaited<ReturnType<typeof redisOfLife>>;

/** A database for each worker, so that a whole life's Redis can be emptied, grow older and go back to what it was. */
const DATABASE = 1 + Number(process.env.VITEST_POOL_ID ?? 0);

export async function redisOfLife() {
  const client = connectRedis(`${await redisUrlForTests()}/${DATABASE}`, 'commands', {
    commandTimeoutMs: 60_000,
  }) as RedisClient & Raw;
  await once(client, 'ready');
  return {
    client,
    empty: async (): Promise<void> => void (await client.call('FLUSHDB')),
    /** Redis counts real time, and a life moves its own clock: leases, remembered facts and the outbox go by that one. */
    age: async (ms: number): Promise<void> => void (await client.call('EVAL', ageScript, '0', String(ms))),
    /** Call the result to go back to this moment. */
    snapshot: async (): Promise<() => Promise<void>> => {
      const dump = (await client.callBuffer('EVAL', dumpScript, '0')) as Buffer[];
      return async () => {
        await client.call('EVAL', restoreScript, '0', ...dump);
      };
    },
    close: () => client.disconnect(),
  };
}

interface Raw {
  call(command: string, ...args: (string | Buffer)[]): Promise<unknown>;
  callBuffer(command: string, ...args: (string | Buffer)[]): Promise<unknown>;
}

const ageScript = `
for _, key in ipairs(redis.call('KEYS', '*')) do
  local left = redis.call('PTTL', key)
  if left >= 0 and left <= tonumber(ARGV[1]) then redis.call('DEL', key)
  elseif left > 0 then redis.call('PEXPIRE', key, left - tonumber(ARGV[1])) end
  if string.match(key, 'outbox:queued$') then
    -- The relay, which a life runs between two acts only, asks about each once a minute.
    local soonest = tonumber(redis.call('TIME')[1]) * 1000 - 60000
    local all = redis.call('ZRANGE', key, 0, -1, 'WITHSCORES')
    for at = 1, #all, 2 do
      redis.call('ZADD', key, math.max(soonest, tonumber(all[at + 1]) - tonumber(ARGV[1])), all[at])
    end
  end
end
`;

const dumpScript = `
local all = {}
for _, key in ipairs(redis.call('KEYS', '*')) do
  local left = redis.call('PTTL', key)
  for _, one in ipairs({ key, tostring(left < 0 and 0 or left), redis.call('DUMP', key) }) do table.insert(all, one) end
end
return all
`;

const restoreScript = `
redis.call('FLUSHDB')
for at = 1, #ARGV, 3 do redis.call('RESTORE', ARGV[at], ARGV[at + 1], ARGV[at + 2]) end
`;
