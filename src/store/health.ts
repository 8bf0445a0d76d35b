import { Cluster, type Redis } from 'ioredis';
import type { StoreUnavailable } from '../domain/failures/failure.ts';
import { lifetimesMs } from './keys.ts';
import { connectionTo, type RedisClient, unavailable } from './redis.ts';

/** Tries what the app needs in the key's slot: a script that writes. Null: it works. A PING would say nothing of that. */
export async function probeWrite(redis: RedisClient, key: string): Promise<StoreUnavailable | null> {
  try {
    await connectionTo(redis).script(probeScript, [key], [lifetimesMs.probe]);
    return null;
  } catch (error) {
    return unavailable(error);
  }
}

const probeScript = `return redis.call('SET', KEYS[1], '1', 'PX', ARGV[1])`;

/** What an operator should change. `warning` is static; `fields` hold what Redis says. */
interface Weakness {
  readonly warning: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** How Redis, each master of a Cluster, may lose or delete what it acknowledged. */
export async function findWeaknesses(redis: RedisClient): Promise<readonly Weakness[]> {
  const nodes = redis instanceof Cluster ? redis.nodes('master') : [redis];
  const found = (await Promise.all(nodes.map(weaknessesOf))).flat();
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
}

async function weaknessesOf(node: Redis): Promise<readonly Weakness[]> {
  const [config, info] = await Promise.all([read(() => readConfig(node)), read(() => readInfo(node))]);
  const found: Weakness[] = [];
  const settings = { ...info.settings, ...config.settings };
  const { policy, appendonly, appendfsync } = settings;
  const problem = config.problem ?? info.problem;
  if (problem !== null && (policy === undefined || appendonly === undefined || appendfsync === undefined))
    found.push({
      warning: 'Redis does not let the app read all of its settings: check them yourself',
      fields: { problem },
    });
  if (policy !== undefined && policy !== 'noeviction')
    found.push({
      warning: 'Redis may delete records when its memory is full: set maxmemory-policy to noeviction',
      fields: { maxmemoryPolicy: policy },
    });
  if (appendonly === 'no')
    found.push({
      warning: 'Redis loses accepted work when it stops: set appendonly to yes',
      fields: { appendonly },
    });
  else if (appendfsync !== undefined && appendfsync !== 'always')
    found.push({
      warning: 'Redis loses the last accepted work when its host fails: set appendfsync to always',
      fields: { appendfsync },
    });
  return found;
}

interface Settings {
  readonly policy?: string | undefined;
  readonly appendonly?: string | undefined;
  readonly appendfsync?: string | undefined;
}

interface ReadSettings {
  readonly settings: Settings;
  readonly problem: string | null;
}

/** A hosted Redis and a narrow ACL refuse CONFIG, rarely INFO. */
async function read(settings: () => Promise<Settings>): Promise<ReadSettings> {
  try {
    return { settings: await settings(), problem: null };
  } catch (error) {
    return { settings: {}, problem: unavailable(error).message };
  }
}

async function readConfig(node: Redis): Promise<Settings> {
  const answer = await node.call('CONFIG', 'GET', 'maxmemory-policy', 'appendonly', 'appendfsync');
  const words = Array.isArray(answer) ? answer.map(String) : [];
  const after = (name: string) => words[words.indexOf(name) + 1];
  return words.length === 0
    ? {}
    : { policy: after('maxmemory-policy'), appendonly: after('appendonly'), appendfsync: after('appendfsync') };
}

async function readInfo(node: Redis): Promise<Settings> {
  const info = await node.info();
  const aof = /^aof_enabled:(\d)/m.exec(info)?.[1];
  return {
    policy: /^maxmemory_policy:(\S+)/m.exec(info)?.[1],
    appendonly: aof === undefined ? undefined : aof === '1' ? 'yes' : 'no',
  };
}
