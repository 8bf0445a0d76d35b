import { z } from 'zod';
import { acquisitionModes, keyboardLayouts } from '../../domain/failures/fleet-words.ts';
import type { Fleet } from '../fleet.ts';
import { COUNTRY } from '../parts.ts';
import { about, readData, readWholePage } from '../reading.ts';
import { checked, type FleetRequest, SentId, sentPage } from '../request.ts';
import { Cart, CreatedCart, type Page, ValidatedCart } from '../schema.ts';

type Sent<Operation extends keyof Fleet, Index extends number = 0> = Parameters<Fleet[Operation]>[Index];

const OrderItems = z
  .array(
    z
      .strictObject({
        productId: SentId,
        deliveryCountry: z.string().regex(COUNTRY),
        keyboardLayout: z.enum(keyboardLayouts).optional(),
        fleetUserId: SentId.optional(),
        shippingAddressId: SentId.optional(),
      })
      .transform((item) => ({
        product_id: item.productId,
        delivery_country: item.deliveryCountry,
        keyboard_layout: item.keyboardLayout,
        user_id: item.fleetUserId,
        shipping_address_id: item.shippingAddressId,
      })),
  )
  .min(1)
  .readonly();
const Mode = z.enum(acquisitionModes);

const ListQuery = z.strictObject({ ...sentPage, purchaserId: SentId.optional() });
const CreateBody = z.strictObject({ purchaserId: SentId, orderItems: OrderItems, acquisitionMode: Mode });
const PatchBody = CreateBody.partial().refine((body) => Object.values(body).some((value) => value !== undefined));
const ValidateBody = z.strictObject({ purchaserId: SentId, signatoryId: SentId });

export function listCarts(query: Sent<'listCarts'>): FleetRequest<Page<Cart>> {
  const { purchaserId, ...page } = checked('listCarts', ListQuery, query);
  return {
    operation: 'listCarts',
    method: 'GET',
    path: '/carts',
    query: { purchaser_id: purchaserId, ...page },
    read: readWholePage(Cart),
  };
}

export function createCart(input: Sent<'createCart'>): FleetRequest<CreatedCart> {
  const body = checked('createCart', CreateBody, input);
  return { operation: 'createCart', method: 'POST', path: '/carts', body: cartBody(body), read: readData(CreatedCart) };
}

export function getCart(fleetOrderId: Sent<'getCart'>): FleetRequest<Cart> {
  const path = cartPath('getCart', fleetOrderId);
  return { operation: 'getCart', method: 'GET', path, read: about(fleetOrderId, readData(Cart)) };
}

export function patchCart(fleetOrderId: Sent<'patchCart'>, input: Sent<'patchCart', 1>): FleetRequest<Cart> {
  const path = cartPath('patchCart', fleetOrderId);
  const body = cartBody(checked('patchCart', PatchBody, input));
  return { operation: 'patchCart', method: 'PATCH', path, body, read: about(fleetOrderId, readData(Cart)) };
}

export function validateCart(
  fleetOrderId: Sent<'validateCart'>,
  input: Sent<'validateCart', 1>,
): FleetRequest<ValidatedCart> {
  const path = `${cartPath('validateCart', fleetOrderId)}/validate`;
  const { purchaserId, signatoryId } = checked('validateCart', ValidateBody, input);
  const body = { purchaser_id: purchaserId, signatory_id: signatoryId };
  return { operation: 'validateCart', method: 'POST', path, body, read: about(fleetOrderId, readData(ValidatedCart)) };
}

function cartPath(operation: 'getCart' | 'patchCart' | 'validateCart', fleetOrderId: number): string {
  return `/carts/${checked(operation, SentId, fleetOrderId)}`;
}

function cartBody({ purchaserId, orderItems, acquisitionMode }: z.output<typeof PatchBody>) {
  return { purchaser_id: purchaserId, order_items: orderItems, acquisition_mode: acquisitionMode };
}
