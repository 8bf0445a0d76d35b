import { describe, expect, expectTypeOf, it } from 'vitest';
import { codeRows, type FailureRows, failureRows } from '../../src/domain/failures/codes.ts';
import { isFleetWrite, mayHaveHappened, type RejectionCode } from '../../src/domain/failures/failure.ts';
import { type Advice, approveAgain } from '../../src/domain/failures/kinds.ts';
import { adviceFor } from '../../src/domain/failures/table.ts';
import { documented, everyDocumented, everyKind, nameOf, operations } from './every-failure.ts';

const everything = [...everyDocumented, ...everyKind];
const codes = Object.keys(codeRows) as readonly RejectionCode[];
const everyCodeEverywhere = operations.flatMap((operation) => codes.map((code) => documented(operation, code)));

const sentenceOf = ({ happened, orderedText, next }: Advice) => `${happened} ${orderedText} ${next}`;

describe('every failure of every operation', () => {
  it.each(everything.map((failure) => [nameOf(failure), failure] as const))('%s is answered in full', (_, failure) => {
    for (const moment of ['form', 'approval'] as const) {
      const advice = adviceFor(failure, moment);

      expect(advice.happened).toMatch(/^[A-Z].{10,}\.$/u);
      if (moment === 'approval' || advice.ordered !== 'nothing') expect(advice.orderedText).toMatch(/ordered/u);
      expect(advice.next).toMatch(/^[A-Z].{10,}\.$/u);
      // No jargon, no codes.
      expect(sentenceOf(advice)).not.toMatch(/[A-Z]_[A-Z]|HTTP|API|JSON|\d{3}|null/u);
    }
  });

  it.each(everything.map((failure) => [nameOf(failure), failure] as const))(
    '%s promises only what is so',
    (_, failure) => {
      const advice = adviceFor(failure);

      if (mayHaveHappened(failure)) {
        expect(advice.looksFirst).toBe(true);
        // A refusal that we don't understand comes to a card only once a look found that it still is a cart.
        const isLookedAt = 'status' in failure && failure.status >= 400 && failure.status < 500;
        if (failure.operation === 'validateCart') expect(advice.ordered).toBe(isLookedAt ? 'nothing' : 'maybe');
        else expect(advice.orderedText).toMatch(/may or may not have (changed|been saved)/u);
      }
      if (advice.ordered !== 'nothing') expect(advice.looksFirst).toBe(true);
      // Nobody is told to press again where that could order twice.
      if (failure.operation === 'validateCart' && advice.ordered !== 'nothing') expect(advice.retryHelps).toBe(false);
      if (advice.place === 'field') expect(advice.label).not.toBeNull();
      if (advice.who === 'admins') expect(advice.tellAdmins).toBe(true);
      if (advice.pausesOrdering) expect(advice.place).toBe('banner');
    },
  );

  it('a code from an operation that does not document it means what it means elsewhere', () => {
    for (const failure of everyCodeEverywhere) expect(adviceFor(failure).happened).toMatch(/\.$/u);
    expect(adviceFor(documented('listUsers', 'PAYMENT_METHOD_REQUIRED'))).toMatchObject({ who: 'admins' });
  });

  it('nothing of a write’s lines is asked of whoever only pressed Approve', () => {
    for (const failure of everyCodeEverywhere.filter(({ operation }) => isFleetWrite(operation))) {
      expect(['card', 'banner', 'waits']).toContain(adviceFor(failure, 'approval').place);
    }
    expect(adviceFor(documented('patchCart', 'PRODUCT_NOT_FOUND'), 'approval')).toMatchObject({
      place: 'card',
      who: 'requester',
      tellRequester: true,
      next: 'The requester can withdraw the request, change this and send it again.',
    });
  });

  it.each([
    { kind: 'no_answer', why: 'timeout' },
    { kind: 'unavailable', status: 503 },
    { kind: 'unreachable' },
  ] as const)('whoever pressed Approve presses it again after a patch that is $kind', (failure) => {
    expect(adviceFor({ operation: 'patchCart', ...failure }, 'approval')).toMatchObject({
      place: 'card',
      ordered: 'nothing',
      next: approveAgain,
    });
  });
});

it('a missing row, and one for a code that Fleet does not document, break the build', () => {
  expectTypeOf<Omit<FailureRows, 'getCart'>>().not.toExtend<FailureRows>();
  expectTypeOf<{ CART_NOT_FOUND: FailureRows['getCart']['CART_NOT_FOUND'] }>().not.toExtend<FailureRows['getCart']>();
  // @ts-expect-error getCart has no such code
  expect(failureRows.getCart.PAYMENT_METHOD_REQUIRED).toBeUndefined();
});

describe('where it shows, and who is told', () => {
  it.each([
    ['createCart', 'KEYBOARD_LAYOUT_REQUIRED', { place: 'field', label: 'Keyboard layout' }],
    ['patchCart', 'KEYBOARD_LAYOUT_REQUIRED', { place: 'field', label: 'Keyboard layout', findsBadLine: true }],
    ['getPricing', 'KEYBOARD_LAYOUT_REQUIRED', { place: 'field', label: 'Keyboard layout' }],
    ['createCart', 'INVALID_USER', { place: 'field', label: 'For' }],
    ['patchCart', 'INVALID_ADDRESS', { place: 'field', label: 'Ship to', refreshesAddresses: true }],
    ['getPricing', 'COUNTRY_NOT_FOUND', { place: 'field', label: 'Delivery country', dropsCountryForADay: true }],
    ['createCart', 'DELIVERY_COUNTRY_NOT_FOUND', { place: 'field', dropsCountryForADay: true, findsBadLine: false }],
    ['patchCart', 'DELIVERY_COUNTRY_NOT_FOUND', { place: 'field', dropsCountryForADay: true, findsBadLine: true }],
    ['createCart', 'PRODUCT_NOT_FOUND', { place: 'field', label: 'Product', findsBadLine: false }],
    ['patchCart', 'PRODUCT_NOT_FOUND', { place: 'row', label: 'Product', findsBadLine: true }],
    ['patchCart', 'PRODUCT_PRICING_UNAVAILABLE', { place: 'row', findsBadLine: true }],
    ['patchCart', 'INVALID_ORDER_LINE', { place: 'row', findsBadLine: true }],
    ['createCart', 'INVALID_PURCHASER', { place: 'cart', tellAdmins: true, ordered: 'nothing' }],
    ['validateCart', 'INVALID_PURCHASER', { place: 'card', tellAdmins: true, tellRequester: true, ordered: 'nothing' }],
    ['createCart', 'CART_ALREADY_EXISTS', { place: 'choice', ordered: 'nothing' }],
    ['getCart', 'CART_NOT_FOUND', { place: 'message', ordered: 'maybe', looksFirst: true }],
    ['validateCart', 'ORDER_NOT_FOUND', { place: 'card', ordered: 'nothing', looksFirst: true }],
    ['patchCart', 'ORDER_NOT_CART', { place: 'message', ordered: 'already', looksFirst: true }],
    ['validateCart', 'ORDER_NOT_CART', { place: 'card', ordered: 'nothing', looksFirst: true }],
    ['validateCart', 'ORDER_STATUS_TRANSITION_FORBIDDEN', { place: 'card', ordered: 'nothing', looksFirst: true }],
    ['validateCart', 'VALIDATE_CART_CONFLICT', { place: 'card', ordered: 'nothing', looksFirst: true }],
    ['validateCart', 'VALIDATE_CART_NO_DEVICES', { place: 'card', who: 'requester', tellRequester: true }],
    ['validateCart', 'INVALID_USER', { place: 'card', tellAdmins: true, field: null }],
    ['validateCart', 'PAYMENT_METHOD_REQUIRED', { place: 'card', tellAdmins: true, ordered: 'nothing' }],
    ['validateCart', 'INSUFFICIENT_SCOPE', { place: 'banner', tellAdmins: true, pausesOrdering: true }],
    ['listUsers', 'COMPANY_NOT_FOUND', { place: 'banner', tellAdmins: true, pausesOrdering: true }],
    ['validateCart', 'INTERNAL_ERROR', { place: 'card', ordered: 'maybe', who: 'nobody', looksFirst: true }],
    ['createCart', 'INTERNAL_ERROR', { place: 'cart', ordered: 'nothing', looksFirst: true }],
    ['listOrders', 'INTERNAL_ERROR', { place: 'message', ordered: 'nothing', looksFirst: false, retryHelps: true }],
  ] as const)('%s %s', (operation, code, expected) => {
    expect(adviceFor(documented(operation, code))).toMatchObject(expected);
  });

  it('waits in silence while Fleet is busy', () => {
    const advice = adviceFor({ operation: 'validateCart', kind: 'rate_limited', retryAfterMs: 1 });

    expect(advice).toMatchObject({ place: 'waits', who: 'nobody', tellRequester: false, retryHelps: true });
    expect(sentenceOf(advice)).toBe(
      "Fleet is busy. Nothing was ordered. We'll keep trying; you don't need to do anything.",
    );
  });

  it('says whose share of the minute is used up', () => {
    const own = { operation: 'getCart', kind: 'rate_limited', retryAfterMs: 1, isOwnShare: true } as const;

    expect(sentenceOf(adviceFor(own))).toBe("That's a lot of requests in one minute.  Try again in a minute.");
  });

  it('trusts no conflict that it cannot read: an unknown 409 to a write is looked into', () => {
    const conflict = (operation: 'patchCart' | 'validateCart' | 'createCart') =>
      adviceFor({ operation, kind: 'rejected_in_words', words: 'ORDER_LOCKED', status: 409 });

    expect(conflict('validateCart')).toMatchObject({ ordered: 'nothing', looksFirst: true, place: 'card' });
    expect(conflict('patchCart')).toMatchObject({ ordered: 'maybe', looksFirst: true });
    expect(conflict('createCart')).toMatchObject({ ordered: 'nothing', looksFirst: true });
  });

  it.each([
    { kind: 'rejected_in_words', words: 'no healthy upstream', status: 404 },
    { kind: 'unreadable', issue: 'HTML', status: 403 },
  ] as const)('trusts no refusal that Fleet does not document: $kind', (failure) => {
    expect(adviceFor({ operation: 'validateCart', ...failure })).toMatchObject({
      ordered: 'nothing',
      looksFirst: true,
      next: expect.stringContaining('We checked'),
    });
    expect(adviceFor({ operation: 'createCart', ...failure })).toMatchObject({
      looksFirst: true,
      orderedText: 'Your cart may or may not have changed.',
    });
    expect(adviceFor({ operation: 'getCart', ...failure })).toMatchObject({ looksFirst: false, orderedText: '' });
  });
});
