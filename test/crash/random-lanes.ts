import type { Lane } from './lane.ts';
import type { CutPoint } from './messages.ts';
import type { CutPoints } from './plan.ts';
import type { StepName } from './steps.ts';
import { toOrder, toRefusal } from './story.ts';

/** As many stories as it takes for every passing of every cut point to be armed, each with a random second death. */
export function randomLanes(points: CutPoints): readonly Lane[] {
  const left: Record<StepName, CutPoint[]> = {
    add: shuffled(points.add),
    change: shuffled(points.change),
    send: shuffled(points.send),
    approve: shuffled(points.approve),
    decline: shuffled(points.decline),
  };
  const lanes: Lane[] = [];
  while (Object.values(left).some((some) => some.length > 0)) {
    const path = left.decline.length > 0 && Math.random() < 0.3 ? toRefusal : toOrder;
    const isLast = left.approve.length === 0 && left.change.length === 0;
    lanes.push(lane(isLast ? toRefusal : path, left, points));
  }
  return shuffled(lanes);
}

function lane(path: readonly StepName[], left: Record<StepName, CutPoint[]>, points: CutPoints): Lane {
  const kills = path.flatMap((step) => {
    const at = left[step].pop();
    if (at === undefined) return [];
    const again = points[step][Math.floor(Math.random() * points[step].length)];
    return [[step, again === undefined || Math.random() < 0.5 ? { at } : { at, next: again }]];
  });
  return { path, kills: Object.fromEntries(kills) as Lane['kills'] };
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item);
}
