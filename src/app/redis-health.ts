import { setTimeout as sleep } from 'node:timers/promises';
import { withTimeout } from '../domain/async.ts';
import type { WorkspaceId } from '../domain/ids.ts';
import type { WorkWorker } from '../jobs/worker.ts';
import { findWeaknesses, probeWrite } from '../store/health.ts';
import { keysOf } from '../store/keys.ts';
import type { Parts } from './workspace.ts';

/** Says what Redis doesn't do that the app needs, in words. */
export type RedisProbe = () => Promise<readonly string[]>;

interface Probed {
  readonly prefix: string;
  readonly worker: Pick<WorkWorker, 'refusal'>;
  readonly workspaceIds: () => readonly WorkspaceId[];
}

const PROBE_MS = 2_000;

/** One write in the slot of each workspace and one in the queue's, over the connections that the app uses for them. */
export function createRedisProbe(
  { redis, queueRedis }: Pick<Parts, 'redis' | 'queueRedis'>,
  { prefix, worker, workspaceIds }: Probed,
): RedisProbe {
  let underWay: Promise<readonly string[]> | null = null;
  const probe = async (): Promise<readonly string[]> => {
    const writes = workspaceIds().map((id) => probeWrite(redis, keysOf(id).probe));
    writes.push(probeWrite(queueRedis, `${prefix}:probe`));
    // The queue's client would wait for a Redis that is away.
    const failures = await withTimeout(sleep, PROBE_MS, Promise.all(writes));
    const problems = failures?.flatMap((failure) => failure?.message ?? []) ?? [''];
    return [...new Set([...problems, worker.refusal() ?? []].flat().map(redisProblem))];
  };
  // However many ask, one write is under way.
  return () => {
    underWay ??= probe().finally(() => {
      underWay = null;
    });
    return underWay;
  };
}

/** `Redis: answered OOM` is the one that an operator can do something about by its name. */
function redisProblem(message: string): string {
  return message.includes('answered') ? message.replace(':', '') : 'Redis does not answer';
}

/** Once, when Redis is first reached. */
export function warnAboutRedis({ redis, log }: Pick<Parts, 'redis' | 'log'>): void {
  const warn = async () => {
    for (const { warning, fields } of await findWeaknesses(redis)) log.warn(warning, fields);
  };
  if (redis.status === 'ready') void warn();
  else redis.once('ready', () => void warn());
}
