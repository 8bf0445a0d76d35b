import { atMost } from './at-most.ts';
import type { BackgroundWork } from './background-work.ts';
import type { RunningServer } from './http/server.ts';
import type { IdentityWatch } from './identity.ts';
import type { WorkQueue } from './jobs/queue.ts';
import type { Relay } from './jobs/relay.ts';
import type { Schedule } from './jobs/schedule.ts';
import type { WorkWorker } from './jobs/worker.ts';
import type { Parts } from './parts.ts';
import type { SlackEntrance } from './receiver.ts';

interface Running {
  readonly identity: IdentityWatch;
  readonly schedule: Schedule;
  readonly server: RunningServer;
  readonly entrance: SlackEntrance;
  readonly worker: WorkWorker;
  readonly background: BackgroundWork;
  readonly relay: Relay;
  readonly queue: WorkQueue;
  readonly parts: Parts;
}

/**
 * Takes nothing new, finishes what it can in time and leaves the rest to other instances. No step waits for longer than
 * its share, whatever is away: what was accepted is in Redis, and going is never worse than a crash.
 */
export async function shutDown(running: Running, withinMs: number): Promise<void> {
  const { identity, schedule, server, entrance, worker, background, relay, queue, parts } = running;
  identity.stop();
  schedule.stop();
  await Promise.all([server.close(withinMs / 4), atMost(withinMs / 4, entrance.stop()), worker.close(withinMs / 2)]);
  await background.settle(withinMs / 8);
  // Last: what the answers and the jobs of a moment ago have accepted goes to whoever is alive.
  await relay.stop(withinMs / 8);
  await atMost(withinMs / 8, queue.close());
  parts.close();
}
