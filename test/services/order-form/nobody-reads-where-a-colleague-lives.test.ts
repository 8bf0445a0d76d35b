import { beforeEach, expect, it } from 'vitest';
import type { Fault } from '../../../sandbox/fleet/fault.ts';
import { ADDRESSES_KEY, listAddresses } from '../../../src/services/catalog/addresses.ts';
import { country, fleetUserId } from '../../domain/an-order-form.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { cartWorld } from '../cart/cart-world.ts';

const { redis } = await redisOfFile();
const [ANNA, EVA] = [11, 13];
let world: Awaited<ReturnType<typeof cartWorld>>;

beforeEach(async () => {
  world = await cartWorld(redis);
});

/** Eva's, in France, each with a label that tells where it is. */
function addHomes(count: number): void {
  const { addresses, userAddresses } = world.fleet.state;
  const home = addresses.get(62);
  if (home === undefined) throw new Error('no address to copy');
  for (let id = 1001; id <= 1000 + count; id += 1) {
    addresses.set(id, { ...home, id, label: `Home ${id}` });
    userAddresses.push({ user_id: EVA, address_id: id });
  }
}

const labelsFor = async (requester: number) => {
  const offer = await listAddresses(world.context, { country: country('FR'), requester: fleetUserId(requester) });
  return (offer?.addresses ?? []).map(({ label }) => label ?? '');
};
const breakList = (fault: Partial<Fault> & Pick<Fault, 'kind'>) =>
  world.fleet.faults.add({ operation: 'listUserAddresses', ...fault } as Fault);
const isOnPage =
  (page: number) =>
  ({ query }: { query: { offset?: string } }) =>
    Number(query.offset ?? 0) >= page * 99;

const offices = ['Paris HQ', '<!channel> *Depot* & `co`', 'Lyon warehouse'];

it.each([
  ['cannot be read', () => breakList({ kind: 'row_unreadable', at: 1 })],
  ['cannot be read, at the end of a page', () => breakList({ kind: 'row_unreadable', at: 99 })],
  [
    'is missing',
    () => {
      world.fleet.state.userAddresses.pop();
      breakList({ kind: 'total_off', by: 1 });
    },
  ],
  ['slipped through because an earlier one was deleted', () => breakList({ kind: 'row_left', when: isOnPage(1) })],
  [
    'slipped through because another took its place',
    () => breakList({ kind: 'row_left', total: 'stays', when: isOnPage(1) }),
  ],
] as const)(
  'an address whose owner’s row %s is shown to nobody else, and neither is any other',
  async (_why, breakIt) => {
    addHomes(180);
    breakIt();

    const hers = await labelsFor(EVA);

    expect(await labelsFor(ANNA)).toEqual([]);
    expect(hers.every((label) => label.startsWith('Your own address'))).toBe(true);
    expect(hers.length).toBeGreaterThan(170);
  },
);

it('more owners than we read leave every address but one’s own hidden', async () => {
  addHomes(5_100);

  expect(await labelsFor(ANNA)).toEqual([]);
});

it('pages that are shorter than Fleet says are read to the end', async () => {
  addHomes(180);
  breakList({ kind: 'page_capped', rows: 50 });
  world.fleet.faults.add({ operation: 'listAddresses', kind: 'page_capped', rows: 50 });

  const labels = await labelsFor(ANNA);

  expect(labels).toEqual(expect.arrayContaining(offices));
  expect(labels.filter((label) => !/own address/.test(label))).toHaveLength(offices.length);
  expect(labels).toHaveLength(offices.length + 180 + 1);
});

it('a list that moved once is read again, and is whole then', async () => {
  addHomes(180);
  breakList({ kind: 'row_left', when: isOnPage(1), times: 1 });

  const labels = await labelsFor(ANNA);

  expect(labels).toEqual(expect.arrayContaining(offices));
  expect(labels.join()).not.toContain('Home');
});

it('a list that an earlier release kept, perhaps with gaps, is read again', async () => {
  const kept = [{ addressId: 62, label: 'Home', country: 'FR', isDefault: false, owner: null }];
  const entry = {
    key: ADDRESSES_KEY,
    freshMs: 60_000,
    keepMs: 60_000,
    sealed: true,
    parse: (stored: unknown) => stored,
  };
  await world.store.cache.read(entry, async () => ({ ok: true, value: kept }));

  expect(await labelsFor(ANNA)).toEqual([...offices, "Ben's own address"]);
});

it('a home stays one when Fleet no longer says whose it is', async () => {
  const { userAddresses } = world.fleet.state;
  expect(await labelsFor(ANNA)).toContain("Ben's own address");
  userAddresses.splice(
    userAddresses.findIndex(({ address_id }) => address_id === 62),
    1,
  );
  await world.store.cache.forget(ADDRESSES_KEY);

  expect(await labelsFor(ANNA)).toEqual(offices);
  expect(await labelsFor(EVA)).toEqual(offices);
});
