import { setTimeout as sleep } from 'node:timers/promises';
import type { FleetStandIn } from '../../sandbox/fleet/start.ts';

export const IN_FLIGHT = 'in flight';
const writes = ['createCart', 'patchCart', 'validateCart'] as const;
type FleetWrite = (typeof writes)[number];

/** `lost`: Fleet had carried it out and nobody heard. `late`: Fleet carries it out when the next process is already up. */
export function inFlightPoints(passed: readonly string[]): readonly string[] {
  const sent = writes.filter((write) => passed.includes(`fleet.${write} before`));
  return sent.flatMap((write) => [`${IN_FLIGHT} ${write} lost`, `${IN_FLIGHT} ${write} late`]);
}

export interface Held {
  release(): void;
  /** It was not reached: nobody dies of it any more. */
  cancel(): void;
  readonly isLate: boolean;
}

const LATE_MS = 600;

/** Kills the process while Fleet has its request. */
export function killInFlight(fleet: FleetStandIn, name: string, kill: () => void): Held {
  const operation = writes.find((write) => name.includes(write)) ?? ('validateCart' satisfies FleetWrite);
  const isLate = name.endsWith('late');
  const gate = fleet.hold(operation, isLate ? 'before_commit' : 'after_commit');
  let isOn = true;
  void gate.arrived().then(() => {
    if (!isOn) return;
    kill();
    if (!isLate) gate.release();
  });
  const cancel = (): void => {
    isOn = false;
    gate.release();
  };
  return { release: gate.release, cancel, isLate };
}

/** The next process has looked by then at what Fleet has so far. */
export async function letGo(held: Held): Promise<void> {
  if (held.isLate) await sleep(LATE_MS);
  held.release();
}
