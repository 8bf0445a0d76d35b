import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FleetCodeOf } from '../../../src/domain/failures/failure.ts';
import { existingCartLead, waitingTexts } from '../../../src/views/cart/states.ts';
import { people } from '../../support/world.ts';
import {
  busy,
  documentedAnswers,
  keyTroubles,
  lostAfter,
  lostBefore,
  refusal,
  unclearRefusals,
  undocumented,
  unknownRefusals,
  type WalkedAnswer,
} from './answers.ts';
import { expectClear, expectNoInsides, expectNothingLeaked } from './clear.ts';
import { aboveField, cartsOf, filledForm, modalWith, onTop, startWalk, type Walk, type Walker } from './walk-world.ts';

let walk: Walk;
beforeAll(async () => {
  walk = await startWalk({ rows: 90 });
});
afterAll(async () => {
  expectNothingLeaked(walk.world);
  expect(walk.world.fleet.orders()).toEqual([]);
  await walk.world.close();
});

/** Where the person finds the sentence. A code without a place here does not compile. */
const placeOf: Readonly<Record<FleetCodeOf<'createCart'>, string>> = {
  KEYBOARD_LAYOUT_REQUIRED: 'Keyboard layout',
  INVALID_USER: 'For',
  INVALID_ADDRESS: 'Ship to',
  DELIVERY_COUNTRY_NOT_FOUND: 'Delivery country',
  PRODUCT_NOT_FOUND: 'Product',
  PRODUCT_PRICING_UNAVAILABLE: 'Product',
  INVALID_ORDER_LINE: 'Product',
  INVALID_PURCHASER: 'on top',
  CART_ALREADY_EXISTS: 'a choice',
  INSUFFICIENT_SCOPE: 'the banner',
  COMPANY_NOT_FOUND: 'the banner',
  INTERNAL_ERROR: 'goes on by itself',
};
const documented = documentedAnswers('createCart').map((answer) => ({
  ...answer,
  place: placeOf[answer.name as FleetCodeOf<'createCart'>],
}));
const above = documented.filter(
  ({ place }) => !['on top', 'a choice', 'the banner', 'goes on by itself'].includes(place),
);
const goesOn = documented.filter(({ place }) => place === 'goes on by itself');

/** Fleet drops the country for everybody: that row takes one that no other row uses. */
const localeFor = (place: string) => (place === 'Delivery country' ? 'fr-FR' : 'de-DE');

describe('Fleet refuses the first device of a cart', () => {
  it.concurrent.each(above)('$name stands above “$place”, with the form as it was', async ({ what, place }) => {
    const walker = walk.next(localeFor(place));
    const form = await filledForm(walk, walker);
    await form.fill('Quantity', '2');
    walk.strike('createCart', what, walker, 1);

    await form.submit();

    const back = await modalWith(walk, walker, `${place}: `);
    const sentence = aboveField(back, place);
    expect(sentence.startsWith(`${place}: `)).toBe(true);
    expectClear(sentence);
    expect(back.field('Quantity').value).toBe('2');
    expect(back.submitText).toBe('Add to cart');
    expect(cartsOf(walk, walker)).toEqual([]);
  });

  it.concurrent('INVALID_PURCHASER stands on top of the form, and admins hear whom Fleet refuses', async () => {
    const walker = walk.next();
    const form = await filledForm(walk, walker);
    walk.strike('createCart', refusal('INVALID_PURCHASER'), walker, 1);

    await form.submit();

    const back = await modalWith(walk, walker, "doesn't allow this person to order");
    expectClear(onTop(back));
    expect(back.submitText).toBe('Add to cart');
    const dan = walk.world.slack.person(people.dan);
    const told = await walk.until('the message to admins', () => dan.message(walker.name));
    expectClear(told.text());
  });

  it.concurrent('CART_ALREADY_EXISTS offers the choice between the two carts', async () => {
    const walker = walk.next();
    const form = await filledForm(walk, walker);
    openCartElsewhere(walker);

    await form.submit();

    const choice = await modalWith(walk, walker, existingCartLead);
    expectClear(choice.text());
    await choice.press('Replace its contents');
    await modalWith(walk, walker, 'Replaced.');
    expect(cartsOf(walk, walker)).toMatchObject([{ lines: [{ productId: 121 }] }]);
  });

  it.concurrent('CART_ALREADY_EXISTS of a cart that nobody finds names no buttons that are not there', async () => {
    const walker = walk.next();
    const form = await filledForm(walk, walker);
    walk.strike('createCart', refusal('CART_ALREADY_EXISTS'), walker, 1);

    await form.submit();

    const back = await modalWith(walk, walker, /open cart/);
    expectClear(onTop(back));
    expect(back.text()).not.toMatch(/replace its contents/i);
  });

  it.concurrent.each(unknownRefusals)('$name stands on top of the form as Fleet’s own words', async ({ what }) => {
    const walker = walk.next();
    const form = await filledForm(walk, walker);
    walk.strike('createCart', what, walker, 1);

    await form.submit();

    const back = await modalWith(walk, walker, /Fleet rejected this/);
    expectClear(onTop(back));
    expect(onTop(back).length).toBeLessThan(900);
    expect(back.submitText).toBe('Add to cart');
    expect(cartsOf(walk, walker)).toEqual([]);
  });
});

describe('nobody can say whether Fleet has made the cart', () => {
  const rows = [...goesOn, ...unclearRefusals, ...lostBefore, ...lostAfter];

  it.concurrent.each(rows)(
    '$name: it is looked for, and there is one cart in the end',
    { timeout: 30_000 },
    async ({ what }) => {
      const walker = walk.next();
      const form = await filledForm(walk, walker);
      walk.strike('createCart', what, walker, 1);

      await form.submit();

      const waiting = await modalWith(walk, walker, waitingTexts.fleet_did_not_confirm);
      expectClear(waiting.text());
      expect(waiting.submitText).toBeUndefined();
      const cart = await modalWith(walk, walker, 'Added 1 device');
      expectNoInsides(cart.text());
      expect(cartsOf(walk, walker)).toMatchObject([{ lines: [{ productId: 121 }] }]);
    },
  );

  it.concurrent('503 and no end to it: the person is told where to look', { timeout: 40_000 }, async () => {
    const walker = walk.next();
    const form = await filledForm(walk, walker);
    walk.strike('createCart', { kind: 'service_unavailable' }, walker);

    await form.submit();

    const told = await modalWith(walk, walker, 'Fleet has a problem right now');
    expectClear(told.text());
    expect(told.text()).toContain('Open Your cart in a minute');
    expect(cartsOf(walk, walker)).toEqual([]);
  });
});

describe('the modal was closed meanwhile', () => {
  const rows: readonly WalkedAnswer[] = documented.filter(({ place }) => !['a choice', 'the banner'].includes(place));

  it.concurrent.each([...rows, ...undocumented])('$name is told by message', { timeout: 30_000 }, async (row) => {
    const place = 'place' in row ? String(row.place) : '';
    const walker = walk.next(place === 'Delivery country' ? 'de-AT' : 'de-DE');
    const form = await filledForm(walk, walker);
    walk.strike('createCart', row.what, walker, 1);
    walk.strike('createCart', { kind: 'slow', ms: 300 }, walker, 1);

    await form.submit();
    await walker.person.modal()?.closeAll();

    const told = await walk.until('a message', () => walker.person.messagesIn().at(-1));
    expectClear(told.text());
    expect(told.pings).toEqual([]);
  });
});

describe('Fleet does not accept the key', () => {
  it.each(keyTroubles)('$name pauses ordering with the one banner', async ({ what }) => {
    const walker = walk.next();
    const form = await filledForm(walk, walker);
    walk.strike('createCart', what, walker, 1);

    await form.submit();

    const banner = await modalWith(walk, walker, 'Ordering is paused');
    expectClear(banner.text());
    expect(banner.submitText).toBeUndefined();
    expect(cartsOf(walk, walker)).toEqual([]);
    await walk.resume();
  });

  it('429 beyond the budget says that it goes on by itself, and it does', async () => {
    const walker = walk.next();
    const form = await filledForm(walk, walker);
    walk.strike('createCart', busy.what, walker, 1);

    await form.submit();

    const waiting = await modalWith(walk, walker, waitingTexts.fleet_is_busy);
    expectClear(waiting.text());
    await modalWith(walk, walker, 'Added 1 device');
    expect(cartsOf(walk, walker)).toHaveLength(1);
  });
});

/** Put together in Fleet's own web application. */
function openCartElsewhere({ fleetUserId }: Walker): void {
  const { state, cockpit } = walk.world.fleet;
  const id = state.nextOrderId();
  state.orders.set(id, {
    ...{ id, createdAt: 1, updatedAt: 1, purchaserId: fleetUserId, acquisitionMode: 'LEASING', lines: [] },
    ...{ clientStatus: null, orderNumber: null, contractNumber: null, orderDate: null, validations: [] },
    ...{ isDeleted: false, isLocked: false },
  });
  cockpit.addLine(id, { productId: 131, deliveryCountry: 'DE' });
}
