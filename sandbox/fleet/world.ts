import type { Reply } from './rejection.ts';
import type { Rules } from './rules.ts';
import type { FleetState } from './state.ts';
import type { Operation } from './vocabulary.ts';

export type World = {
  readonly state: FleetState;
  readonly rules: Rules;
  readonly now: () => number;
  /** Orders that a validate is under way for, with how many. */
  readonly validating: Map<number, number>;
};

export type Call = {
  readonly operation: Operation;
  readonly method: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
};

/** Runs to its end without a pause: what it changes is changed at once. */
export type Handler = (world: World, call: Call) => Reply;

export function pathId(call: Call, name: string): number {
  return Number(call.params[name]);
}
