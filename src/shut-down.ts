import { setTimeout as sleep } from 'node:timers/promises';
import type { BackgroundWork } from './background-work.ts';
import { withTimeout } from './domain/with-timeout.ts';
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
  const { identity, schedule, server, entrance, background, relay, queue, parts } = running;
  identity.stop();
  schedule.stop();
  await Promise.all([
    server.close(withinMs / 4),
    withTimeout(sleep, withinMs / 4, entrance.stop()),
    closeWorker(running, withinMs / 2),
  ]);
  await withTimeout(sleep, withinMs / 8, background.settle());
  // Last: what the answers and the jobs of a moment ago have accepted goes to whoever is alive.
  await withTimeout(sleep, withinMs / 8, relay.stop());
  await withTimeout(sleep, withinMs / 8, queue.close());
  parts.close();
}

async function closeWorker({ worker, parts }: Running, withinMs: number): Promise<void> {
  const closed = await withTimeout(sleep, withinMs, worker.close());
  // `close(true)` would wait for the `close` above. The process ends, the locks run out, another instance takes over.
  if (closed === null) parts.log.info('jobs under way are left to other instances');
}
