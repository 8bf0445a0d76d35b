import type fc from 'fast-check';
import { expect } from 'vitest';
import type { DeviceRequest } from '../../src/domain/request/request.ts';
import { type Life, relay } from './life.ts';
import { type Model, standingOf } from './model.ts';

/** One life as a command sees it: the app, and what must hold after every step. */
interface Real {
  readonly life: Life;
  readonly check: (model: Model) => Promise<void>;
}

export type Step = fc.AsyncCommand<Model, Real>;

/** A command of which every step ends with all that must hold at any time. */
export function step(
  text: string,
  run: (model: Model, life: Life) => Promise<void> | void,
  check: (model: Model) => boolean = () => true,
): Step {
  return {
    check,
    run: async (model, { life, check }) => {
      await run(model, life);
      await relay(life);
      await check(model);
    },
    toString: () => text,
  };
}

export function newest(life: Life): DeviceRequest {
  const request = [...life.history.values()].at(-1)?.at(-1);
  if (request === undefined) throw new Error('nothing was sent yet');
  return request;
}

/** A job or Fleet moved it: what it came to was judged commit by commit. */
export function adopt(model: Model, life: Life): void {
  model.standing = standingOf(newest(life));
}

export function expectStanding(model: Model, life: Life): void {
  expect(standingOf(newest(life))).toEqual(model.standing);
}

/** Part of a beginning: from here on a life is what its name says. */
export const stands = (kind: Model['standing']['kind']): Step =>
  step(`it is ${kind}`, (model) => expect(model.standing.kind).toBe(kind));
