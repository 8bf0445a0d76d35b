import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SlackMessage } from '../../../sandbox/slack/start.ts';
import type { FleetCodeOf } from '../../../src/domain/failures/failure.ts';
import { cardTitles } from '../../../src/views/request/card.ts';
import {
  nothingOrderedText,
  signatoryUnconfirmedText,
  stateTitles,
  unwantedText,
} from '../../../src/views/request/state.ts';
import { people } from '../../support/world.ts';
import {
  busy,
  documentedAnswers,
  keyTroubles,
  lostAfter,
  lostBefore,
  unclearRefusals,
  unknownRefusals,
} from './answers.ts';
import { expectClear, expectNotCalledOrdered, expectNothingLeaked } from './clear.ts';
import { cartsOf, ordersOf, sentCard, startWalk, type Walk, type Walker } from './walk-world.ts';

let walk: Walk;
beforeAll(async () => {
  walk = await startWalk({ rows: 60 });
});
afterAll(async () => {
  expectNothingLeaked(walk.world);
  await walk.world.close();
});

const placeOf: Readonly<Record<FleetCodeOf<'validateCart'>, string>> = {
  PAYMENT_METHOD_REQUIRED: 'the card and admins',
  INVALID_PURCHASER: 'the card and admins',
  INVALID_USER: 'the card and admins',
  VALIDATE_CART_NO_DEVICES: 'the card',
  CART_NOT_FOUND: 'the card, looked up',
  ORDER_NOT_FOUND: 'the card, looked up',
  ORDER_NOT_CART: 'the card, looked up',
  VALIDATE_CART_CONFLICT: 'the card, looked up',
  ORDER_STATUS_TRANSITION_FORBIDDEN: 'the card, looked up',
  INSUFFICIENT_SCOPE: 'the banner',
  COMPANY_NOT_FOUND: 'the banner',
  INTERNAL_ERROR: 'unconfirmed',
};
const documented = documentedAnswers('validateCart').map((answer) => ({
  ...answer,
  place: placeOf[answer.name as FleetCodeOf<'validateCart'>],
}));
const at = (place: string) => documented.filter((row) => row.place === place);

const clara = () => walk.world.slack.person(people.clara);
const liveCard = ({ person }: Walker) => walk.until('the requester’s card', () => person.message(cardTitles.requester));

/** Clara presses **Approve**, and what Fleet answers comes back to her card. */
async function approved(walker: Walker, answer: (typeof documented)[number]['what'], times = 1): Promise<SlackMessage> {
  const card = await sentCard(walk, walker);
  walk.strike('validateCart', answer, walker, times);
  await card.press('Approve', { confirm: true });
  return card;
}

async function cardSays(card: SlackMessage, text: string | RegExp): Promise<void> {
  let shown = '';
  const probe = () => {
    shown = card.text();
    return typeof text === 'string' ? shown.includes(text) : text.test(shown);
  };
  await walk.until(`a card with ${text}`, probe).catch(() => {
    throw new Error(`“${text}” does not stand on:\n${shown}`);
  });
}

describe('Fleet refuses the signature', () => {
  const rows = [...at('the card and admins'), ...at('the card'), ...at('the card, looked up'), ...unknownRefusals];

  it.concurrent.each(rows)(
    '$name: the card says why, nothing is called ordered, and it can be pressed again',
    async ({ what }) => {
      const walker = walk.next();
      const card = await approved(walker, what);

      await cardSays(card, 'Fleet rejected the order.');

      expectClear(card.text());
      expectNotCalledOrdered(card.text());
      // Whatever Fleet said: it was looked up where that was not certain, and it still is a cart.
      expect(card.text()).toContain('Nothing was ordered');
      expect(card.text()).not.toMatch(/may have been ordered|already an order|is an order already/);
      expect(card.button('Approve')).toBeDefined();
      const live = await liveCard(walker);
      await cardSays(live, 'Fleet rejected the order.');
      expectClear(live.text());
      expect(ordersOf(walk, walker)).toEqual([]);
      expect(cartsOf(walk, walker)).toHaveLength(1);
      const told = await walk.until('the approver is told', () => clara().message(`${walker.name}'s request for`));
      expectClear(told.text());
    },
  );

  it.concurrent.each(at('the card and admins'))('$name is told to admins with the person it is about', async (row) => {
    const walker = walk.next();
    await approved(walker, row.what);

    const dan = walk.world.slack.person(people.dan);
    const about = row.name === 'INVALID_USER' ? 'Clara Rossi' : walker.name;
    const told = await walk.until('the message to admins', () =>
      dan.message(new RegExp(`Fleet rejected .* of ${about}`, 'u')),
    );

    expectClear(told.text());
    expect(told.text()).toContain('Nothing was ordered');
  });

  it.concurrent('and the next Approve goes through', async () => {
    const walker = walk.next();
    const card = await approved(walker, { kind: 'answer', status: 400, body: { error: 'PAYMENT_METHOD_REQUIRED' } });
    await cardSays(card, 'Fleet rejected the order.');

    await card.press('Approve', { confirm: true });

    await cardSays(card, 'Ordered.');
    expect(ordersOf(walk, walker)).toHaveLength(1);
  });
});

describe('the cart is no cart any more when the signature arrives', () => {
  /** Happens in the cockpit once Fleet gets the validate, before it reads it. */
  function atValidate(id: number, act: (id: number) => void): void {
    let isDone = false;
    walk.strike('validateCart', { kind: 'slow', ms: 0 }, ({ params }) => {
      if (Number(params.order_id) === id && !isDone) {
        isDone = true;
        act(id);
      }
      return false;
    });
  }

  it.concurrent('it was ordered directly in Fleet: both cards say so and nobody can press', async () => {
    const walker = walk.next();
    const card = await sentCard(walk, walker);
    const id = cartsOf(walk, walker)[0]?.id ?? 0;
    atValidate(id, (one) => walk.world.fleet.cockpit.validate(one));

    await card.press('Approve', { confirm: true });

    await cardSays(card, stateTitles.closed_elsewhere);
    expectClear(`${card.text()} /fleet`);
    expectNotCalledOrdered(card.text());
    expect(card.buttons()).toEqual([]);
    const told = await walk.until('the requester is told', () => walker.person.message('was ordered in Fleet'));
    expect(told.text()).toMatch(/order/);
    expect(walk.world.fleet.validateCommits(id)).toBe(0);
  });

  it.concurrent('it was deleted: so soon after our own write nobody can say yet, and it is looked up', async () => {
    const walker = walk.next();
    const card = await sentCard(walk, walker);
    const id = cartsOf(walk, walker)[0]?.id ?? 0;
    atValidate(id, (one) => walk.world.fleet.cockpit.deleteCart(one));

    await card.press('Approve', { confirm: true });

    await cardSays(card, stateTitles.unconfirmed);
    expectClear(card.text());
    expect(card.text()).toContain('it may or may not be ordered');
    expect(card.buttons()).toEqual([]);
  });
});

describe('Clara declines', () => {
  const declined = async (walker: Walker, happens: (id: number) => void): Promise<SlackMessage> => {
    const card = await sentCard(walk, walker);
    happens(cartsOf(walk, walker)[0]?.id ?? 0);
    await card.press('Decline');
    const modal = await walk.until('the window for a reason', () => clara().modal());
    await modal.fill('Reason', `Not this year, ${walker.name}`);
    await modal.submit();
    return card;
  };

  it('and Fleet was asked before anybody reads that nothing was ordered', async () => {
    const walker = walk.next();
    const card = await declined(walker, () => {});

    const told = await walk.until('the requester is told', () => walker.person.message('Clara Rossi declined'));

    expect(told.text()).toContain(nothingOrderedText);
    await cardSays(card, nothingOrderedText);
    await cardSays(await liveCard(walker), nothingOrderedText);
    const [cart] = cartsOf(walk, walker);
    const asked = walk.world.fleet.journal.of('getOrder').map(({ path }) => path);
    expect(asked.some((path) => path.endsWith(`/orders/${cart?.id}`))).toBe(true);
  });

  it('what was ordered in the cockpit a moment before: both read so, and what to do', async () => {
    const walker = walk.next();
    const card = await declined(walker, (id) => walk.world.fleet.cockpit.validate(id));

    const told = await walk.until('the requester is told', () => walker.person.message('although Clara Rossi had'));

    expect(told.text()).toContain(unwantedText);
    expectClear(told.text());
    await walk.until('the approver is told', () => clara().message(`Fleet ordered ${walker.name}'s request`));
    await cardSays(card, 'although Clara Rossi had declined it');
    expect(card.text()).not.toContain(nothingOrderedText);
    await cardSays(await liveCard(walker), unwantedText);
    await walker.person.command('/fleet status');
    await walk.until('/fleet status', () =>
      walker.person.ephemerals().find((one) => one.text().includes(unwantedText)),
    );
  });
});

describe('nobody can say whether Fleet has ordered', () => {
  it.concurrent.each([...at('unconfirmed'), ...unclearRefusals, ...lostBefore])(
    '$name: the cards say that it is looked up, and not that it is ordered',
    async ({ what }) => {
      const walker = walk.next();
      const card = await approved(walker, what);

      await cardSays(card, stateTitles.unconfirmed);

      expectClear(card.text());
      expectNotCalledOrdered(card.text());
      expect(card.text()).toContain('it may or may not be ordered');
      expect(card.buttons()).toEqual([]);
      await cardSays(await liveCard(walker), stateTitles.unconfirmed);
      expect(ordersOf(walk, walker)).toEqual([]);
      expect(walk.world.fleet.journal.of('validateCart').filter(ofOrder(walker))).toHaveLength(1);
    },
  );

  it.concurrent.each(lostAfter)(
    '$name: Fleet is asked, and the card says ordered without who signed',
    async ({ what }) => {
      const walker = walk.next();
      const card = await approved(walker, what);

      await cardSays(card, signatoryUnconfirmedText);

      await cardSays(await liveCard(walker), signatoryUnconfirmedText);
      expect(ordersOf(walk, walker)).toHaveLength(1);
      expect(walk.world.fleet.journal.of('validateCart').filter(ofOrder(walker))).toHaveLength(1);
    },
  );
});

describe('Fleet cannot take it just now', () => {
  it.each(keyTroubles)('$name pauses ordering; the request waits and goes through after that', async ({ what }) => {
    const walker = walk.next();
    const card = await approved(walker, what);

    await cardSays(card, 'Ordering is paused');
    expectClear(card.text());
    expectNotCalledOrdered(card.text());
    expect(ordersOf(walk, walker)).toEqual([]);
    await walk.resume();
    await card.press('Approve', { confirm: true });
    await cardSays(card, 'Ordered.');
  });

  it('429 beyond the budget: it is being sent, and goes on by itself', async () => {
    const walker = walk.next();
    const card = await approved(walker, busy.what);

    await cardSays(card, 'Sending to Fleet…');
    expectClear(card.text().replace('Sending to Fleet', 'Sending to Fleet, please wait'));
    await cardSays(card, 'Ordered. Approved by Clara Rossi');
    expect(ordersOf(walk, walker)).toHaveLength(1);
  });
});

function ofOrder(walker: Walker) {
  const ids = [...cartsOf(walk, walker), ...ordersOf(walk, walker)].map(({ id }) => id);
  return ({ path }: { readonly path: string }) => ids.some((id) => path.includes(`/carts/${id}/`));
}
