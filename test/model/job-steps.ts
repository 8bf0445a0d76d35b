import fc from 'fast-check';
import { followOrders } from '../../src/services/follow-orders.ts';
import { decisionNews } from '../../src/views/decision-news.ts';
import type { Life } from './life.ts';
import { instance } from './press-steps.ts';
import { adopt, type Step, step } from './steps.ts';

const points = [
  ...['approve.before_read', 'approve.before_patch', 'approve.before_claim', 'approve.before_validate'],
  ...['approve.after_validate', 'look.before_probe', 'look.before_claim'],
];
type How = { readonly on: 0 | 1; readonly cut: string | null };
export const how: fc.Arbitrary<How> = fc.record({
  on: instance,
  cut: fc.option(fc.constantFrom(...points), { freq: 3 }),
});

async function runOne(life: Life, index: number, { on, cut }: How): Promise<void> {
  const due = life.queue.due();
  const job = due[index % (due.length || 1)];
  if (job === undefined) return;
  life.cut.point = cut;
  await life.queue.run(job, life.instances[on]);
  life.cut.point = null;
}

export const jobRuns = (index: number, one: How): Step =>
  step(
    `job ${index} runs on instance ${one.on}${one.cut === null ? '' : `, which ends at ${one.cut}`}`,
    async (model, life) => {
      await runOne(life, index, one);
      adopt(model, life);
    },
  );

export const jobRunsTwice = (index: number): Step =>
  step(`job ${index} runs on both instances at once`, async (model, life) => {
    const due = life.queue.due();
    const job = due[index % (due.length || 1)];
    if (job === undefined) return;
    await Promise.all(life.instances.map((one) => life.queue.run({ ...job }, one)));
    adopt(model, life);
  });

export const allDueRun = (backwards: boolean): Step =>
  step(`all due jobs run${backwards ? ', newest first' : ''}`, async (model, life) => {
    const due = backwards ? life.queue.due().reverse() : life.queue.due();
    for (const job of due) await life.queue.run(job, life.instances[0]);
    adopt(model, life);
  });

export const sweeps = step('Fleet is swept', async (model, life) => {
  await followOrders(life.context, decisionNews);
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
    // Nothing that Fleet was sent is still under way after a minute: the one thing that the second validate leans on.
    if (ms >= 20_000) await life.fleet.late.land?.();
    life.clock.now += ms;
    model.now = life.clock.now;
  });
