import type { Reply } from './rejection.ts';
import type { Rules } from './rules.ts';
import type { FleetState } from './state.ts';
import type { Operation } from './vocabulary.ts';

export type World = {
  readonly state: FleetState;
  readonly rules: Rules;
  readonly now: () => number;
  /** Orders with a validate in progress, and how many. */
  readonly validating: Map<number, number>;
};

export type Call = {
  readonly operation: Operation;
  readonly method: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
};

/** Runs to its end without awaiting anything, so its changes take effect at once. */
export type Handler = (world: World, call: Call) => Reply;

export function pathId(call: Call, name: string): number {
  return Number(call.params[name]);
}
