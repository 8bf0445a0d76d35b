import { describe, expect, it } from 'vitest';
import type { FleetFailure } from '../../src/domain/failures/failure.ts';
import {
  listingOfDraft,
  listingOfRequest,
  listingText,
  whyDraftStuck,
  whyStuck,
} from '../../src/domain/orders/listing.ts';
import { pageOf } from '../../src/domain/screens.ts';
import { aDraft } from './a-line.ts';
import { aRequest, finalStates, states } from './a-request.ts';

const MINUTE = 60_000;
const problem: FleetFailure = { operation: 'validateCart', kind: 'unavailable', status: 503 };
const difference = { missing: [], extra: [], total: null };
const { createdAt, expiresAt } = aRequest();

describe('what does not go on by itself', () => {
  it.each([
    { what: 'waits', over: {}, why: null },
    { what: 'waits for an approver who is gone', over: { approverGone: true, problem }, why: 'approver_gone' },
    { what: 'was refused by Fleet', over: { problem, lastRemindedAt: 1 }, why: 'fleet_refused' },
    { what: 'differs from Fleet', over: { difference }, why: 'cart_differs' },
    { what: 'was reminded of', over: { lastRemindedAt: createdAt + 1 }, why: 'unanswered' },
    { what: 'is unclear', over: { state: states.unconfirmed }, why: 'fleet_unclear' },
  ])('a request that $what: $why', ({ over, why }) => {
    expect(whyStuck(aRequest(over), createdAt)).toBe(why);
  });

  it('what is being sent, or past its deadline, is given five minutes', () => {
    const sending = aRequest({ state: states.validating });

    expect(whyStuck(sending, states.validating.at + 5 * MINUTE)).toBeNull();
    expect(whyStuck(sending, states.validating.at + 5 * MINUTE + 1)).toBe('sending_long');
    expect(whyStuck(aRequest(), expiresAt + 5 * MINUTE)).toBeNull();
    expect(whyStuck(aRequest(), expiresAt + 5 * MINUTE + 1)).toBe('overdue');
    expect(whyDraftStuck(aDraft({ creatingSince: 1 }), 5 * MINUTE + 1)).toBeNull();
    expect(whyDraftStuck(aDraft({ creatingSince: 1 }), 5 * MINUTE + 2)).toBe('creating_long');
    expect(whyDraftStuck(aDraft(), createdAt)).toBeNull();
  });

  it.each(finalStates)('a request that is over is not: $kind', (state) => {
    expect(whyStuck(aRequest({ state }), expiresAt + 60 * MINUTE)).toBeNull();
  });
});

const holding = (productIds: readonly number[]) => ({
  ...{ productIds: productIds as never, names: productIds.map(() => null), rent: null, currency: null },
});

describe('the listing kept with a record', () => {
  const isStuckAt = ({ stuckAfter }: ReturnType<typeof listingOfRequest>, now: number) =>
    stuckAfter !== null && now > stuckAfter;
  const over = [{}, { approverGone: true }, { problem }, { difference }, { lastRemindedAt: 1 }, { expiresAt: 7 }];
  const every = [...Object.values(states), ...finalStates].flatMap((state) =>
    over.map((one) => aRequest({ ...one, state })),
  );

  it('says when a request is stuck, whatever its state and the time', () => {
    for (const request of every)
      for (const at of [1, createdAt, states.validating.at, request.expiresAt])
        for (const now of [at, at + 5 * MINUTE, at + 5 * MINUTE + 1])
          expect(isStuckAt(listingOfRequest(request), now)).toBe(whyStuck(request, now) !== null);
  });

  it('says when a draft is stuck', () => {
    for (const creatingSince of [null, 1])
      for (const now of [1, 5 * MINUTE + 1, 5 * MINUTE + 2]) {
        const draft = aDraft({ creatingSince });
        expect(isStuckAt(listingOfDraft(draft), now)).toBe(whyDraftStuck(draft, now) !== null);
      }
  });

  it('of a request names its place in the list', () => {
    expect(listingOfRequest(aRequest()).place).toBe('pending');
    expect(listingOfRequest(aRequest({ state: states.validating })).place).toBe('sending');
    expect(listingOfRequest(aRequest({ state: states.unconfirmed })).place).toBe('sending');
    for (const state of finalStates) expect(listingOfRequest(aRequest({ state })).place).toBe('unlisted');
  });

  it.each([
    ['draft', {}],
    ['draft', { lines: [], creatingSince: 1 }],
    ['draft', { lines: [], standing: 'found' as const, fleetHolds: holding([7]) }],
    ['kept', { lines: [], standing: 'emptied' as const, fleetHolds: holding([7]) }],
    ['unlisted', { lines: [], fleetHolds: null }],
    ['unlisted', { lines: [], fleetHolds: holding([]) }],
    ['unlisted', { lockedBy: 'r1' as never }],
  ])('of a draft says %s for %j', (place, more) => {
    expect(listingOfDraft(aDraft(more)).place).toBe(place);
  });

  it('is text with the revision that it is of', () => {
    const { fleetOrderId } = aRequest();
    expect(listingText(3, listingOfRequest(aRequest({ approverGone: true })))).toBe(`3|pending|0|${fleetOrderId}`);
    expect(listingText(4, listingOfDraft(aDraft({ fleetOrderId: null })))).toBe('4|draft||');
  });
});

describe('a page', () => {
  it.each([
    { count: 0, wanted: 0, page: 0, pages: 1, first: 1, length: 0 },
    { count: 15, wanted: 0, page: 0, pages: 1, first: 1, length: 15 },
    { count: 16, wanted: 1, page: 1, pages: 2, first: 16, length: 1 },
    { count: 16, wanted: 7, page: 1, pages: 2, first: 16, length: 1 },
    { count: 3, wanted: 1, page: 0, pages: 1, first: 1, length: 3 },
  ])('$wanted of $count is $page of $pages', ({ count, wanted, length, ...expected }) => {
    const shown = pageOf(Array.from({ length: count }), wanted, 15);

    expect(shown).toMatchObject({ ...expected, count });
    expect(shown.rows).toHaveLength(length);
  });
});
