import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stateTitles } from '../../src/views/request/state.ts';
import { lostAfter, lostBefore, refusal } from '../handlers/walk/answers.ts';
import { cartsOf, ordersOf, sentCard, startWalk, type Walk } from '../handlers/walk/walk-world.ts';

let walk: Walk;
beforeAll(async () => {
  walk = await startWalk({ rows: 40 });
});
afterAll(() => walk.world.close());

/** Every state that a card was ever in, as anybody could have seen it. */
const everShown = (card: { edits: { text: string; blocks: unknown[] }[]; text(): string }) =>
  [...card.edits.map((edit) => JSON.stringify(edit)), card.text()].join('\n');
const calledApproved = /Approved by|\*Ordered|Ordered\./;

describe('nothing is called approved that Fleet refused or did not confirm', () => {
  const refused = [refusal('PAYMENT_METHOD_REQUIRED', 422), refusal('VALIDATE_CART_CONFLICT', 409), refusal('NO', 400)];

  it.concurrent.each(refused)(
    'after a refusal ($body.error) the card never said so, and its buttons return',
    async (answer) => {
      const walker = walk.next();
      const card = await sentCard(walk, walker);
      walk.strike('validateCart', answer, walker);

      await card.press('Approve', { confirm: true });
      await walk.until('the refusal', () => card.text().includes('Fleet rejected the order.'));

      expect(everShown(card)).not.toMatch(calledApproved);
      expect(card.button('Approve')).toBeDefined();
      expect(ordersOf(walk, walker)).toEqual([]);
    },
  );

  it.concurrent.each(lostBefore)(
    'after $name the card says that it is looked up, never that it is approved',
    async ({ what }) => {
      const walker = walk.next();
      const card = await sentCard(walk, walker);
      walk.strike('validateCart', what, walker, 1);

      await card.press('Approve', { confirm: true });
      await walk.until('unknown', () => card.text().includes(stateTitles.unconfirmed));

      expect(everShown(card)).not.toMatch(calledApproved);
      expect(card.buttons()).toEqual([]);
      expect(ordersOf(walk, walker)).toEqual([]);
    },
  );

  it.concurrent.each(lostAfter)('after $name Fleet is read before anything is sent again', async ({ what }) => {
    const walker = walk.next();
    const card = await sentCard(walk, walker);
    const id = cartsOf(walk, walker)[0]?.id ?? 0;
    walk.strike('validateCart', what, walker, 1);

    await card.press('Approve', { confirm: true });
    await walk.until('the order', () => card.text().includes('Ordered.'));

    const asked = walk.world.fleet.journal
      .entries()
      .filter(({ path }) => /\/(carts|orders)\/\d+/.test(path) && path.includes(`/${id}`));
    const validates = asked.filter(({ operation }) => operation === 'validateCart');
    expect(validates).toHaveLength(1);
    expect(
      asked
        .slice(asked.findIndex(({ operation }) => operation === 'validateCart') + 1)
        .map(({ operation }) => operation),
    ).toContain('getOrder');
    expect(walk.world.fleet.validateCommits(id)).toBe(1);
  });

  it('while Fleet is asked the card says that nothing is ordered yet', async () => {
    const walker = walk.next();
    const card = await sentCard(walk, walker);
    const gate = walk.world.fleet.hold('validateCart');

    await card.press('Approve', { confirm: true });
    await gate.arrived();
    await walk.until('Sending', () => card.text().includes('Sending to Fleet…'));

    expect(everShown(card)).not.toMatch(calledApproved);
    expect(card.text()).toContain('Nothing is ordered until Fleet confirms it');
    gate.release();
    await walk.until('the order', () => card.text().includes('Ordered. Approved by Clara Rossi'));
  });
});
