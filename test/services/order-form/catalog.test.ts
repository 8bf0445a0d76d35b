import { EventEmitter, once } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { aSeed } from '../../../sandbox/fleet/seed/a-seed.ts';
import type { Urgency } from '../../../src/domain/fleet-budget.ts';
import type { CountryCode } from '../../../src/domain/ids.ts';
import { defaultSettings } from '../../../src/domain/settings/settings.ts';
import type { Fleet } from '../../../src/fleet/fleet.ts';
import { ADDRESSES_KEY, listAddresses } from '../../../src/services/catalog/addresses.ts';
import { priceProduct } from '../../../src/services/catalog/prices.ts';
import {
  dropCountry,
  listConfigurations,
  listProductGroups,
  offeredCountries,
  searchProducts,
} from '../../../src/services/catalog/products.ts';
import type { ServiceContext } from '../../../src/services/context.ts';
import { keysOf } from '../../../src/store/keys.ts';
import { country, currency, fleetUserId, groupId, productId } from '../../domain/an-order-form.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { cartWorld } from '../cart/cart-world.ts';

const { redis } = await redisOfFile();
const FRANCE = country('FR');
const MINUTE = 60_000;
let world: Awaited<ReturnType<typeof cartWorld>>;

beforeEach(async () => {
  world = await cartWorld(redis);
});

const groupsOf = async (context: ServiceContext, where: CountryCode = FRANCE) => {
  const groups = await listProductGroups(context, where, await context.store.settings());
  if (!groups.ok) throw new Error(groups.failure.kind);
  return groups.value.rows;
};
/** The same context, telling how urgent each question about product groups was. */
const listening = (context: ServiceContext) => {
  const urgencies: Urgency[] = [];
  const fleet: Fleet = {
    ...context.fleet,
    listProductGroups: (query, urgency) => {
      urgencies.push(urgency);
      return context.fleet.listProductGroups(query, urgency);
    },
  };
  return { urgencies, context: { ...context, fleet } };
};
const soon = async (probe: () => boolean) => {
  for (let tries = 0; tries < 200 && !probe(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(probe()).toBe(true);
};

describe('product groups', () => {
  it('are read whole, page by page, and kept', async () => {
    const inFleet = [...world.fleet.state.productGroups.values()];

    const groups = await groupsOf(world.context);
    const asked = world.calls('listProductGroups');
    await groupsOf(world.context);

    expect(groups.length).toBeGreaterThanOrEqual(250);
    expect(groups.length).toBeLessThanOrEqual(inFleet.length);
    expect(asked).toBe(3);
    expect(world.calls('listProductGroups')).toBe(asked);
  });

  it('are asked for once however many people wait', async () => {
    await Promise.all(Array.from({ length: 30 }, () => groupsOf(world.context)));

    expect(world.calls('listProductGroups')).toBe(3);
  });

  it('are asked for again by who waited for somebody whose own share of the minute was used up', async () => {
    const gate = new EventEmitter();
    const failure = {
      operation: 'listProductGroups',
      kind: 'rate_limited',
      retryAfterMs: 9,
      isOwnShare: true,
    } as const;
    const listProductGroups: Fleet['listProductGroups'] = () => once(gate, 'open').then(() => ({ ok: false, failure }));
    const flooding = { ...world.context, fleet: { ...world.context.fleet, listProductGroups } };

    const theirs = groupsOf(flooding);
    await soon(() => gate.listenerCount('open') === 1);
    const ours = groupsOf(world.context);
    gate.emit('open');

    await expect(theirs).rejects.toThrow('rate_limited');
    expect((await ours).length).toBeGreaterThanOrEqual(250);
  });

  it('are served stale while they are refreshed with the lowest urgency', async () => {
    const { context, urgencies } = listening(world.context);
    await groupsOf(context);
    expect(urgencies).toEqual(['person', 'person', 'person']);
    const gate = world.fleet.hold('listProductGroups');
    world.clock.now += 16 * MINUTE;

    const served = await groupsOf(context);
    gate.release();

    expect(served.length).toBeGreaterThanOrEqual(250);
    await soon(() => urgencies.length === 6);
    expect(urgencies.slice(3)).toEqual(['refresh', 'refresh', 'refresh']);
  });

  it('fail as a whole when a page fails, and are asked for again next time', async () => {
    world.fleet.faults.add({
      operation: 'listProductGroups',
      kind: 'answer',
      status: 503,
      body: { error: 'down' },
      when: ({ query }) => query.offset === '198',
      times: 3,
    });

    const failed = await listProductGroups(world.context, FRANCE, await world.store.settings());
    world.fleet.faults.clear();

    expect(failed).toMatchObject({ ok: false, failure: { kind: 'unavailable' } });
    expect((await groupsOf(world.context)).length).toBeGreaterThanOrEqual(250);
  });

  it('are those that the settings offer', async () => {
    await world.settings({ categories: ['SCREEN'] });
    const screens = await groupsOf(world.context);
    await world.settings({ productGroups: [groupId(1), groupId(4)] });
    const two = await groupsOf(world.context);
    await world.settings({ productGroups: [groupId(1), groupId(4)], categories: ['SCREEN'] });
    const one = await groupsOf(world.context);

    expect(new Set(screens.map(({ category }) => category))).toEqual(new Set(['SCREEN']));
    expect(two.map(({ productGroupId }) => productGroupId).sort()).toEqual([1, 4]);
    expect(one.map(({ productGroupId }) => productGroupId)).toEqual([4]);
  });
});

describe('ten thousand products', () => {
  const MANY = 10_000;
  const search = (context: ServiceContext, typed: string) =>
    searchProducts(context, { country: FRANCE, category: null, words: '', typed });
  /** The pages after the first five, which no one waits for, come when the test wants. */
  const withGate = (context: ServiceContext) => {
    const gate = new EventEmitter();
    const isOpen = once(gate, 'open');
    let held = 0;
    const listProductGroups: Fleet['listProductGroups'] = async (query, urgency) => {
      if ((query.offset ?? 0) > 490) {
        held += 1;
        await isOpen;
      }
      return context.fleet.listProductGroups(query, urgency);
    };
    const fleet = { ...context.fleet, listProductGroups };
    return { open: () => gate.emit('open'), held: () => held, context: { ...context, fleet } };
  };
  const lastIn = (fleet: typeof world.fleet) => {
    const inFrance = [...fleet.state.productGroups.values()].filter(({ id }) =>
      (fleet.state.productsByGroup.get(id) ?? []).some(({ countries }) => countries.includes('FR')),
    );
    return { count: inFrance.length, last: inFrance.at(-1)?.name ?? '' };
  };

  it('are all found, and until then it is said how many are still to come', async () => {
    world = await cartWorld(redis, { seed: aSeed({ productGroups: MANY }) });
    const { count, last } = lastIn(world.fleet);
    const { open, context } = withGate(world.context);

    const first = await search(context, 'macbook');
    const missing = await search(context, last);

    expect(first).toMatchObject({ kind: 'found', stillToCome: count - 496 });
    expect(missing).toEqual({ kind: 'found', groups: [], stillToCome: count - 496 });
    open();
    await vi.waitFor(
      async () => expect(await search(context, last)).toMatchObject({ groups: [{ name: last }], stillToCome: 0 }),
      { timeout: 25_000 },
    );
    expect(await groupsOf(context)).toHaveLength(count);
  });

  it('are prepared once, and typing reads nothing of the list again', async () => {
    world = await cartWorld(redis, { seed: aSeed({ productGroups: 1_500 }) });
    await groupsOf(world.context);
    await vi.waitFor(async () => expect(await search(world.context, '')).toMatchObject({ stillToCome: 0 }));
    const [one, other] = [await search(world.context, ''), await search(world.context, '')];
    await world.settings({ categories: ['SCREEN'] });
    const [screens, again] = [await search(world.context, ''), await search(world.context, '')];

    // The very rows: a list that was read or filtered again would be another one.
    expect('groups' in one && 'groups' in other && one.groups).toBe('groups' in other && other.groups);
    expect('groups' in screens && screens.groups).toBe('groups' in again && again.groups);
  });

  it('stay whole while they are read again', async () => {
    world = await cartWorld(redis, { seed: aSeed({ productGroups: 1_500 }) });
    const { count, last } = lastIn(world.fleet);
    await groupsOf(world.context);
    await vi.waitFor(async () => expect(await search(world.context, last)).toMatchObject({ stillToCome: 0 }));
    const asked = world.calls('listProductGroups');
    world.clock.now += 61 * MINUTE;
    const { open, held, context } = withGate(world.context);

    await groupsOf(context);
    await soon(() => held() > 0);
    expect(await groupsOf(context)).toHaveLength(count);
    open();
    await soon(() => world.calls('listProductGroups') >= 2 * asked);

    expect(await groupsOf(context)).toHaveLength(count);
  });
});

describe('searching while typing', () => {
  const search = (typed: string, words = '') =>
    searchProducts(world.context, { country: FRANCE, category: null, words, typed });

  it('is answered from what is kept', async () => {
    await groupsOf(world.context);
    const asked = world.calls('listProductGroups');

    const typed = await search('ultrasharp', 'macbook');
    const narrowed = await search(' ', 'thinkpad x1');

    expect(typed).toMatchObject({ kind: 'found', groups: [{ name: 'UltraSharp 27' }] });
    expect(narrowed).toMatchObject({ kind: 'found', groups: [{ name: 'ThinkPad X1 Carbon' }] });
    expect(world.calls('listProductGroups')).toBe(asked);
  });

  it('does not say that nothing is found in part of a list', async () => {
    world.fleet.faults.add({
      operation: 'listProductGroups',
      kind: 'row_unreadable',
      when: ({ query }) => query.offset === '99',
    });

    expect(await search('no such thing')).toEqual({ kind: 'not_whole' });
    expect(await search('ultrasharp')).toMatchObject({ kind: 'found', groups: [{ name: 'UltraSharp 27' }] });
  });

  it('asks Fleet once and not for every letter when nothing is kept and Fleet fails', async () => {
    world.fleet.faults.add({ operation: 'listProductGroups', kind: 'answer', status: 400, body: { error: 'no' } });

    for (const typed of ['m', 'ma', 'mac', 'macb', 'macbo'])
      expect(await search(typed)).toEqual({ kind: 'not_loaded' });

    expect(world.calls('listProductGroups')).toBe(1);
  });
});

describe('countries', () => {
  it('that Fleet does not deliver to are dropped for a day', async () => {
    world.fleet.faults.add({
      operation: 'listProductGroups',
      kind: 'answer',
      status: 404,
      body: { error: 'DELIVERY_COUNTRY_NOT_FOUND' },
      times: 1,
    });
    expect(await listProductGroups(world.context, FRANCE, await world.store.settings())).toMatchObject({ ok: false });

    const without = await offeredCountries(world.context, defaultSettings);
    // Redis counts the day, in real time.
    const fact = keysOf(world.context.workspaceId).fact('catalog:dropped-countries:FR');
    const leftMs = await redis.pttl(fact);
    await redis.pexpire(fact, 0);
    const again = await offeredCountries(world.context, defaultSettings);

    expect(without).toHaveLength(defaultSettings.countries.length - 1);
    expect(without).not.toContain('FR');
    expect(leftMs).toBeGreaterThan(23 * 60 * MINUTE);
    expect(leftMs).toBeLessThanOrEqual(24 * 60 * MINUTE);
    expect(again).toContain('FR');
  });

  it('add up', async () => {
    await dropCountry(world.context, FRANCE);
    world.clock.now += MINUTE;
    await dropCountry(world.context, country('DE'));

    const offered = await offeredCountries(world.context, defaultSettings);

    expect(offered).toHaveLength(defaultSettings.countries.length - 2);
  });
});

describe('configurations and prices', () => {
  it('are asked for when they are needed, and kept', async () => {
    const asked = { deliveryCountry: FRANCE, productGroupId: groupId(1) };
    await listConfigurations(world.context, asked);
    const kept = await listConfigurations(world.context, asked);

    expect(kept).toMatchObject({ ok: true, value: { rows: [{ productId: 101 }, {}, {}, {}], notWhole: null } });
    expect(world.calls('listProducts')).toBe(1);
    expect(world.calls('getPricing')).toBe(0);
  });

  it('are kept apart by everything that a price depends on', async () => {
    const asked = {
      productId: productId(101),
      deliveryCountry: FRANCE,
      currency: currency('EUR'),
      mode: 'LEASING',
      keyboardLayout: 'FRENCH_AZERTY',
    } as const;
    const priced = await priceProduct(world.context, asked);
    await priceProduct(world.context, asked);
    await priceProduct(world.context, { ...asked, mode: 'BUY' });
    await priceProduct(world.context, { ...asked, keyboardLayout: 'GERMAN_QWERTZ' });
    await priceProduct(world.context, { ...asked, deliveryCountry: country('DE') });

    expect(priced).toMatchObject({ ok: true, value: { price: { amount: '54.9', currency: 'EUR' } } });
    expect(world.calls('getPricing')).toBe(4);
  });

  it('drop a country that Fleet says not to deliver to', async () => {
    world.fleet.faults.add({
      operation: 'getPricing',
      kind: 'answer',
      status: 404,
      body: { error: 'COUNTRY_NOT_FOUND' },
    });

    await priceProduct(world.context, {
      productId: productId(101),
      deliveryCountry: FRANCE,
      currency: currency('EUR'),
      mode: 'BUY',
      keyboardLayout: null,
    });

    expect(await offeredCountries(world.context, defaultSettings)).not.toContain('FR');
  });
});

describe('addresses', () => {
  const inGermany = { country: country('DE'), requester: fleetUserId(11) };

  it("are the company's and people's own in the country, without a street", async () => {
    const mine = await listAddresses(world.context, inGermany);
    const hers = await listAddresses(world.context, { ...inGermany, requester: fleetUserId(12) });

    expect(mine?.addresses.map(({ label }) => label)).toEqual([
      'Berlin office',
      'Your own address',
      'Your own address (2)',
    ]);
    expect(hers?.addresses.map(({ label }) => label)).toEqual([
      'Berlin office',
      "Anna Keller (Fleet user 11)'s own address",
      "Anna Keller (Fleet user 11)'s own address (2)",
    ]);
    expect(world.calls('listAddresses')).toBe(1);
  });

  it('are encrypted in Redis, and hold no street, city or label of a home at all', async () => {
    let sealed = '';
    const { seal } = world.context;
    await listAddresses(world.context, inGermany);
    for (const key of await redis.keys(`*${world.context.workspaceId}*address*`)) {
      const stored = (await redis.type(key)) === 'string' ? ((await redis.get(key)) ?? '') : '';
      expect(stored).not.toMatch(/Berlin|office|owner/);
      sealed += seal.decrypt(key, stored) ?? '';
    }

    expect(sealed).toContain('Berlin office');
    expect(sealed).not.toMatch(/CNRY|Canarymunich|Canaryhamburg|"Home"|Second home/);
  });

  it('are unknown when either list fails: nobody could tell whose own one is', async () => {
    world.fleet.faults.add({
      operation: 'listUserAddresses',
      kind: 'answer',
      status: 404,
      body: { error: 'no' },
      times: 1,
    });
    expect(await listAddresses(world.context, inGermany)).toBeNull();

    world.fleet.faults.add({
      operation: 'listAddresses',
      kind: 'answer',
      status: 404,
      body: { error: 'no' },
      times: 1,
    });
    expect(await listAddresses(world.context, inGermany)).toBeNull();
  });

  it('are asked for again once they were forgotten', async () => {
    await listAddresses(world.context, inGermany);
    await world.context.store.cache.forget(ADDRESSES_KEY);
    await listAddresses(world.context, inGermany);

    expect(world.calls('listAddresses')).toBe(2);
  });
});
