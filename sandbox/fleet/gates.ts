import type { Stage } from './fault.ts';
import type { Operation } from './vocabulary.ts';

export type Gate = {
  /** Resolves once `count` requests (default 1) are waiting at the gate or have passed it. */
  arrived(count?: number): Promise<void>;
  /** Requests waiting at the gate. */
  waiting(): number;
  /** Lets the first request through and keeps the gate closed. */
  releaseOne(): void;
  /** Opens the gate permanently. */
  release(): void;
};

type Standing = () => void;
type Awaiter = { readonly count: number; readonly resolve: () => void };
type Shut = {
  readonly operation: Operation;
  readonly stage: Stage;
  arrivals: number;
  readonly queue: Standing[];
  awaiters: Awaiter[];
};

export type Gates = {
  hold(operation: Operation, stage: Stage): Gate;
  pass(operation: Operation, stage: Stage): Promise<void>;
  openAll(): void;
};

/** A held request commits after its release even if its client is gone, like on a real server. */
export function createGates(): Gates {
  const gates = new Set<Shut>();
  const open = (gate: Shut): void => {
    gates.delete(gate);
    for (const go of gate.queue.splice(0)) go();
  };
  return {
    hold(operation, stage) {
      const gate: Shut = { operation, stage, arrivals: 0, queue: [], awaiters: [] };
      gates.add(gate);
      return {
        arrived: (count = 1) =>
          new Promise((resolve) => {
            if (gate.arrivals >= count) resolve();
            else gate.awaiters.push({ count, resolve });
          }),
        waiting: () => gate.queue.length,
        releaseOne: () => gate.queue.shift()?.(),
        release: () => open(gate),
      };
    },
    async pass(operation, stage) {
      for (const gate of [...gates].filter((one) => one.operation === operation && one.stage === stage)) {
        await standAt(gate);
      }
    },
    openAll() {
      for (const gate of [...gates]) open(gate);
    },
  };
}

function standAt(gate: Shut): Promise<void> {
  return new Promise((go) => {
    gate.queue.push(go);
    gate.arrivals += 1;
    const met = gate.awaiters.filter((one) => one.count <= gate.arrivals);
    gate.awaiters = gate.awaiters.filter((one) => one.count > gate.arrivals);
    for (const one of met) one.resolve();
  });
}
