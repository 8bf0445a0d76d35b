import type { Act } from '../../sandbox/slack/start.ts';
import type { DeviceRequest } from '../../src/domain/request/request.ts';
import { storeOf } from '../support/store-of.ts';
import { startWorld } from '../support/world.ts';
import { act, cardOf, press } from './acts.ts';
import { faults } from './faults.ts';
import { patiently, type Soaking } from './played.ts';
import { sentRequest, staff, withStaff } from './staff.ts';
import { type Soaked, summary } from './summary.ts';

export interface SoakOptions {
  readonly requests: number;
  readonly seed: number;
  /** It stops by itself after this long, whatever still waits. */
  readonly atMostMs: number;
}

const LANES = 12;

/** Two instances, everything in flight at once, Fleet and Slack failing now and then; until every request is over. */
export async function soak(options: SoakOptions): Promise<Soaked> {
  const skew = { ms: 0 };
  const world = await startWorld({
    instances: 2,
    slackSeed: (seed) => withStaff(seed, options.requests),
    // How slow the slowest was is in the table: on a busy machine that is no fault.
    slack: { journalLimit: 2_000, ackTimeoutMs: 15_000 },
    fleet: { seed: staff(options.requests), rules: { secondValidate: 'again' } },
    instance: { fleetTimeoutsMs: { read: 1_000, write: 1_000 }, now: () => Date.now() + skew.ms },
    patience: 30_000,
  });
  const store = storeOf(world);
  const requests: DeviceRequest[] = [];
  await lanes(options.requests, async (index) => {
    requests[index] = await sentRequest(world, store, index);
  });
  await cardsAreDone({ world, store, requests, by: Date.now() + 180_000 });
  faults(world, options.seed);
  const startedAt = Date.now();
  const acts: Act[] = [];
  await lanes(options.requests, async (index) => {
    const request = requests[index];
    if (request !== undefined) acts.push(...(await act({ world, store }, request, index)));
  });
  const rest = await untilOver({ world, store, requests, skew, by: startedAt + options.atMostMs });
  return summary({ world, store, requests, acts, startedAt, ...rest });
}

async function lanes(count: number, each: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) await each(index);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

interface Waiting extends Soaking {
  readonly requests: readonly DeviceRequest[];
  readonly skew: { ms: number };
  readonly by: number;
}

/** What comes back is pressed once more, as people do; the minute of an unclear answer is not waited for, but passes. */
async function untilOver({ world, store, requests, skew, by }: Waiting) {
  const endedAt = new Map<string, number>();
  let pressedAgain = 0;
  for (let round = 1; Date.now() < by; round += 1) {
    const open = (await patiently(() => store.openRequests())).filter(({ id }) =>
      requests.some((one) => one.id === id),
    );
    const stillOpen = new Set(open.map(({ id }) => id as string));
    for (const { id } of requests) if (!stillOpen.has(id) && !endedAt.has(id)) endedAt.set(id, Date.now());
    if (open.length === 0) break;
    await lanes(open.length, async (index) => {
      const request = open[index];
      if (request?.state.kind !== 'pending' || round % 4 !== 0) return;
      const card = await cardOf({ world, store }, request, request.approver.slackUserId);
      if (!card?.buttons().some(({ text }) => text === 'Approve')) return;
      pressedAgain += 1;
      await press(world, card, 'Approve', request.approver.slackUserId, index % 2);
    });
    if (round % 4 === 0) skew.ms += 61_000;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  world.fleet.faults.clear();
  world.slack.faults.clear();
  await world.quiet();
  await cardsAreDone({ world, store, requests, by });
  return { endedAt, pressedAgain };
}

/** A card may wait for as long as Slack said: five seconds after a 500. */
async function cardsAreDone({ world, store, requests, by }: Omit<Waiting, 'skew'>): Promise<void> {
  const left = new Set(requests.map(({ id }) => id));
  while (left.size > 0 && Date.now() < by) {
    for (const id of left) {
      const [request, copies] = await patiently(() => Promise.all([store.request(id), store.copies(id)]));
      const shown = copies.filter(({ shows }) => shows >= (request?.revision ?? 0));
      if (copies.length > 1 && shown.length === copies.length) left.delete(id);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await world.quiet();
}
