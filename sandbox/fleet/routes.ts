import { createAddress, getAddress, listAddresses, listUserAddresses, updateAddress } from './operations/addresses.ts';
import { createCart, getCart, listCarts } from './operations/carts.ts';
import { listProductGroups, listProducts } from './operations/catalog.ts';
import { listDevices, updateDevice } from './operations/devices.ts';
import { getOrder, listOrders } from './operations/orders.ts';
import { patchCart } from './operations/patch-cart.ts';
import { createUser, getUser, listUsers } from './operations/people.ts';
import { getPricing } from './operations/pricing.ts';
import { validateCart } from './operations/validate-cart.ts';
import type { Operation } from './vocabulary.ts';
import type { Handler } from './world.ts';

type Method = 'GET' | 'POST' | 'PATCH';
type Route = {
  readonly method: Method;
  readonly template: string;
  readonly operation: Operation;
  readonly handler: Handler;
};

const route = (method: Method, template: string, operation: Operation, handler: Handler): Route => ({
  method,
  template,
  operation,
  handler,
});

const routes: readonly Route[] = [
  route('GET', '/catalog/product-groups', 'listProductGroups', listProductGroups),
  route('GET', '/catalog/product-groups/{product_group_id}/products', 'listProducts', listProducts),
  route('GET', '/catalog/products/{product_id}/pricing', 'getPricing', getPricing),
  route('GET', '/carts', 'listCarts', listCarts),
  route('POST', '/carts', 'createCart', createCart),
  route('GET', '/carts/{order_id}', 'getCart', getCart),
  route('PATCH', '/carts/{order_id}', 'patchCart', patchCart),
  route('POST', '/carts/{order_id}/validate', 'validateCart', validateCart),
  route('GET', '/orders', 'listOrders', listOrders),
  route('GET', '/orders/{order_id}', 'getOrder', getOrder),
  route('GET', '/users', 'listUsers', listUsers),
  route('GET', '/users/{user_id}', 'getUser', getUser),
  route('GET', '/addresses', 'listAddresses', listAddresses),
  route('GET', '/addresses/{address_id}', 'getAddress', getAddress),
  route('GET', '/user-addresses', 'listUserAddresses', listUserAddresses),
  route('GET', '/devices', 'listDevices', listDevices),
  route('POST', '/users', 'createUser', createUser),
  route('POST', '/addresses', 'createAddress', createAddress),
  route('PATCH', '/addresses/{address_id}', 'updateAddress', updateAddress),
  route('PATCH', '/devices/{device_id}', 'updateDevice', updateDevice),
];

export type Match = { readonly route: Route; readonly params: Readonly<Record<string, string>> };

const patterns = routes.map((one) => ({
  route: one,
  pattern: new RegExp(`^${one.template.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
}));

/** `path` is what follows /platform/v1. */
export function matchRoute(method: string, path: string): Match | undefined {
  for (const { route: one, pattern } of patterns) {
    const found = one.method === method ? pattern.exec(path) : null;
    if (found) return { route: one, params: { ...found.groups } };
  }
  return undefined;
}
