import { describe, expect, it } from 'vitest';
import type { FleetOperation } from '../../../src/domain/failures/failure.ts';
import { busy, failedReads, keyTroubles, undocumented } from './answers.ts';
import { codesOf, walkOfFile } from './catalog-walk.ts';
import { expectClear, SAYS_FAILURE } from './clear.ts';
import { aboveField, modalWith, onTop, productName } from './walk-world.ts';

const theWalk = walkOfFile(60);

const rowsOf = (operation: FleetOperation) => [...codesOf(operation), ...undocumented, ...failedReads, busy];

describe('the product groups of a country', () => {
  it.each(rowsOf('listProductGroups'))('$name: the form opens and says so', async ({ what, name }) => {
    const walk = theWalk();
    const walker = walk.next();
    walk.strike('listProductGroups', what, 'everybody');

    await walker.person.command('/fleet order');

    const form = await modalWith(walk, walker, SAYS_FAILURE);
    expectClear(form.text());
    expect(form.hasField('Delivery country')).toBe(true);
    if (name === 'DELIVERY_COUNTRY_NOT_FOUND')
      expect(aboveField(form, 'Delivery country')).toMatch(/^Delivery country: /);
    else expectClear(onTop(form));
    const offered = await form.search('Product', 'thinkpad');
    expect(offered).toHaveLength(1);
    expect(offered[0]).not.toMatch(/ThinkPad X1/);
  });
});

describe('the products of a group', () => {
  it.each(rowsOf('listProducts'))('$name: the form keeps the group and says so', async ({ what, name }) => {
    const walk = theWalk();
    const walker = walk.next();
    walk.strike('listProducts', what, 'everybody');

    await walker.person.command(`/fleet order ${productName}`);

    const form = await modalWith(walk, walker, SAYS_FAILURE);
    expectClear(form.text());
    const place = { DELIVERY_COUNTRY_NOT_FOUND: 'Delivery country', PRODUCT_NOT_FOUND: 'Product' }[name];
    expectClear(place === undefined ? onTop(form) : aboveField(form, place));
    expect((await form.submit()).kind).toBe('errors');
  });
});

describe('a catalog that the key may not read', () => {
  const rows = (['listProductGroups', 'listProducts'] as const).flatMap((operation) =>
    keyTroubles.map((row) => ({ ...row, operation })),
  );

  it.each(rows)('$name to $operation: the one banner', async ({ what, operation }) => {
    const walk = theWalk();
    const walker = walk.next();
    walk.strike(operation, what, 'everybody');

    await walker.person.command(`/fleet order ${productName}`);

    expectClear((await modalWith(walk, walker, 'Ordering is paused')).text());
  });
});
