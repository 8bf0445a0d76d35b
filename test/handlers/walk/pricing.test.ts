import { describe, expect, it } from 'vitest';
import { busy, failedReads, keyTroubles, undocumented } from './answers.ts';
import { codesOf, walkOfFile } from './catalog-walk.ts';
import { expectClear, expectNoInsides } from './clear.ts';
import { aboveField, filledForm, modalWith, productName } from './walk-world.ts';

const theWalk = walkOfFile(60);

describe('a price', () => {
  const above: Readonly<Record<string, string>> = {
    KEYBOARD_LAYOUT_REQUIRED: 'Keyboard layout',
    COUNTRY_NOT_FOUND: 'Delivery country',
    DELIVERY_COUNTRY_NOT_FOUND: 'Delivery country',
    PRODUCT_NOT_FOUND: 'Product',
    PRODUCT_PRICING_UNAVAILABLE: 'Product',
  };

  it.each(codesOf('getPricing').filter(({ name }) => name in above))('$name stands above its field', async (row) => {
    const walk = theWalk();
    const walker = walk.next();
    const label = above[row.name] ?? '';
    walk.strike('getPricing', row.what, 'everybody');

    await walker.person.command(`/fleet order ${productName}`);

    const form = await modalWith(walk, walker, `${label}: `);
    expect(aboveField(form, label).startsWith(`${label}: `)).toBe(true);
    expectClear(aboveField(form, label));
  });

  it.each([...undocumented, ...failedReads, busy, ...keyTroubles])(
    '$name: the price is called unknown',
    async ({ what }) => {
      const walk = theWalk();
      const walker = walk.next();
      walk.strike('getPricing', what, 'everybody');

      await walker.person.command(`/fleet order ${productName}`);

      const form = await modalWith(walk, walker, /[Pp]rice.*(unknown|not known)|Ordering is paused/);
      expectNoInsides(form.text());
      expect(form.text()).not.toMatch(/€\d/);
    },
  );

  it('is asked again with the next change, once Fleet says it', async () => {
    const walk = theWalk();
    const walker = walk.next();
    walk.strike('getPricing', { kind: 'service_unavailable' }, 'everybody');
    await walker.person.command(`/fleet order ${productName}`);
    const form = await modalWith(walk, walker, /[Pp]rice.*(unknown|not known)/);
    walk.world.fleet.faults.clear();

    await form.fill('Quantity', '2');

    await modalWith(walk, walker, '€119.80/month (2 × €59.90)');
  });
});

describe('the addresses', () => {
  const few = failedReads.filter(({ name }) => ['503', 'another shape'].includes(name));
  const rows = [
    ...[...codesOf('listAddresses'), ...undocumented, ...failedReads].map((row) => ({
      ...row,
      list: 'listAddresses' as const,
    })),
    ...[...codesOf('listUserAddresses'), ...few].map((row) => ({ ...row, list: 'listUserAddresses' as const })),
  ];

  it.each(rows)('$name to $list: one can order all the same, to Fleet’s default', async ({ what, list }) => {
    const walk = theWalk();
    const walker = walk.next();
    walk.strike(list, what, 'everybody');

    const form = await filledForm(walk, walker);

    expectNoInsides(form.text());
    expect(form.hasField('Ship to')).toBe(false);
    expect(form.submitText).toBe('Add to cart');
  });
});
