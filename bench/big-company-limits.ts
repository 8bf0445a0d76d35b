import type { Freshness } from '../test/acceptance/fresh-statuses.ts';

export interface Found {
  readonly mode: 'empty' | 'loaded';
  readonly people: number;
  readonly all: number;
  readonly background: number;
  readonly served: number;
  readonly inVain: number;
  readonly refused: number;
  readonly slowestFormMs: number;
  readonly slowestAddedMs: number;
  readonly slowestCallMs: number;
  readonly slowestAckMs: number;
  /** The rules of Slack that were broken. */
  readonly broken: readonly string[];
  readonly isComplete: boolean;
  readonly fresh: Freshness;
  readonly moved: number;
  readonly recorded: number;
  readonly carts: number;
}

/** Generous, since the machine is shared. A person held up by the budget usually waits longer than this. */
const SLOW_MS = 10_000;
const SLOW_CALL_MS = 5_000;
/** Slack's limit. */
const ACK_MS = 3_000;

/** The limits that were broken, in words. */
export function verdict(found: Found): readonly string[] {
  const { fresh } = found;
  const limits: readonly (readonly [boolean, string])[] = [
    [found.all <= 100, `${found.all} requests in 60 s`],
    [found.background <= 40, `${found.background} background requests in 60 s`],
    [found.refused === 0, `${found.refused} refused with 429`],
    [found.slowestAckMs < ACK_MS, `an acknowledgement took ${Math.round(found.slowestAckMs)} ms`],
    [found.broken.length === 0, `broken Slack rules: ${found.broken.join()}`],
    [found.inVain === 0, `${found.inVain} people were never served`],
    [found.served === found.people, `${found.served} of ${found.people} people got their device into the cart`],
    [found.carts === found.people, `${found.carts} carts for ${found.people} people`],
    [found.isComplete, 'the directory never became complete'],
    [fresh.withinInterval === fresh.orders, `${fresh.orders - fresh.withinInterval} orders were not read in time`],
    [found.recorded === found.moved, `${found.moved - found.recorded} changes in Fleet were not recorded`],
    // With an empty directory, early arrivals wait for the first full pass and are then served all at once.
    [found.mode === 'empty' || found.slowestFormMs < SLOW_MS, `a form took ${found.slowestFormMs} ms`],
    [found.mode === 'empty' || found.slowestAddedMs < SLOW_MS, `a cart took ${found.slowestAddedMs} ms`],
    [found.mode === 'empty' || found.slowestCallMs < SLOW_CALL_MS, `a call took ${found.slowestCallMs} ms`],
  ];
  return limits.filter(([isKept]) => !isKept).map(([, broken]) => broken);
}
