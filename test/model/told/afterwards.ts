import { followOrders } from '../../../src/services/orders/follow.ts';
import { relay } from '../life.ts';
import type { Stage } from './stage.ts';

const MOST_JOBS = 600;

/** Fleet and Slack are well, whoever stood still goes on, and two sweeps have found what there was to find. */
export async function twoSweeps(stage: Stage): Promise<void> {
  const { life } = stage;
  const { pollEveryMs } = await life.context.store.settings();
  life.fleet.faults.clear();
  Object.assign(life.fleet.lagMs, { carts: 0, orders: 0 });
  life.fleet.cockpit.addPaymentMethod();
  life.slack.calm();
  life.cut.point = null;
  life.fleet.late.isNext = false;
  life.hold.next(null);
  await life.hold.resume();
  await life.fleet.late.land?.();
  for (let sweep = 0; sweep < 2; sweep += 1) {
    await jobsUntil(stage, life.clock.now + pollEveryMs);
    await followOrders(life.context);
  }
  await jobsUntil(stage, life.clock.now + SETTLING_MS);
}

/** What a sweep queued is done within this. */
const SETTLING_MS = 2 * 60_000;

/** Every job that comes due until then runs when it is due. */
export async function jobsUntil({ life }: Stage, until: number): Promise<void> {
  for (let left = MOST_JOBS; left > 0; left -= 1) {
    await relay(life);
    const [next] = life.queue.waiting();
    if (next === undefined || next.at > until) break;
    if (next.at > life.clock.now) await life.age(next.at - life.clock.now);
    await life.queue.run(next, life.instances[left % 2 === 0 ? 0 : 1]);
  }
  if (until > life.clock.now) await life.age(until - life.clock.now);
}
