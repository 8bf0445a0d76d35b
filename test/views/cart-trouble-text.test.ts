import { describe, expect, it } from 'vitest';
import type { CartNews, CartTrouble } from '../../src/domain/cart/trouble.ts';
import type { CountryCode } from '../../src/domain/ids.ts';
import { cartNewsText } from '../../src/views/cart/modal.ts';
import { afterClosingText, cartTroubleText, formProblem, notAChoiceText } from '../../src/views/cart/trouble.ts';
import { putAwayText } from '../../src/views/request/state.ts';
import { euros } from '../domain/a-line.ts';
import { clara } from '../domain/a-request.ts';

const rejected = (code: 'INVALID_ADDRESS' | 'INVALID_PURCHASER'): CartTrouble => ({
  kind: 'fleet',
  failure: { operation: 'createCart', kind: 'rejected', code, status: 400 },
  row: null,
});

const notLet = {
  kind: 'not_allowed',
  row: '101|FR',
  productName: 'MacBook <!channel>',
  deliveryCountry: 'FR' as CountryCode,
} as const;

const troubles: readonly CartTrouble[] = [
  rejected('INVALID_ADDRESS'),
  { kind: 'paused' },
  { kind: 'row_gone' },
  { kind: 'found_gone' },
  { kind: 'too_many' },
  { kind: 'over_limit', price: euros('54.9'), limit: euros('50'), mode: 'BUY', productName: 'MacBook <!channel>' },
  { kind: 'over_limit', price: euros('54.9'), limit: euros('50'), mode: 'BUY', productName: null },
  { ...notLet, field: 'product' },
  { ...notLet, field: 'delivery_country' },
  { kind: 'limit_unproven', productName: 'MacBook <!channel>' },
  { kind: 'limit_unproven', productName: null },
  { kind: 'not_offered', field: 'configuration' },
  { kind: 'not_a_choice', field: 'product' },
  { kind: 'not_matched', match: { kind: 'no_match' } },
  { kind: 'changed_elsewhere' },
  { kind: 'gone_from_fleet' },
  { kind: 'ordered_already', clientStatus: 'SHIPPED' },
  { kind: 'ordered_already', clientStatus: 'ARCHIVED' },
  { kind: 'not_yours' },
  { kind: 'nothing_to_send' },
  { kind: 'found_left' },
  { kind: 'not_as_seen' },
  { kind: 'approver_missing' },
  { kind: 'approver_not_eligible' },
  { kind: 'own_approver' },
  { kind: 'approver_unknown' },
  { kind: 'sent_too_often' },
];

describe('what went wrong', () => {
  it.each(troubles)('is said of $kind with the names taken literally', (trouble) => {
    expect(cartTroubleText(trouble)).not.toContain('<!channel>');
  });

  const whileSending = troubles.filter(({ kind }) =>
    [
      ...['not_allowed', 'gone_from_fleet', 'ordered_already', 'found_left', 'not_as_seen'],
      ...['approver_not_eligible', 'own_approver', 'approver_unknown', 'sent_too_often'],
    ].includes(kind),
  );

  it.each(whileSending)('leaves no doubt about $kind: nothing was sent or ordered', (trouble) => {
    expect(cartTroubleText(trouble)).toMatch(/wasn't sent|Nothing (more )?was ordered/u);
  });

  it('does not claim that nothing was ordered by a request that is over', () => {
    expect(cartTroubleText({ kind: 'request_over' })).not.toMatch(/nothing was ordered|wasn't sent/i);
  });

  it.each([
    ['LEASING', 'MacBook costs €54.90/month, over your company’s limit of €50.00/month per device.'],
    ['BUY', 'MacBook costs €54.90, over your company’s limit of €50.00 per device.'],
  ] as const)('names the price and the limit, and what they count (%s)', (mode, said) => {
    const over = { kind: 'over_limit', price: euros('54.9'), limit: euros('50'), productName: 'MacBook' } as const;

    expect(cartTroubleText({ ...over, mode }).replaceAll("'", '’')).toContain(said);
  });

  it('says of a price that cannot be held against the limit what to do', () => {
    expect(cartTroubleText({ kind: 'limit_unproven', productName: 'MacBook' })).toMatch(
      /^The price of MacBook is unknown .* limit per device\. Choose it again in a few minutes/u,
    );
  });
});

it.each(['ARCHIVED', 'FAILED'])('a cart that is %s in Fleet is not called an order', (clientStatus) => {
  const text = cartTroubleText({ kind: 'ordered_already', clientStatus });

  expect(text).toContain(putAwayText);
  expect(text).not.toContain('already an order');
});

describe('above a field', () => {
  it.each([
    [rejected('INVALID_ADDRESS'), 'ship_to', 'Ship to: '],
    [
      { kind: 'over_limit', price: euros('2'), limit: euros('1'), mode: 'BUY', productName: 'M' } as const,
      'product',
      'Product: ',
    ],
    [{ kind: 'limit_unproven', productName: 'M' } as const, 'product', 'Product: '],
    [{ kind: 'not_offered', field: 'keyboard_layout' } as const, 'keyboard_layout', 'Keyboard layout: '],
    [{ kind: 'not_a_choice', field: 'assignee' } as const, 'assignee', `For: ${notAChoiceText}`],
  ])('it begins with the label', (trouble, field, label) => {
    expect(formProblem(trouble)).toMatchObject({ field, text: expect.stringMatching(new RegExp(`^${label}`)) });
  });

  it('stands on top when it is about no field', () => {
    expect(formProblem(rejected('INVALID_PURCHASER')).field).toBeNull();
    expect(formProblem({ kind: 'changed_elsewhere' }).field).toBeNull();
  });
});

describe('what went well', () => {
  const news: readonly [CartNews, string][] = [
    [{ kind: 'added', count: 1 }, "Added 1 device. Send your cart for approval when you're ready."],
    [{ kind: 'saved' }, 'Saved.'],
    [{ kind: 'removed' }, 'Removed.'],
    [{ kind: 'emptied' }, 'Removed.'],
    [{ kind: 'completed', left: 0 }, 'Saved. Your cart in Fleet now matches this one.'],
    [{ kind: 'completed', left: 2 }, 'Saved. 2 devices left to complete or remove.'],
    [{ kind: 'replaced' }, "Replaced. Send your cart for approval when you're ready."],
    [{ kind: 'left_as_it_is' }, 'Nothing was added: your cart in Fleet is unchanged.'],
    [{ kind: 'sent', approver: clara }, 'Sent to *Clara Rossi* for approval.'],
  ];

  it.each(news)('%o', (one, text) => {
    expect(cartNewsText(one, null)).toBe(text);
  });

  it('says when everything is priced in another mode', () => {
    expect(cartNewsText({ kind: 'saved' }, 'BUY')).toContain('Your whole cart switched to *Buy*.');
  });
});

it('tells whoever closed the cart how it ended and where the cart is', () => {
  expect(afterClosingText('Saved.')).toMatch(/^Saved\. `\/fleet cart`/u);
  expect(afterClosingText('')).toMatch(/^Nothing was ordered\. `\/fleet cart`/u);
});
