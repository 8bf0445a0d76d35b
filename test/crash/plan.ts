import { inFlightPoints } from './in-flight.ts';
import type { Kill, Lane } from './lane.ts';
import type { CutPoint } from './messages.ts';
import { type StepName, stepNames } from './steps.ts';
import { type Told, toOrder, toRefusal } from './story.ts';

/** Every cut point by the step in which it is passed, in the order of the first passing. */
export type CutPoints = Readonly<Record<StepName, readonly CutPoint[]>>;

/** From runs in which nobody dies: a new `step` is in the plan by itself. `everyTime`: also its later passings. */
export function cutPointsOf(recorded: readonly Told[], { everyTime = false } = {}): CutPoints {
  const points = (step: StepName): readonly CutPoint[] => {
    const passed = recorded.flatMap((told) => told.passed[step] ?? []);
    const first = recorded.find((told) => told.passed[step] !== undefined)?.passed[step] ?? [];
    const names = [...new Set([...passed, ...inFlightPoints(passed)])];
    return names.flatMap((name) => {
      const times = everyTime ? first.filter((one) => one === name).length : 1;
      return Array.from({ length: times > 1 ? times : 1 }, (_, index) => ({ name, nth: index + 1 }));
    });
  };
  return {
    add: points('add'),
    change: points('change'),
    send: points('send'),
    approve: points('approve'),
    decline: points('decline'),
  };
}

export function countOf(points: CutPoints): number {
  return stepNames.reduce((sum, step) => sum + points[step].length, 0);
}

/**
 * As few stories as hold every cut point once: one kill for each step, and the process that takes over dies at a later
 * point of the same step.
 */
export function lanesOf(points: CutPoints): readonly Lane[] {
  const kills = {
    add: pairs(points.add),
    change: pairs(points.change),
    send: pairs(points.send),
    approve: pairs(points.approve),
    decline: pairs(points.decline),
  };
  const orders = Math.max(kills.approve.length, kills.change.length);
  const all = Math.max(orders + kills.decline.length, kills.add.length, kills.send.length);
  return Array.from({ length: all }, (_, index): Lane => {
    const isOrder = index < orders;
    const at = (step: StepName, where: number) => killAt(step, kills[step][where]);
    return {
      path: isOrder ? toOrder : toRefusal,
      kills: {
        // Where nothing is changed after it, a first line that was not read back would show.
        ...at('add', all - 1 - index),
        ...at('send', index),
        ...(isOrder ? { ...at('change', index), ...at('approve', index) } : at('decline', index - orders)),
      },
    };
  });
}

function killAt(step: StepName, kill: Kill | undefined): Lane['kills'] {
  return kill === undefined ? {} : { [step]: kill };
}

function pairs(points: readonly CutPoint[]): readonly Kill[] {
  const half = Math.ceil(points.length / 2);
  return points.slice(0, half).map((at, index) => {
    const next = points[index + half];
    return next === undefined ? { at } : { at, next };
  });
}

/** A point that a double death left out, in a story of its own. */
export function laneFor({ step, at }: Told['missed'][number]): Lane {
  return { path: step === 'decline' ? toRefusal : toOrder, kills: { [step]: { at } } };
}
