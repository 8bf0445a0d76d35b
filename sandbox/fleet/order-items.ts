import type { OrderLine } from './model.ts';
import { id, listOf, object, oneOf, text } from './parse.ts';
import { type QuoteProblem, quote } from './quote.ts';
import { reject } from './rejection.ts';
import type { AcquisitionMode } from './vocabulary.ts';
import { keyboardLayouts } from './vocabulary.ts';
import type { World } from './world.ts';

const OrderItem = object(
  { product_id: id, delivery_country: text },
  { keyboard_layout: oneOf(keyboardLayouts), user_id: id, shipping_address_id: id },
);
export const OrderItems = listOf(OrderItem, 1);
export type OrderItem = ReturnType<typeof OrderItem>;

type Answer = readonly [number, string];
type Writer = 'createCart' | 'patchCart';

const common = {
  no_such_country: [404, 'DELIVERY_COUNTRY_NOT_FOUND'],
  country_not_served: [404, 'DELIVERY_COUNTRY_NOT_FOUND'],
  no_such_product: [404, 'PRODUCT_NOT_FOUND'],
  layout_missing: [400, 'KEYBOARD_LAYOUT_REQUIRED'],
  no_price: [404, 'PRODUCT_PRICING_UNAVAILABLE'],
} as const satisfies Partial<Record<QuoteProblem, Answer>>;

/** INVALID_ORDER_LINE is documented for create only; patch reports the same with codes from its own list. */
const answers: Readonly<Record<Writer, Readonly<Record<QuoteProblem, Answer>>>> = {
  createCart: {
    ...common,
    not_in_country: [400, 'INVALID_ORDER_LINE'],
    layout_not_offered: [400, 'INVALID_ORDER_LINE'],
    layout_uncalled_for: [400, 'INVALID_ORDER_LINE'],
  },
  patchCart: {
    ...common,
    not_in_country: [404, 'PRODUCT_NOT_FOUND'],
    layout_not_offered: [404, 'PRODUCT_PRICING_UNAVAILABLE'],
    layout_uncalled_for: [400, 'keyboard_layout must be omitted: this product offers no keyboard options'],
  },
};

/** Checks every line before creating any; each new line gets a new device id. */
export function buildLines(
  world: World,
  writer: Writer,
  items: readonly OrderItem[],
  mode: AcquisitionMode,
): OrderLine[] {
  const drafts = items.map((item) => buildLine(world, writer, item, mode));
  return drafts.map((draft) => ({ ...draft, deviceId: world.state.nextDeviceId() }));
}

function buildLine(world: World, writer: Writer, item: OrderItem, mode: AcquisitionMode): Omit<OrderLine, 'deviceId'> {
  const found = quote(world.state, {
    productId: item.product_id,
    country: item.delivery_country,
    mode,
    layout: item.keyboard_layout,
  });
  if (!found.ok) {
    const [status, error] = answers[writer][found.problem];
    return reject(status, error);
  }
  if (item.user_id !== undefined && !world.state.users.has(item.user_id)) reject(400, 'INVALID_USER');
  if (item.shipping_address_id !== undefined) checkAddress(world, item.shipping_address_id, item.delivery_country);
  return {
    productId: found.product.id,
    name: found.product.name,
    deliveryCountry: item.delivery_country,
    keyboardLayout: item.keyboard_layout ?? null,
    userId: item.user_id ?? null,
    shippingAddressId: item.shipping_address_id ?? null,
    amount: found.amount,
    currency: found.currency,
  };
}

function checkAddress(world: World, addressId: number, country: string): void {
  const address = world.state.addresses.get(addressId) ?? reject(400, 'INVALID_ADDRESS');
  const isElsewhere = address.country !== null && address.country !== country;
  if (world.rules.addressMustMatchCountry && isElsewhere) reject(400, 'INVALID_ADDRESS');
}
