import { followOrders } from '../../src/services/orders/follow.ts';
import type { Life } from './life.ts';
import type { Job } from './queue.ts';
import { adopt, type Step, step } from './steps.ts';

export const points = [
  ...['approve.before_read', 'approve.before_patch', 'approve.before_claim', 'approve.before_validate'],
  ...['approve.after_validate', 'look.before_probe', 'look.before_claim'],
] as const;

/** The job that asks Fleet comes first, where there is one: it is the one that matters. */
function dueJob({ queue }: Life, index: number): Job | undefined {
  const asking = queue.due().find(({ item }) => /^(carry_out|look_up)/.test(item.work.kind));
  const due = queue.due();
  return index === 0 && asking !== undefined ? asking : due[index % (due.length || 1)];
}

export const jobRuns = (index: number, on: 0 | 1): Step =>
  step(`job ${index} runs on instance ${on}`, async (model, life) => {
    const job = dueJob(life, index);
    if (job !== undefined) await life.queue.run(job, life.instances[on]);
    adopt(model, life);
  });

export const processEnds = (cut: (typeof points)[number], on: 0 | 1): Step =>
  step(`the process of instance ${on} ends at ${cut}`, async (model, life) => {
    const job = dueJob(life, 0);
    life.cut.point = cut;
    if (job !== undefined) await life.queue.run(job, life.instances[on]);
    life.cut.point = null;
    adopt(model, life);
  });

/** Neither run is remembered: the queue gives it out once more. */
export const jobRunsTwice = (index: number): Step =>
  step(`job ${index} runs on both instances at once`, async (model, life) => {
    const job = dueJob(life, index);
    if (job !== undefined) await Promise.all(life.instances.map((one) => life.queue.run({ ...job }, one)));
    adopt(model, life);
  });

export const allDueRun = (backwards: boolean): Step =>
  step(`all due jobs run${backwards ? ', newest first' : ''}`, async (model, life) => {
    const due = backwards ? life.queue.due().reverse() : life.queue.due();
    for (const job of due) await life.queue.run(job, life.instances[0]);
    adopt(model, life);
  });

export const sweeps = step('Fleet is swept', async (model, life) => {
  await followOrders(life.context);
  adopt(model, life);
});

const MINUTE = 60_000;
export const waits = [
  1_000,
  5_000,
  20_000,
  MINUTE,
  5 * MINUTE,
  4 * 60 * MINUTE,
  25 * 60 * MINUTE,
  3 * 24 * 60 * MINUTE,
];
export const timePasses = (ms: number): Step =>
  step(`${ms / 1000} s pass`, async (model, life) => {
    await life.age(ms);
    model.now = life.clock.now;
  });
