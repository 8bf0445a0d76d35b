import { describe, expect, it } from 'vitest';
import type { FleetFailure } from '../../src/domain/failures/failure.ts';
import { whyDraftStuck, whyStuck } from '../../src/domain/orders/follow.ts';
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
