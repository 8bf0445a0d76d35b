import { expect } from 'vitest';
import { adviceFor } from '../../../src/domain/failures/table.ts';
import { everyDocumented, everyKind } from '../../domain/every-failure.ts';
import type { World } from '../../support/world.ts';

const SAYS_NEXT =
  /please|choose|press|open|admin|need to do anything|requester|(try|look|approve) again|ask |review|wait(s|ing) for|card (says|shows)|add |window updates|\/fleet/i;
/** What the failure table says of any failure: it marks a place that says so. */
export const SAYS_FAILURE = new RegExp(
  [...new Set([...everyDocumented, ...everyKind].map((failure) => adviceFor(failure).happened))]
    .map((happened) => happened.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('|'),
);
/** What belongs in a log: a stack, a raw body, an error of the runtime, a value that was never there. */
const INSIDES =
  /\.[jt]s:\d+|node_modules|\bat \w+ \(|(?:Type|Reference|Syntax|Range|Fetch|Abort|Zod)Error|ECONN|socket hang up|<!doctype|<html|Bad Gateway|\bundefined\b|\[object |\bNaN\b|\{"/i;
const CODE = /\b[A-Z]{3,}(?:_[A-Z]+)+\b/g;

/** A sentence that a person can act on: what every place of the walk has to show. */
export function expectClear(text: string): void {
  expect(text).toMatch(SAYS_NEXT);
  expectNoInsides(text);
}

export function expectNoInsides(text: string): void {
  expect(text).not.toMatch(INSIDES);
  expect(text).not.toMatch(/@channel/);
  // A code stands nowhere but inside Fleet's own words, and those stand under a sentence of ours.
  const ours = text.replace(/Fleet says: “[^”]*”/g, '');
  expect(ours.match(CODE) ?? []).toEqual([]);
}

/** Nothing is called ordered or approved that Fleet did not order. */
export function expectNotCalledOrdered(text: string): void {
  expect(text).not.toMatch(/^Ordered\b|\bOrdered\.|(?<!Nothing )is ordered\.|Approved by/m);
}

/** Over everything that ever left the app in this world. */
export function expectNothingLeaked(world: World): void {
  for (const inside of ['Bad Gateway', 'gone fishing', 'node_modules', 'ECONNRESET', 'socket hang up'])
    expect(world.slack.journal.leaks(inside), inside).toEqual([]);
  expect(world.slack.violations.breaches()).toEqual([]);
  expect(world.logged.filter(({ message }) => message === 'a listener failed')).toEqual([]);
}
