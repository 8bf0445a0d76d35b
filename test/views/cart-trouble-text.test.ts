import { describe, expect, it } from 'vitest';
import type { CartNews, CartTrouble } from '../../src/domain/cart/trouble.ts';
import type { CountryCode } from '../../src/domain/ids.ts';
import { cartNewsText, cartTroubleText, formProblem } from '../../src/views/cart/trouble.ts';
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
  { kind: 'over_limit', price: euros('54.9'), limit: euros('50'), productName: 'MacBook <!channel>' },
  { kind: 'over_limit', price: euros('54.9'), limit: euros('50'), productName: null },
  { ...notLet, field: 'product' },
  { ...notLet, field: 'delivery_country' },
  { kind: 'limit_unproven', productName: 'MacBook <!channel>' },
  { kind: 'not_offered', field: 'configuration' },
  { kind: 'not_matched', match: { kind: 'no_match' } },
  { kind: 'changed_elsewhere' },
  { kind: 'gone_from_fleet' },
  { kind: 'ordered_already', clientStatus: 'SHIPPED' },
  { kind: 'nothing_to_send' },
  { kind: 'found_left' },
  { kind: 'not_as_seen' },
  { kind: 'approver_missing' },
  { kind: 'approver_not_eligible' },
  { kind: 'own_approver' },
  { kind: 'approver_unknown' },
];

describe('what went wrong', () => {
  it.each(troubles.filter(({ kind }) => kind !== 'fleet'))('says of $kind whether anything was ordered', (trouble) => {
    expect(cartTroubleText(trouble)).toMatch(
      /nothing (more )?was (sent and nothing was )?ordered|nothing was ordered/i,
    );
    expect(cartTroubleText(trouble)).not.toContain('<!channel>');
  });

  it('does not claim that nothing was ordered by a request that is over', () => {
    expect(cartTroubleText({ kind: 'request_over' })).toContain('decided already');
  });

  it('names the price and the limit', () => {
    const text = cartTroubleText({
      kind: 'over_limit',
      price: euros('54.9'),
      limit: euros('50'),
      productName: 'MacBook',
    });

    expect(text).toContain('MacBook costs €54.90, and your company');
    expect(text).toContain('€50.00');
  });

  it('says of a price that cannot be held against the limit what to do', () => {
    expect(cartTroubleText({ kind: 'limit_unproven', productName: 'MacBook' })).toMatch(
      /^Fleet does not say what MacBook costs just now, .* limit for one device\. .*Choose it again in a few minutes/u,
    );
  });
});

describe('above a field', () => {
  it.each([
    [rejected('INVALID_ADDRESS'), 'ship_to', 'Ship to: '],
    [{ kind: 'over_limit', price: euros('2'), limit: euros('1'), productName: 'M' } as const, 'product', 'Product: '],
    [{ kind: 'limit_unproven', productName: 'M' } as const, 'product', 'Product: '],
    [{ kind: 'not_offered', field: 'keyboard_layout' } as const, 'keyboard_layout', 'Keyboard layout: '],
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
    [{ kind: 'added', count: 1 }, 'Added 1 device to your cart. Nothing is ordered yet.'],
    [{ kind: 'saved' }, 'Saved. Nothing is ordered yet.'],
    [{ kind: 'removed' }, 'Removed. Nothing is ordered.'],
    [{ kind: 'emptied' }, 'Removed. Nothing was sent to Fleet.'],
    [{ kind: 'completed', left: 0 }, "Saved, and Fleet's cart holds exactly what stands here. Nothing is ordered yet."],
    [
      { kind: 'completed', left: 2 },
      'Saved here. Nothing is changed in Fleet yet: 2 devices left to complete or remove.',
    ],
    [{ kind: 'replaced' }, 'Replaced what was in the cart. Nothing is ordered yet.'],
    [{ kind: 'left_as_it_is' }, 'The cart in Fleet was left as it is. Nothing was added and nothing was ordered.'],
    [{ kind: 'sent', approver: clara }, 'Sent to *Clara Rossi* for approval. Nothing is ordered before they sign.'],
  ];

  it.each(news)('%o', (one, text) => {
    expect(cartNewsText(one, null)).toBe(text);
  });

  it('says when everything is priced in another mode', () => {
    expect(cartNewsText({ kind: 'saved' }, 'BUY')).toContain('Everything in it is priced as *Buy* now.');
  });
});
