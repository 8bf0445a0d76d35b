import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { documentedCodes, type FleetOperation } from '../../../src/domain/failures/failure.ts';
import type { WorkspaceId } from '../../../src/domain/ids.ts';
import { keysOf } from '../../../src/store/keys.ts';
import { forget } from '../../support/store-of.ts';
import { documentedAnswers, failedReads, undocumented, type WalkedAnswer } from './answers.ts';
import { expectClear, expectNoInsides, expectNothingLeaked } from './clear.ts';
import { modalWith, ordersOf, sentCard, startWalk, type Walk } from './walk-world.ts';

let walk: Walk;
beforeAll(async () => {
  walk = await startWalk({ rows: 40 });
});
afterAll(async () => {
  expectNothingLeaked(walk.world);
  await walk.world.close();
});

/** What pauses ordering comes last: nobody is known yet who could press **Try again**. */
const rowsOf = (operation: FleetOperation): readonly WalkedAnswer[] => [
  ...documentedAnswers(operation).filter(({ name }) => name !== 'COMPANY_NOT_FOUND'),
  ...undocumented,
  ...failedReads,
];

describe('what the people already have, while Fleet does not say', () => {
  it.concurrent.each(rowsOf('listDevices'))(
    '$name: the card goes out without it, and can be signed',
    {
      timeout: 40_000,
    },
    async ({ what }) => {
      const walker = walk.next();
      walk.strike('listDevices', what, ({ query }) => query.user_id === String(walker.fleetUserId));
      const card = await sentCard(walk, walker);

      expect(card.text()).not.toMatch(/already has|has no devices/);
      expectNoInsides(card.text());
      await card.press('Approve', { confirm: true });
      await walk.until('the order', () => card.text().includes('Ordered. Approved by Clara Rossi'));
      expect(ordersOf(walk, walker)).toHaveLength(1);
    },
  );
});

describe('who somebody is, while nobody was ever read from Fleet', () => {
  afterEach(() => walk.world.fleet.faults.clear());

  it.each(rowsOf('listUsers'))('$name: acts for nobody, and says so', { timeout: 30_000 }, async ({ what, name }) => {
    const walker = walk.next();
    await forgetEverybody();
    walk.strike('listUsers', what, 'everybody');
    const asked = walk.world.fleet.journal.count('listUsers');

    await walker.person.command('/fleet cart');
    const first = await modalWith(walk, walker, /loading your company|isn't responding/);
    expectClear(first.text());
    await walk.until(`Fleet was asked (${name})`, () => walk.world.fleet.journal.count('listUsers') > asked);
    await walk.world.quiet();
    await walker.person.command('/fleet cart');

    const shown = await modalWith(walk, walker, "Fleet isn't responding");
    expectClear(shown.text());
    expect(walk.world.fleet.carts().some(({ purchaserId }) => purchaserId === walker.fleetUserId)).toBe(false);
  });
});

it('every operation is walked, but for those that nobody in front of Slack waits for', () => {
  const walked = [
    ...['createCart', 'patchCart', 'validateCart', 'getCart', 'listCarts', 'getOrder', 'listProductGroups'],
    ...['listProducts', 'getPricing', 'listAddresses', 'listUserAddresses', 'listUsers', 'listDevices'],
  ];
  // Cards follow orders in the background; a single user is asked for where the directory misses an approver.
  const inBackground = ['listOrders', 'getUser'];
  // No screen leads there yet.
  const withoutScreen = ['createAddress', 'createUser', 'updateAddress', 'updateDevice'];

  expect([...walked, ...inBackground, ...withoutScreen].sort()).toEqual(Object.keys(documentedCodes).sort());
});

/** As in a workspace where the app was installed a moment ago. */
async function forgetEverybody(): Promise<void> {
  const { directory, cache, lease } = keysOf(walk.world.workspaceId as WorkspaceId);
  await forget(walk.world, [directory, cache('directory'), lease('refresh-directory')]);
}
