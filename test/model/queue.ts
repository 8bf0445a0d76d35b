import type { WorkItem } from '../../src/domain/work.ts';
import { carryOut } from '../../src/jobs/run.ts';
import type { JobWorkspace } from '../../src/jobs/worker.ts';

/** The process that ran the job is no more: the queue gives the same job to another one. */
export class Killed extends Error {
  override name = 'Killed';
}

export interface Job {
  readonly item: WorkItem;
  at: number;
  isDone: boolean;
}

// They come round by themselves: the model sweeps when it wants to.
const leftOut: readonly string[] = ['refresh_directory', 'follow_orders'];

/** What BullMQ promises, without its waiting: an id is queued once, at least once carried out, in no order. */
export function createQueue(now: () => number) {
  const jobs = new Map<string, Job>();
  const problems: unknown[] = [];
  const waiting = () => [...jobs.values()].filter(({ isDone }) => !isDone).sort((one, other) => one.at - other.at);
  return {
    problems,
    waiting,
    due: () => waiting().filter(({ at }) => at <= now()),
    add: (items: readonly WorkItem[]): void => {
      for (const item of items) {
        if (jobs.has(item.id) || leftOut.includes(item.work.kind)) continue;
        jobs.set(item.id, { item, at: item.notBefore ?? now(), isDone: false });
      }
    },
    run: async (job: Job, workspace: JobWorkspace): Promise<void> => {
      try {
        const outcome = await carryOut(job.item.work, workspace, job.item.id);
        if (outcome.kind === 'done') job.isDone = true;
        else job.at = now() + (outcome.afterMs > 0 ? outcome.afterMs : 1);
      } catch (error) {
        if (!(error instanceof Killed)) {
          problems.push(error);
          job.at = now() + 1_000;
        }
      }
    },
  };
}
