import type { SlackModal, SlackPerson } from '../../sandbox/slack/start.ts';
import type { DraftCart } from '../../src/domain/cart/cart.ts';
import type { FleetOrderId, FleetUserId, SlackUserId } from '../../src/domain/ids.ts';
import type { OrderLine } from '../../src/domain/line.ts';
import { aDraft, aLine, aSnapshot } from '../domain/a-line.ts';
import { isPending, isPriced } from '../support/forms.ts';
import { storeOf } from '../support/store-of.ts';
import { people, type World } from '../support/world.ts';

/** A cart that Fleet hasn't been told about yet. */
export function putDraft(world: World, slackUserId: string, lines: readonly OrderLine[]): Promise<void> {
  return saveDraft(world, slackUserId, { lines, fleetOrderId: null, fleetHolds: null });
}

async function saveDraft(world: World, slackUserId: string, over: Partial<DraftCart>): Promise<void> {
  const draft = { slackUserId: slackUserId as SlackUserId, expectedRevision: null, next: aDraft(over) };
  await storeOf(world).commit({ draft });
}

const buyers = {
  anna: { fleetUserId: 11, name: 'Anna Keller', country: 'DE', keyboardLayout: 'GERMAN_QWERTZ' },
  ben: { fleetUserId: 12, name: 'Ben Martin', country: 'FR', keyboardLayout: 'FRENCH_AZERTY' },
} as const;

/** **Your cart** with the device that `ordered` adds, as that leaves it in Fleet and in our record, for tests of what comes later. */
export async function cartOf(world: World, buyer: keyof typeof buyers): Promise<SlackModal> {
  const { fleetUserId, name, country, keyboardLayout } = buyers[buyer];
  const { state } = world.fleet;
  const line = aLine({
    ...{ deliveryCountry: country as OrderLine['deliveryCountry'], keyboardLayout },
    ...{ fleetUserId: fleetUserId as FleetUserId, assigneeName: name },
  });
  const id = state.nextOrderId();
  const { productId, shippingAddressId } = line;
  const fleetName = state.products.get(productId)?.name ?? null;
  const inFleet = {
    ...{ productId, name: fleetName, deliveryCountry: country, keyboardLayout, userId: fleetUserId, shippingAddressId },
    ...{ amount: 54.9, currency: 'EUR', deviceId: state.nextDeviceId() },
  };
  const now = Date.now();
  state.orders.set(id, {
    ...{ id, createdAt: now, updatedAt: now, purchaserId: fleetUserId, acquisitionMode: 'LEASING', lines: [inFleet] },
    ...{ clientStatus: null, orderNumber: null, contractNumber: null, orderDate: null, validations: [] },
    ...{ isDeleted: false, isLocked: false },
  });
  state.changed('cart_created', id);
  await saveDraft(world, people[buyer], {
    ...{ purchaserId: fleetUserId as FleetUserId, fleetOrderId: id as FleetOrderId, lines: [line] },
    fleetHolds: { ...aSnapshot([productId]), names: [fleetName] },
  });
  const person = world.slack.person(people[buyer]);
  await person.command('/fleet cart');
  return modalWith(world, person, line.productName);
}

/** The modal once it contains this text, and nothing in it is on its way to Fleet. On failure, the error quotes what it shows instead. */
export async function modalWith(world: World, person: SlackPerson, text: string): Promise<SlackModal> {
  try {
    return await world.slack.until(() => {
      const modal = person.modal();
      return modal?.text().includes(text) && !isPending(modal) ? modal : undefined;
    });
  } catch {
    throw new Error(`“${text}” isn't in:\n${person.modal()?.title} | ${person.modal()?.text()}`);
  }
}

/** The order form with a price. */
export async function pricedForm(world: World, person: SlackPerson): Promise<SlackModal> {
  return world.slack.until(() => (isPriced(person.modal()) ? person.modal() : undefined), {
    what: 'a form with a price',
  });
}

/** The form, filled in for one device as far as it can be submitted. */
export async function chosen(
  world: World,
  person: SlackPerson,
  {
    group = 'MacBook Pro 14',
    configuration = 'M4 · 16 GB · 512 GB',
    country = 'France',
  }: { readonly group?: string; readonly configuration?: string; readonly country?: string } = {},
): Promise<SlackModal> {
  const form = await world.slack.until(() => {
    const modal = person.modal();
    return modal?.hasField('Product') ? modal : undefined;
  });
  if (form.field('Delivery country').value !== country) {
    await form.select('Delivery country', country);
    await world.slack.quiet();
  }
  await form.selectSearched('Product', group, group);
  await world.slack.until(() => (form.hasField('Configuration') ? form : undefined));
  if (form.field('Configuration').value !== configuration) await form.select('Configuration', configuration);
  return pricedForm(world, person);
}

/** `/fleet order`, one device, **Add to cart**, until **Your cart** is shown. */
export async function ordered(world: World, person: SlackPerson, what: Parameters<typeof chosen>[2] = {}) {
  await person.command('/fleet order');
  const form = await chosen(world, person, what);
  await form.submit();
  return modalWith(world, person, 'Added ');
}
