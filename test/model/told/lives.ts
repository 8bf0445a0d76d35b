import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { relay, requestIds } from '../life.ts';
import { type Model, standingOf } from '../model.ts';
import { newest } from '../steps.ts';
import type { Act } from './act.ts';
import { twoSweeps } from './afterwards.ts';
import { wrongAfterwards, wrongNow } from './agrees.ts';
import { openCart, sendCart } from './press.ts';
import { redisOfLife } from './redis-of-life.ts';
import { type Stage, startStage } from './stage.ts';
import { beginnings, type SwitchName, switches } from './switches.ts';

const redis = await redisOfLife();
afterAll(() => redis.close());

/**
 * `MODEL_SEED=… MODEL_PATH=…` lives one life again, as the failure prints them; `MODEL_RUNS=…` lives more of them,
 * `MODEL_ONLY=approvals,jobs,…` lives of these switches only, whether on or off, and most often of the last one.
 */
const { MODEL_RUNS, MODEL_SEED, MODEL_PATH, MODEL_ONLY, CI } = process.env;
const runs = Number(MODEL_RUNS ?? 1_500);
const only = MODEL_ONLY?.split(',') ?? null;
let lived = 0;
const ends: Record<string, number> = {};

const isOn = (name: SwitchName): boolean => (only === null ? switches[name].isOn : only.includes(name));
const anyAct = fc.oneof(
  ...(Object.keys(switches) as SwitchName[]).filter(isOn).map((name) => ({
    weight: switches[name].weight * (name === only?.at(-1) ? 6 : 1),
    arbitrary: switches[name].acts as fc.Arbitrary<Act>,
  })),
);

/** Half of the lives, so that both cores live some. `seedInCi` is the seed there; elsewhere every run has a new one. */
export function liveHalf(seedInCi: number): void {
  const seed = Number(MODEL_SEED ?? (CI === undefined ? (Date.now() + seedInCi) % 2 ** 31 : seedInCi));
  afterAll(() => {
    const ended = Object.entries(ends).map(([kind, count]) => `${kind} ${count}`);
    console.log(`what is told: ${lived} lives, seed ${seed}; requests ended ${ended.join(', ')}`);
  });
  it('nobody last reads what Fleet contradicts, whatever happens to an order', { timeout: 1_200_000 }, () =>
    liveAll(seed),
  );
}

async function liveAll(seed: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...beginnings.filter(({ of }) => isOn(of)).map(({ acts }) => acts)),
      fc.array(anyAct, { maxLength: 16, size: 'max' }),
      async (beginning, plan) => live([...beginning, ...plan]),
    ),
    {
      numRuns: runs,
      seed,
      ...(MODEL_PATH === undefined ? {} : { path: MODEL_PATH }),
    },
  );
}

/** A thousand times as long as a life takes. What stands still for ever is told with its life, and not by a time-out. */
const STUCK_MS = 60_000;

async function live(plan: readonly Act[]): Promise<void> {
  const stage = await startStage(redis);
  let [doing, timer]: [string, NodeJS.Timeout | undefined] = ['its beginning', undefined];
  const stuck = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const standing = stage.life.hold.standing().join(', ') || 'nobody';
      reject(new Error(`stuck in: ${doing}; standing still: ${standing}`));
    }, STUCK_MS);
  });
  const done = liveOn(stage, plan, (now) => {
    doing = now;
  });
  await Promise.race([done, stuck]).finally(() => clearTimeout(timer));
}

async function liveOn(stage: Stage, plan: readonly Act[], begins: (what: string) => void): Promise<void> {
  const { life } = stage;
  await openCart(stage, 'anna', 0);
  await sendCart(stage, 'anna', 'clara', 0);
  await life.age(300);
  await runDue();
  const model: Model = {
    ...{ standing: standingOf(newest(life)), now: life.clock.now },
    ...{ admins: new Set(['clara', 'dan'] as const), deactivated: new Set() },
  };
  for (const act of plan) {
    begins(String(act));
    await act.run(stage, model);
    await relay(life);
    expect(await wrongNow(stage), `after ${act}`).toEqual([]);
  }
  begins('two sweeps');
  await twoSweeps(stage);
  expect([...(await wrongNow(stage)), ...(await wrongAfterwards(stage))], 'after two sweeps').toEqual([]);
  lived += 1;
  for (const id of requestIds(life)) {
    const kind = (await life.context.store.request(id))?.state.kind ?? 'lost';
    ends[kind] = (ends[kind] ?? 0) + 1;
  }

  async function runDue(): Promise<void> {
    for (let turn = 0; turn < 4; turn += 1) {
      await relay(life);
      for (const job of life.queue.due()) await life.queue.run(job, life.instances[0]);
    }
  }
}
