import type { Fleet } from './fleet.ts';
import { createCart, getCart, listCarts, patchCart, validateCart } from './requests/carts.ts';
import { getPricing, listProductGroups, listProducts } from './requests/catalog.ts';
import { getOrder, listOrders } from './requests/orders.ts';
import { getUser, listAddresses, listDevices, listUserAddresses, listUsers } from './requests/people.ts';
import { createSend } from './send.ts';
import { type FleetClientOptions, settingsOf } from './settings.ts';

/**
 * The client of one Fleet key. It rejects only with `InvalidFleetRequest` (a bug of ours; nothing was sent) and with
 * whatever `budget.take` rejects with (nothing was sent either): every answer of Fleet's, and the lack of one, is a value.
 */
export function createFleetClient(options: FleetClientOptions): Fleet {
  const send = createSend(settingsOf(options));
  return {
    listProductGroups: async (query, urgency) => send(listProductGroups(query), urgency),
    listProducts: async (query, urgency) => send(listProducts(query), urgency),
    getPricing: async (query, urgency) => send(getPricing(query), urgency),
    listCarts: async (query, urgency) => send(listCarts(query), urgency),
    createCart: async (body, urgency) => send(createCart(body), urgency),
    getCart: async (fleetOrderId, urgency) => send(getCart(fleetOrderId), urgency),
    patchCart: async (fleetOrderId, body, urgency) => send(patchCart(fleetOrderId, body), urgency),
    validateCart: async (fleetOrderId, body, urgency) => send(validateCart(fleetOrderId, body), urgency),
    listOrders: async (query, urgency) => send(listOrders(query), urgency),
    getOrder: async (fleetOrderId, urgency) => send(getOrder(fleetOrderId), urgency),
    listUsers: async (query, urgency) => send(listUsers(query), urgency),
    getUser: async (fleetUserId, urgency) => send(getUser(fleetUserId), urgency),
    listAddresses: async (query, urgency) => send(listAddresses(query), urgency),
    listUserAddresses: async (query, urgency) => send(listUserAddresses(query), urgency),
    listDevices: async (query, urgency) => send(listDevices(query), urgency),
  };
}
