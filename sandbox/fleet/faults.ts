import { type Fault, stageOf } from './fault.ts';
import { seededRandom } from './random.ts';
import type { Call } from './world.ts';

type ActiveFault = {
  /** How many requests it was applied to. */
  hits(): number;
  remove(): void;
};

export type Faults = {
  add(fault: Fault): ActiveFault;
  clear(): void;
};

/** The faults for one request: any number of delays and at most one other fault. */
type Drawn = {
  readonly slowMs: { readonly before: number; readonly after: number };
  readonly fault: Fault | undefined;
  readonly kinds: readonly string[];
};

export type FaultBox = Faults & { draw(call: Call): Drawn };

type Armed = { readonly fault: Fault; left: number; hits: number; readonly random: () => number };

export function createFaults(): FaultBox {
  let armed: Armed[] = [];

  const strikes = (one: Armed, call: Call): boolean => {
    const { operation, probability = 1, when } = one.fault;
    if (one.left <= 0 || (operation !== '*' && operation !== call.operation)) return false;
    if (when && !when(call)) return false;
    if (probability < 1 && one.random() >= probability) return false;
    one.left -= 1;
    one.hits += 1;
    return true;
  };

  return {
    add(fault) {
      const times = fault.times === undefined || fault.times === 'always' ? Number.POSITIVE_INFINITY : fault.times;
      const one: Armed = { fault, left: times, hits: 0, random: seededRandom(fault.seed ?? 1) };
      armed.push(one);
      return {
        hits: () => one.hits,
        remove() {
          armed = armed.filter((other) => other !== one);
        },
      };
    },
    clear() {
      armed = [];
    },
    draw(call) {
      const slowMs = { before: 0, after: 0 };
      const kinds: string[] = [];
      let fault: Fault | undefined;
      for (const one of armed) {
        if ((fault && one.fault.kind !== 'slow') || !strikes(one, call)) continue;
        kinds.push(one.fault.kind);
        if (one.fault.kind !== 'slow') fault = one.fault;
        else slowMs[stageOf(one.fault) === 'before_commit' ? 'before' : 'after'] += one.fault.ms;
      }
      return { slowMs, fault, kinds };
    },
  };
}
