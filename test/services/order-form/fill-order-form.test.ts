import { EventEmitter, once } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { aSeed } from '../../../sandbox/fleet/seed/a-seed.ts';
import type { SlackUserId } from '../../../src/domain/ids.ts';
import { rowsOf } from '../../../src/domain/line.ts';
import type { OrderChoice } from '../../../src/domain/order-form/choice.ts';
import { type FormWanted, fillOrderForm } from '../../../src/services/order-form/fill.ts';
import { findRowChoice } from '../../../src/services/order-form/line-choice.ts';
import { addressId, country, currency, fleetUserId, groupId, productId } from '../../domain/an-order-form.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { watchedRedis } from '../../store/support/watched-redis.ts';
import { aChoice, BEN, CLARA, cartWorld } from '../cart/cart-world.ts';

const { redis } = await redisOfFile();
let world: Awaited<ReturnType<typeof cartWorld>>;

beforeEach(async () => {
  world = await cartWorld(redis);
});

const fill = (wanted: Partial<FormWanted> = {}, slackUserId: SlackUserId = BEN) =>
  fillOrderForm(world.context, slackUserId, { choice: null, words: '', editing: null, ...wanted });
const formOf = async (wanted: Partial<FormWanted> = {}) => {
  const filled = await fill(wanted);
  if (filled.kind !== 'form') throw new Error(filled.kind);
  return filled;
};
const refuses = (operation: 'listProductGroups' | 'listProducts' | 'getPricing', status: number, error: string) =>
  world.fleet.faults.add({ operation, kind: 'answer', status, body: { error } });

it('is filled after two trips to Redis, whoever opened one like it before', async () => {
  const { client, trips } = watchedRedis(redis);
  world = await cartWorld(client);
  const form = async (slackUserId: SlackUserId, wanted: Partial<FormWanted>) => {
    const filled = await fill(wanted, slackUserId);
    await (filled.kind === 'form' ? filled.priced() : null);
  };
  const named = { words: 'thinkpad x1' };
  for (const person of [BEN, CLARA]) await form(person, named);
  await form(BEN, { choice: aChoice() });
  trips();

  await form(CLARA, named);
  expect(trips()).toBe(2);
  await form(CLARA, { choice: aChoice() });
  expect(trips()).toBe(2);
});

describe('while most of the products are still being read', () => {
  const MANY = 1_500;
  /** The pages that no one waits for come when the test wants. */
  const withGate = () => {
    const gate = new EventEmitter();
    const isOpen = once(gate, 'open');
    const { fleet } = world.context;
    const listProductGroups: typeof fleet.listProductGroups = async (query, urgency) => {
      if ((query.offset ?? 0) > 490) await isOpen;
      return fleet.listProductGroups(query, urgency);
    };
    return { open: () => gate.emit('open'), context: { ...world.context, fleet: { ...fleet, listProductGroups } } };
  };

  it('no single match is chosen, and what was chosen before is not called gone', async () => {
    world = await cartWorld(redis, { seed: aSeed({ productGroups: MANY }) });
    const { open, context } = withGate();
    const form = async (wanted: Partial<FormWanted>) => {
      const filled = await fillOrderForm(context, BEN, { choice: null, words: '', editing: null, ...wanted });
      return filled.kind === 'form' ? filled : null;
    };
    const named = { words: 'thinkpad x1' };
    const chosen = aChoice({ productGroupId: groupId(MANY), productId: productId(MANY * 100 + 1) });

    const first = await form(named);
    const kept = await form({ choice: chosen });

    expect(first?.form).toMatchObject({ productsOffered: 1, choice: { productGroupId: null } });
    expect(first?.form.productsToCome).toBeGreaterThan(0);
    expect(kept?.form.choice).toMatchObject({ productGroupId: MANY, productId: MANY * 100 + 1 });
    expect(kept?.trouble).toMatchObject({ kind: 'fleet', failure: { issue: 'list not whole: too_long' } });
    open();
    await vi.waitFor(async () => expect((await form(named))?.form).not.toHaveProperty('productsToCome'), 20_000);
    expect((await form(named))?.form.choice.productGroupId).not.toBeNull();
    expect(await form({ choice: chosen })).toMatchObject({
      trouble: null,
      form: { productGroupName: 'Dock Series 1500' },
    });
  });
});

describe('there is no form', () => {
  it('for somebody whom Fleet does not know', async () => {
    expect(await fill({}, 'U0NOBODY' as SlackUserId)).toEqual({ kind: 'no_match', why: { kind: 'no_match' } });
    expect(world.calls('listProductGroups')).toBe(0);
  });

  it('while ordering is paused', async () => {
    await world.store.setPause({ kind: 'unauthorized', since: 1 });

    expect(await fill()).toMatchObject({ kind: 'paused', pause: { kind: 'unauthorized' } });
  });

  it('while a request has the cart locked', async () => {
    await world.add();
    await world.send({ seen: await world.seen() });

    expect(await fill()).toMatchObject({ kind: 'locked', request: { approver: { slackUserId: CLARA } } });
  });

  it('where Fleet delivers to none of the countries', async () => {
    await world.settings({ countries: [] });

    expect(await fill()).toEqual({ kind: 'no_country' });
  });
});

describe('a new form', () => {
  it("has the person's defaults", async () => {
    const { form } = await formOf();

    // en-US
    expect(form.choice).toMatchObject({
      deliveryCountry: 'US',
      mode: 'LEASING',
      quantity: 1,
      assignee: { kind: 'me' },
    });
    expect(form).toMatchObject({ price: { kind: 'nothing_chosen' }, configurations: null, layouts: null });
  });

  it('begins with the country used last, and before it with that of the cart, in its mode', async () => {
    await world.store.setPreferences(BEN, { lastCountry: 'DE' });
    expect((await formOf()).form.choice.deliveryCountry).toBe('DE');

    await world.add(aChoice({ mode: 'BUY' }));
    const { form } = await formOf();

    expect(form.choice).toMatchObject({ deliveryCountry: 'FR', mode: 'BUY' });
    expect(form).toMatchObject({ linesInCart: 1, modeInCart: 'BUY' });
  });

  it('begins with the country and mode of the settings', async () => {
    await world.settings({ defaultCountry: country('IT'), defaultMode: 'BUY' });

    expect((await formOf()).form.choice).toMatchObject({ deliveryCountry: 'IT', mode: 'BUY' });
  });

  it('still asks for a price when everything is chosen by a single match', async () => {
    const { form } = await formOf({ words: 'thinkpad x1' });

    expect(form).toMatchObject({
      productGroupName: 'ThinkPad X1 Carbon',
      choice: { productId: 121, keyboardLayout: 'INTERNATIONAL_ENGLISH_QWERTY' },
      price: { kind: 'asking' },
    });
    expect(world.calls('getPricing')).toBe(0);
  });
});

describe('a form that comes back', () => {
  it('keeps what is still offered', async () => {
    const { form, trouble } = await formOf({ choice: aChoice({ shippingAddressId: addressId(56) }), editing: 'row' });

    expect(form.choice).toEqual(aChoice({ shippingAddressId: addressId(56) }));
    expect(form.editing).toBe('row');
    expect(form.addresses?.map(({ label }) => label)).toContain('Lyon warehouse');
    expect(trouble).toBeNull();
  });

  it('names whom it is for as the directory does, whatever the field sent back', async () => {
    const sent = { kind: 'person', fleetUserId: fleetUserId(11), name: 'Anna &amp; Keller' } as const;
    const unknown = { kind: 'person', fleetUserId: fleetUserId(9999), name: 'Tom' } as const;

    expect((await formOf({ choice: aChoice({ assignee: sent }) })).form.choice.assignee).toEqual({
      ...sent,
      name: 'Anna Keller',
    });
    expect((await formOf({ choice: aChoice({ assignee: unknown }) })).form.choice.assignee).toEqual(unknown);
    const unnamed = { ...unknown, name: '' };
    expect((await formOf({ choice: aChoice({ assignee: unnamed }) })).form.choice.assignee).toEqual({
      ...unnamed,
      name: 'Fleet user 9999',
    });
  });

  it.each<[string, Partial<OrderChoice>, object]>([
    ['product', { productGroupId: groupId(9999) }, { kind: 'not_offered', field: 'product' }],
    ['configuration', { productId: productId(9999) }, { kind: 'not_offered', field: 'configuration' }],
  ])('says that a %s is gone', async (_, change, trouble) => {
    const filled = await formOf({ choice: aChoice(change) });

    expect(filled.trouble).toEqual(trouble);
    expect(filled.form.choice.productId).toBeNull();
  });

  it.each<[string, Partial<OrderChoice>, object]>([
    ['address', { shippingAddressId: addressId(52) }, { kind: 'not_offered', field: 'ship_to' }],
    [
      'keyboard layout',
      { productGroupId: groupId(3), productId: productId(121), keyboardLayout: 'DUTCH_QWERTY' },
      { kind: 'not_offered', field: 'keyboard_layout' },
    ],
  ])('says that the %s is gone, and chooses no other', async (_, change, trouble) => {
    const { form, ...filled } = await formOf({ choice: aChoice(change) });

    expect(filled.trouble).toEqual(trouble);
    expect(form.choice).toMatchObject(change);
  });
});

describe('where Fleet fails', () => {
  it('the form says so and keeps the choice', async () => {
    refuses('listProductGroups', 503, 'down');

    const { form, trouble } = await formOf({ choice: aChoice() });

    expect(trouble).toMatchObject({ kind: 'fleet', failure: { operation: 'listProductGroups' } });
    expect(form.choice).toEqual(aChoice());
    expect(form.countries).toContain('FR');
  });

  it.each(['listProductGroups', 'listProducts'] as const)(
    'at %s, what the edited row has stays on screen, so that saving keeps it',
    async (operation) => {
      await world.add(aChoice({ keyboardLayout: 'GERMAN_QWERTZ' }));
      const [row] = rowsOf((await world.draft())?.lines ?? []);
      for (const name of ['groups:FR', 'products:FR:1']) await world.store.cache.forget(`catalog:${name}`);
      refuses(operation, 503, 'down');

      const choice = await findRowChoice(world.context, BEN, row?.key ?? '');
      const { form, trouble } = await formOf({ choice, editing: row?.key ?? '' });

      expect(trouble).toMatchObject({ kind: 'fleet', failure: { operation, kind: 'unavailable' } });
      expect(form).toMatchObject({
        isOfferUnknown: true,
        productGroupName: row?.line.productName,
        configurations: [{ productId: 101, label: row?.line.configuration }],
        layouts: ['GERMAN_QWERTZ'],
      });
    },
  );

  it.each([
    ['product', 'listProductGroups', { productGroupId: groupId(9999) }],
    ['configuration', 'listProducts', { productId: productId(9999) }],
  ] as const)('a %s that is missing from part of a list is not called gone', async (_, operation, change) => {
    world.fleet.faults.add({ operation, kind: 'row_unreadable', at: 2 });

    const { form, trouble } = await formOf({ choice: aChoice(change) });

    expect(trouble).toMatchObject({ kind: 'fleet', failure: { operation, kind: 'unreadable' } });
    expect(form.choice).toEqual(aChoice(change));
  });

  it('a country that Fleet does not deliver to is offered no longer', async () => {
    refuses('listProductGroups', 404, 'DELIVERY_COUNTRY_NOT_FOUND');

    const { form } = await formOf({ choice: aChoice() });

    expect(form.countries).not.toContain('FR');
  });

  it('the configurations are told as missing', async () => {
    refuses('listProducts', 404, 'PRODUCT_NOT_FOUND');

    const { form, trouble } = await formOf({ choice: aChoice() });

    expect(trouble).toMatchObject({ kind: 'fleet', failure: { code: 'PRODUCT_NOT_FOUND' } });
    expect(form.configurations).toBeNull();
  });

  it('a product of which nothing is offered is told', async () => {
    world.fleet.faults.add({ operation: 'listProducts', kind: 'answer', status: 200, body: { data: [] } });

    const { form, trouble } = await formOf({ choice: aChoice({ productId: null }) });

    expect(trouble).toEqual({ kind: 'not_offered', field: 'product' });
    expect(form.choice.productId).toBeNull();
  });
});

describe('the price', () => {
  const priced = async (change: Partial<OrderChoice> = {}) => (await formOf({ choice: aChoice(change) })).priced();

  it('is known with the time it takes', async () => {
    expect(await priced()).toMatchObject({
      form: {
        price: { kind: 'known', price: { amount: '54.9', currency: 'EUR' }, shipping: { min: expect.any(Number) } },
      },
      trouble: null,
    });
  });

  it('is not asked for while there is nothing to ask for', async () => {
    const { form } = await priced({ productGroupId: null, productId: null });

    expect(form.price).toEqual({ kind: 'nothing_chosen' });
    expect(world.calls('getPricing')).toBe(0);
  });

  it('is unknown with the reason when Fleet does not answer, and that is no trouble', async () => {
    refuses('getPricing', 500, 'INTERNAL_ERROR');

    expect(await priced()).toMatchObject({
      form: { price: { kind: 'unknown', why: { kind: 'fleet', failure: { kind: 'unavailable' } } } },
      trouble: null,
    });
  });

  it('is a trouble when Fleet refuses the product', async () => {
    refuses('getPricing', 404, 'PRODUCT_PRICING_UNAVAILABLE');

    expect(await priced()).toMatchObject({
      form: { price: { kind: 'unknown' } },
      trouble: { kind: 'fleet', failure: { code: 'PRODUCT_PRICING_UNAVAILABLE' } },
    });
  });

  it('over the limit for one device is a trouble', async () => {
    await world.settings({ priceLimits: [{ amount: '54.89', currency: currency('EUR') }] });

    expect(await priced()).toMatchObject({
      form: { price: { kind: 'known' } },
      trouble: { kind: 'over_limit', limit: { amount: '54.89' }, productName: 'MacBook Pro 14' },
    });
  });

  it('is unknown in a country that the settings name no currency for', async () => {
    await world.settings({ countries: [] });

    expect(await priced()).toMatchObject({
      form: { price: { kind: 'unknown', why: { kind: 'no_currency' } } },
    });
  });
});
