import fc from 'fast-check';
import { afterAll, it } from 'vitest';
import { redisOfFile } from '../store/support/redis-for-tests.ts';
import { letRest, restsWell } from './at-rest.ts';
import { beginnings, commands } from './commands.ts';
import { holds } from './invariants.ts';
import { relay, startLife } from './life.ts';
import { type Model, standingOf } from './model.ts';
import { observe } from './observe.ts';
import type { Name } from './people.ts';
import { send } from './send.ts';
import { newest, type Step } from './steps.ts';

const { redis } = await redisOfFile();
/** `MODEL_SEED=… MODEL_RUNS=… npx vitest run test/model` lives one row of lives again, or more of them. */
const runs = Number(process.env.MODEL_RUNS ?? 1_000);
// A merge does not fail for what it did not bring: in CI the lives are always the same ones, elsewhere always others.
const seed = Number(process.env.MODEL_SEED ?? (process.env.CI === undefined ? Date.now() % 2 ** 31 : 20_261_127));
const ends: Record<string, number> = {};
let lived = 0;
let steps = 0;

afterAll(() => {
  const ended = Object.entries(ends).map(([kind, count]) => `${kind} ${count}`);
  console.log(`model: ${lived} lives, ${steps} steps, seed ${seed}; ended ${ended.join(', ')}`);
});

it('a request lives as the product says, whatever people, Fleet and Slack do', {
  timeout: 600_000,
  retry: 0,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.keys(beginnings)),
      fc.commands(commands, { maxCommands: 14, size: 'max' }),
      async (beginning, plan) => live([...(beginnings[beginning] ?? []), ...plan]),
    ),
    { numRuns: runs, seed, endOnFailure: false },
  );
});

async function live(plan: readonly Step[]): Promise<void> {
  const life = await startLife(redis);
  if (!(await send(life, 'clara'))) throw new Error('it could not even be sent');
  await relay(life);
  const model: Model = {
    ...{ standing: standingOf(newest(life)), now: life.clock.now },
    ...{ admins: new Set<Name>(['clara', 'dan']), deactivated: new Set<Name>() },
  };
  const wrong = observe(life, model);
  const check = (now: Model) => holds(life, now, wrong);
  await fc.asyncModelRun(() => ({ model, real: { life, check } }), plan);
  await letRest(life, model);
  await holds(life, model, wrong);
  await restsWell(life);
  lived += 1;
  steps += plan.length;
  ends[model.standing.kind] = (ends[model.standing.kind] ?? 0) + 1;
}
