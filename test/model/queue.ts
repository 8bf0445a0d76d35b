import type { WorkItem } from '../../src/domain/work.ts';
import { carryOut } from '../../src/jobs/run.ts';
import type { JobWorkspace } from '../../src/jobs/worker.ts';
import { type Hold, heldAt, type Step } from './hold.ts';

/** The process that ran the job is no more: the queue gives the same job to another one. */
export class Killed extends Error {
  override name = 'Killed';
}

export interface Job {
  readonly item: WorkItem;
  at: number;
  isDone: boolean;
  doneAt?: number;
}

/** BullMQ gives out again what a process that stands still holds. */
const STALLED_MS = 30_000;
/** For as long it does not take again what is done. */
const REMEMBERED_MS = 60_000;
/** Whatever is still in the outbox so long after it was done is there again: that slot lost its last second. */
const DROPPED_WITHIN_MS = 30_000;

// They come round by themselves: the model sweeps when it wants to.
const leftOut: readonly string[] = ['refresh_directory', 'follow_orders'];

/** What BullMQ promises, without its waiting: an id is queued once, at least once carried out, in no order. */
export function createQueue(now: () => number, hold: Hold) {
  let jobs = new Map<string, Job>();
  let done: string[] = [];
  const problems: unknown[] = [];
  const waiting = () => [...jobs.values()].filter(({ isDone }) => !isDone).sort((one, other) => one.at - other.at);
  const add = (items: readonly WorkItem[]): void => {
    for (const item of items) {
      const known = jobs.get(item.id);
      const isRemembered = known !== undefined && now() - (known.doneAt ?? now()) < REMEMBERED_MS;
      if (isRemembered || leftOut.includes(item.work.kind)) continue;
      jobs.set(item.id, { item, at: item.notBefore ?? now(), isDone: false });
    }
  };
  return {
    problems,
    waiting,
    due: () => waiting().filter(({ at }) => at <= now()),
    add,
    /** What is overdue in the outbox and not known here, or long done, is added again. */
    restore: (items: readonly WorkItem[]): void => {
      for (const { id } of items) {
        if (now() - (jobs.get(id)?.doneAt ?? now()) > DROPPED_WITHIN_MS) jobs.delete(id);
      }
      add(items);
    },
    removeTimers: (ids: readonly string[]): void => {
      for (const id of ids) if (jobs.get(id)?.isDone === false) jobs.delete(id);
    },
    /** What was done since the last round. */
    takeDone: (): readonly string[] => {
      const taken = done;
      done = [];
      return taken;
    },
    run: async (job: Job, workspace: JobWorkspace): Promise<void> => {
      // What a process that stood still makes of its job later is not remembered: the job was given out again.
      const run: Partial<Job> = { at: job.at, isDone: false };
      const running = async (step: Step): Promise<void> => {
        try {
          const outcome = await carryOut(job.item.work, heldAt(workspace, step), job.item.id);
          if (outcome.kind === 'done') Object.assign(run, { isDone: true, doneAt: now() });
          else run.at = now() + (outcome.afterMs > 0 ? outcome.afterMs : 1);
        } catch (error) {
          if (!(error instanceof Killed)) {
            problems.push(error);
            run.at = now() + 1_000;
          }
        }
      };
      const isOver = await hold.orUntilHeld(running);
      Object.assign(job, isOver ? run : { at: now() + STALLED_MS });
      if (isOver && run.isDone === true) done.push(job.item.id);
    },
    /** What Redis held of the queue at this moment: call the result to go back to it. */
    snapshot: (): (() => void) => {
      const then = [...jobs].map(([id, job]) => [id, { ...job }] as const);
      return () => {
        jobs = new Map(then.map(([id, job]) => [id, { ...job }]));
      };
    },
  };
}
