import fc from 'fast-check';
import { expect } from 'vitest';
import type { Life } from './life.ts';
import { expected } from './model.ts';
import { names } from './people.ts';
import { acts, type Press, press, pressText } from './presses.ts';
import { adopt, expectStanding, newest, type Step, step } from './steps.ts';

const who = fc.constantFrom(...names);
export const instance = fc.constantFrom(0 as const, 1 as const);

export const aPress: fc.Arbitrary<Press> = fc.record({
  act: fc.oneof(
    { weight: 2, arbitrary: fc.constant('approve' as const) },
    { weight: 3, arbitrary: fc.constantFrom(...acts) },
  ),
  by: fc.constantFrom(
    'whoever is asked' as const,
    'whoever is asked' as const,
    'anna' as const,
    'anna' as const,
    ...names,
  ),
  to: who,
  card: fc.constantFrom('newest' as const, 'newest' as const, 'first' as const),
  on: instance,
});

function isCurrent(life: Life, { card }: Press): boolean {
  const all = life.history.get(newest(life).id);
  const [first, last] = [all?.at(0), all?.at(-1)];
  return card === 'newest' || (first?.fingerprint === last?.fingerprint && first?.sentBack === last?.sentBack);
}

export const pressed = (one: Press): Step =>
  step(pressText(one), async (model, life) => {
    const outcome = expected(model, model.standing, one, isCurrent(life, one));
    expect((await press(life, newest(life), one)).ok, 'accepted').toBe(outcome.ok);
    model.standing = outcome.standing;
    expectStanding(model, life);
  });

/** Of two at once the outcome is that of one after the other, in either order. */
export const pressedTogether = (one: Press, other: Press): Step =>
  step(`at once: ${pressText(one)} | ${pressText(other)}`, async (model, life) => {
    const request = newest(life);
    const inTurn = (first: Press, second: Press) => {
      const a = expected(model, model.standing, first, isCurrent(life, first));
      const b = expected(model, a.standing, second, isCurrent(life, second));
      return { a: a.ok, b: b.ok, standing: b.standing };
    };
    const [forwards, backwards] = [inTurn(one, other), inTurn(other, one)];
    const [first, second] = await Promise.all([press(life, request, one), press(life, request, other)]);
    adopt(model, life);
    const happened = { ok: [first.ok, second.ok], standing: model.standing };
    const possible = [
      { ok: [forwards.a, forwards.b], standing: forwards.standing },
      { ok: [backwards.b, backwards.a], standing: backwards.standing },
    ];
    expect(possible).toContainEqual(happened);
  });
