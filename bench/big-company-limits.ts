import type { Freshness } from '../test/acceptance/fresh-statuses.ts';

export interface Found {
  readonly mode: 'empty' | 'stands';
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
  /** Slack's rules. */
  readonly broken: readonly string[];
  readonly isComplete: boolean;
  readonly fresh: Freshness;
  readonly moved: number;
  readonly recorded: number;
  readonly carts: number;
}

/** This machine is shared: whoever waits for room in the minute waits longer than this, mostly. */
const SLOW_MS = 10_000;
const SLOW_CALL_MS = 5_000;
/** Slack's. */
const ACK_MS = 3_000;

/** What the product promises and was not so. */
export function verdict(found: Found): readonly string[] {
  const { fresh } = found;
  const limits: readonly (readonly [boolean, string])[] = [
    [found.all <= 100, `${found.all} requests in 60 s`],
    [found.background <= 40, `${found.background} requests in 60 s that nobody waits for`],
    [found.refused === 0, `${found.refused} refused with 429`],
    [found.slowestAckMs < ACK_MS, `an acknowledgement took ${Math.round(found.slowestAckMs)} ms`],
    [found.broken.length === 0, `rules of Slack: ${found.broken.join()}`],
    [found.inVain === 0, `${found.inVain} people waited in vain`],
    [found.served === found.people, `${found.served} of ${found.people} people have ordered`],
    [found.carts === found.people, `${found.carts} carts of ${found.people} people`],
    [found.isComplete, 'the directory never became complete'],
    [fresh.withinInterval === fresh.orders, `${fresh.orders - fresh.withinInterval} orders are not fresh`],
    [found.recorded === found.moved, `${found.moved - found.recorded} moved and are not recorded`],
    // Whoever comes before the first whole pass waits for it, and then all of them come at once.
    [found.mode === 'empty' || found.slowestFormMs < SLOW_MS, `a form took ${found.slowestFormMs} ms`],
    [found.mode === 'empty' || found.slowestAddedMs < SLOW_MS, `a cart took ${found.slowestAddedMs} ms`],
    [found.mode === 'empty' || found.slowestCallMs < SLOW_CALL_MS, `a call took ${found.slowestCallMs} ms`],
  ];
  return limits.filter(([isKept]) => !isKept).map(([, broken]) => broken);
}
