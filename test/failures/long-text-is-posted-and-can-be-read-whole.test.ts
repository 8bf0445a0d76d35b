import { afterEach, describe, expect, it } from 'vitest';
import { aSeed } from '../../sandbox/fleet/seed/a-seed.ts';
import { foundCartText } from '../../src/views/cart/modal.ts';
import { cardTitles } from '../../src/views/request/card.ts';
import { modalOf } from '../handlers/bad-input/support.ts';
import { isPriced } from '../support/forms.ts';
import { people, startWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

describe('whatever is long is posted, cut where it can be seen, and can be read whole', () => {
  it('a cart of sixty different rows with names of 160 characters', { timeout: 60_000 }, async () => {
    const seed = aSeed();
    const long = (name: string | null) => `${name} ${'Bürostuhlverstellung '.repeat(8)}`.slice(0, 160);
    const productGroups = seed.productGroups.map((group) => ({ ...group, name: long(group.name) }));
    world = await startWorld({ fleet: { seed: { ...seed, productGroups } } });
    const anna = world.slack.person(people.anna);
    const screens = seed.products.filter(({ hasKeyboard, countries, prices }) => {
      return !hasKeyboard && countries.includes('DE') && prices.EUR !== undefined;
    });
    const id = world.fleet.state.nextOrderId();
    world.fleet.state.orders.set(id, anEmptyCart(id));
    for (const { id: productId } of screens.slice(0, 60))
      world.fleet.cockpit.addLine(id, { productId, deliveryCountry: 'DE' });

    await anna.command('/fleet cart');
    const cart = await modalOf(world, people.anna, foundCartText);

    expect(cart.blocks.length).toBeLessThanOrEqual(100);
    expect(cart.text()).toContain('Page 1 of 2');
    await cart.press('Next');
    await modalOf(world, people.anna, 'Page 2 of 2');
    await anna.command(`/fleet status`);
    await world.quiet();
    world.slack.violations.assertNone();
  });

  it('a note and a reason as long as Slack lets them be: the card still stands', { timeout: 60_000 }, async () => {
    world = await startWorld();
    const anna = world.slack.person(people.anna);
    const clara = world.slack.person(people.clara);
    await anna.command('/fleet order ThinkPad X1 Carbon');
    const form = await world.slack.until(() => (isPriced(anna.modal()) ? anna.modal() : undefined));
    await form.submit();
    const cart = await modalOf(world, people.anna, 'Added 1 device');
    await cart.selectSearched('Approver', 'clara', 'Clara Rossi');
    await cart.fill('Note to the approver', '&<>'.repeat(166));
    await cart.submit();
    const card = await world.slack.until(() => clara.message(cardTitles.approver));
    await card.press('Decline');
    const modal = await world.slack.until(() => clara.modal());

    await modal.fill('Reason', '&<>'.repeat(333));
    await modal.submit();

    await world.slack.until(() => card.text().includes('Declined'));
    await world.slack.until(() => anna.message('Clara Rossi declined your request'));
    expect(card.text()).toContain('…');
    world.slack.violations.assertNone();
  });
});

function anEmptyCart(id: number) {
  return {
    ...{ id, createdAt: 1, updatedAt: 1, purchaserId: 11, acquisitionMode: 'LEASING' as const, lines: [] },
    ...{ clientStatus: null, orderNumber: null, contractNumber: null, orderDate: null, validations: [] },
    ...{ isDeleted: false, isLocked: false },
  };
}
