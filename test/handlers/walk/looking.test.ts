import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FleetOperation } from '../../../src/domain/failures/failure.ts';
import { stateTitles } from '../../../src/views/request/state.ts';
import { people } from '../../support/world.ts';
import {
  busy,
  documentedAnswers,
  failedReads,
  keyTroubles,
  type Misbehaviour,
  undocumented,
  unreadableReads,
  type WalkedAnswer,
} from './answers.ts';
import { expectClear, expectNoInsides, expectNotCalledOrdered, expectNothingLeaked, SAYS_FAILURE } from './clear.ts';
import { cartsOf, filledCart, modalWith, ordersOf, sentCard, startWalk, type Walk, type Walker } from './walk-world.ts';

let walk: Walk;
beforeAll(async () => {
  walk = await startWalk({ rows: 90 });
});
afterAll(async () => {
  expectNothingLeaked(walk.world);
  await walk.world.close();
});

const isKeyTrouble = ({ name }: WalkedAnswer) => name === 'COMPANY_NOT_FOUND' || name === 'INSUFFICIENT_SCOPE';
/** Each failure that this read can end in, except those that pause ordering for everybody. */
const rowsOf = (operation: FleetOperation) => [
  ...documentedAnswers(operation).filter((row) => !isKeyTrouble(row)),
  ...undocumented,
  ...failedReads,
];
const TRIES_OF_A_READ = 3;
/** What cannot be read is asked again; the rest is an answer. */
const isReadable = (what: Misbehaviour) => what.kind === 'answer' && typeof what.body === 'object';

describe('Your cart, while Fleet does not say what is in it', () => {
  it.concurrent.each(rowsOf('getCart'))('$name to the cart: the lines stand there with a sentence', async (row) => {
    const walker = walk.next();
    await (await filledCart(walk, walker)).closeAll();
    walk.strike('getCart', row.what, walker);

    await walker.person.command('/fleet cart');

    const shown = await modalWith(walk, walker, new RegExp(`${SAYS_FAILURE.source}|gone from Fleet`));
    expectClear(shown.text());
    expectNotCalledOrdered(shown.text());
    if (!/gone from Fleet/.test(shown.text())) expect(shown.text()).toContain('ThinkPad X1 Carbon');
    expect(cartsOf(walk, walker)).toHaveLength(1);
  });

  it.concurrent.each(rowsOf('listCarts'))('$name to the list of carts: a sentence stands there', async (row) => {
    const walker = walk.next();
    walk.strike('listCarts', row.what, walker);

    await walker.person.command('/fleet cart');

    const shown = await modalWith(walk, walker, SAYS_FAILURE);
    expectClear(shown.text());
  });
});

describe('an approval, while the cart cannot be read', () => {
  it.concurrent.each(unreadableReads)(
    '$name: it is being sent, goes on by itself, and is ordered once',
    {
      timeout: 40_000,
    },
    async ({ what }) => {
      const walker = walk.next();
      const card = await sentCard(walk, walker);
      walk.strike('getCart', what, walker, TRIES_OF_A_READ);

      await card.press('Approve', { confirm: true });

      await cardSays(card.text, 'Sending to Fleet…');
      await cardSays(card.text, 'Ordered. Approved by Clara Rossi');
      expect(ordersOf(walk, walker)).toHaveLength(1);
    },
  );
});

describe('an approval, while Fleet does not take the signed lines again', () => {
  const closing = ['CART_NOT_FOUND', 'ORDER_NOT_FOUND', 'ORDER_NOT_CART'];
  const refused = documentedAnswers('patchCart').filter(
    ({ name }) => !closing.includes(name) && !isKeyTrouble({ name, what: busy.what }) && name !== 'INTERNAL_ERROR',
  );

  it.concurrent.each([...refused, ...undocumented.filter(({ what }) => isReadable(what))])(
    '$name: the card says why, and nothing is ordered',
    async (row) => {
      const walker = walk.next();
      const card = await sentCard(walk, walker);
      walk.strike('patchCart', row.what, walker, 2);

      await card.press('Approve', { confirm: true });

      await cardSays(card.text, 'Fleet rejected the order.');
      expectClear(card.text());
      expectNotCalledOrdered(card.text());
      expect(card.text()).toContain('othing was ordered');
      expect(card.button('Approve')).toBeDefined();
      expect(ordersOf(walk, walker)).toEqual([]);
      expect(walk.world.fleet.validateCommits(cartsOf(walk, walker)[0]?.id ?? 0)).toBe(0);
    },
  );

  it.concurrent.each([
    ['ORDER_NOT_CART', stateTitles.closed_elsewhere],
    // One look that finds neither a cart nor an order proves nothing: it waits for the second one.
    ['CART_NOT_FOUND', stateTitles.validating],
  ])('%s: it is looked up before the card says which', async (code, title) => {
    const walker = walk.next();
    const card = await sentCard(walk, walker);
    const id = cartsOf(walk, walker)[0]?.id ?? 0;
    if (code === 'ORDER_NOT_CART') walk.world.fleet.cockpit.validate(id);
    else walk.world.fleet.cockpit.deleteCart(id);

    await card.press('Approve', { confirm: true });

    await cardSays(card.text, title);
    expectNotCalledOrdered(card.text());
    expect(card.buttons()).toEqual([]);
    expect(walk.world.fleet.validateCommits(id)).toBe(0);
  });
});

describe('/fleet status, while Fleet does not say', () => {
  it.concurrent.each([...rowsOf('getOrder')])(
    '$name to an order of ours: our own record stands there',
    async ({ what }) => {
      const walker = walk.next();
      const card = await sentCard(walk, walker);
      await card.press('Approve', { confirm: true });
      await cardSays(card.text, 'Ordered.');
      const id = ordersOf(walk, walker)[0]?.id ?? 0;
      walk.strike('getOrder', what, ({ params }) => Number(params.order_id) === id);

      await walker.person.command(`/fleet status ${id}`);

      const answer = await walk.until('an answer', () => walker.person.ephemerals().at(-1));
      expectNoInsides(answer.text());
      expect(answer.text()).toContain('Ordered. Approved by Clara Rossi');
    },
  );

  it.concurrent.each([...rowsOf('getOrder')])(
    '$name to a number that is not ours: admins read what is so',
    async ({ what, name }) => {
      const dan = walk.world.slack.person(people.dan);
      const id = 70_000 + Math.abs([...name].reduce((sum, sign) => (sum * 31 + (sign.codePointAt(0) ?? 0)) % 9_999, 7));
      walk.strike('getOrder', what, ({ params }) => Number(params.order_id) === id);

      const asked = await dan.command(`/fleet status ${id}`, { channelId: dan.dm() });

      expect(asked.status).toBe(200);
      const answer = await walk.until('an answer', () =>
        dan.ephemerals().find(({ ts }) => !seen.has(ts) && seen.add(ts)),
      );
      expectClear(answer.text());
      expectNotCalledOrdered(answer.text());
    },
  );
  const seen = new Set<string>();
});

describe('Fleet does not accept the key', () => {
  const reads = ['getCart', 'listCarts'] as const;
  const rows = reads.flatMap((operation) => keyTroubles.map((row) => ({ ...row, operation })));

  it.each(rows)('$name to $operation: the one banner stands in Your cart', async ({ what, operation }) => {
    const walker = walk.next();
    if (operation === 'getCart') await (await filledCart(walk, walker)).closeAll();
    walk.strike(operation, what, walker, 1);

    await walker.person.command('/fleet cart');

    const banner = await modalWith(walk, walker, 'Ordering is paused');
    expectClear(banner.text());
    await walk.resume();
  });

  it('429 beyond the budget to the cart: what we know stands there, with what to do', async () => {
    const walker: Walker = walk.next();
    await (await filledCart(walk, walker)).closeAll();
    walk.strike('getCart', busy.what, walker, 1);

    await walker.person.command('/fleet cart');

    const shown = await modalWith(walk, walker, 'Fleet is busy');
    expectClear(shown.text());
    expect(shown.text()).toContain('ThinkPad X1 Carbon');
    // Nobody comes back to this modal by itself.
    expect(shown.text()).not.toContain('continues by itself');
  });
});

async function cardSays(text: () => string, wanted: string): Promise<void> {
  await walk
    .until(`a card with ${wanted}`, () => text().includes(wanted))
    .catch(() => {
      throw new Error(`“${wanted}” does not stand on:\n${text()}`);
    });
}
