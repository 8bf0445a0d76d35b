import { bundleForNode } from '../../sandbox/bundle.ts';
import { startRedis } from '../../sandbox/redis/start.ts';
import { atOnce } from './at-once.ts';
import type { Lane } from './lane.ts';
import { keepProcesses } from './processes.ts';
import { playStory, type Told, toOrder, toRefusal } from './story.ts';

export interface CrashSuite {
  play(lane: Lane): Promise<Told>;
  /** Two stories in which nobody dies, one to each end. */
  record(): Promise<readonly Told[]>;
  close(): Promise<void>;
}

/** One Redis that survives, and processes that do not. */
export async function openCrashSuite(ready = 3): Promise<CrashSuite> {
  const [child, ownRedis] = await Promise.all([
    // Hundreds of processes are started from it.
    bundleForNode(new URL('./child.ts', import.meta.url)),
    process.env.REDIS_URL === undefined ? startRedis() : Promise.resolve(null),
  ]);
  const redisUrl = ownRedis?.url ?? process.env.REDIS_URL ?? '';
  const processes = keepProcesses(child.path, ready);
  // Three keep two cores busy; more make each other late, and what is late is no crash.
  const inTurn = atOnce(3);
  const play = (lane: Lane): Promise<Told> => inTurn(() => playStory(processes, redisUrl, lane));
  return {
    play,
    record: () => Promise.all([toOrder, toRefusal].map((path) => play({ path, kills: {} }))),
    close: async () => {
      processes.close();
      await Promise.all([child.remove(), ownRedis?.close()]);
    },
  };
}
