import type { FleetOperation } from '../../../src/domain/failures/failure.ts';
import type { Urgency } from '../../../src/domain/fleet-budget.ts';
import type {
  CountryCode,
  CurrencyCode,
  FleetAddressId,
  FleetDeviceId,
  FleetOrderId,
  FleetProductGroupId,
  FleetProductId,
  FleetUserId,
} from '../../../src/domain/ids.ts';
import type { Fleet, FleetResult } from '../../../src/fleet/fleet.ts';

export const fleetOrderId = 42 as FleetOrderId;
export const purchaserId = 12 as FleetUserId;
export const signatoryId = 34 as FleetUserId;
export const productId = 101 as FleetProductId;
export const productGroupId = 7 as FleetProductGroupId;
export const deliveryCountry = 'FR' as CountryCode;
export const currency = 'EUR' as CurrencyCode;
export const addressId = 56 as FleetAddressId;
export const fleetDeviceId = 900 as FleetDeviceId;
export const newColleague = { email: 'noah.weber@example.com', firstName: 'Noah', lastName: 'Weber' };
export const newAddress = {
  firstName: 'Noah',
  lastName: 'Weber',
  phone: '+351912345678',
  phoneCountry: 'PT' as CountryCode,
  address1: 'Rua das Flores 5',
  zip: '1200-195',
  city: 'Lisboa',
  country: 'PT' as CountryCode,
  label: 'Noah Weber',
};
export const orderItems = [{ productId, deliveryCountry }];

type Call = (fleet: Fleet, urgency?: Urgency) => Promise<FleetResult<unknown>>;

/** Each operation once, as plainly as it can be called. */
export const calls: Record<FleetOperation, Call> = {
  listProductGroups: (fleet, urgency = 'person') => fleet.listProductGroups({ deliveryCountry }, urgency),
  listProducts: (fleet, urgency = 'person') => fleet.listProducts({ productGroupId, deliveryCountry }, urgency),
  getPricing: (fleet, urgency = 'person') =>
    fleet.getPricing({ productId, deliveryCountry, currency, acquisitionMode: 'LEASING' }, urgency),
  listCarts: (fleet, urgency = 'person') => fleet.listCarts({}, urgency),
  createCart: (fleet, urgency = 'person') =>
    fleet.createCart({ purchaserId, orderItems, acquisitionMode: 'LEASING' }, urgency),
  getCart: (fleet, urgency = 'person') => fleet.getCart(fleetOrderId, urgency),
  patchCart: (fleet, urgency = 'person') => fleet.patchCart(fleetOrderId, { orderItems }, urgency),
  validateCart: (fleet, urgency = 'person') => fleet.validateCart(fleetOrderId, { purchaserId, signatoryId }, urgency),
  listOrders: (fleet, urgency = 'person') => fleet.listOrders({}, urgency),
  getOrder: (fleet, urgency = 'person') => fleet.getOrder(fleetOrderId, urgency),
  listUsers: (fleet, urgency = 'person') => fleet.listUsers({}, urgency),
  getUser: (fleet, urgency = 'person') => fleet.getUser(purchaserId, urgency),
  listAddresses: (fleet, urgency = 'person') => fleet.listAddresses({}, urgency),
  listUserAddresses: (fleet, urgency = 'person') => fleet.listUserAddresses({}, urgency),
  listDevices: (fleet, urgency = 'person') => fleet.listDevices({ fleetUserId: purchaserId }, urgency),
  createUser: (fleet, urgency = 'person') => fleet.createUser(newColleague, urgency),
  createAddress: (fleet, urgency = 'person') => fleet.createAddress(newAddress, urgency),
  updateAddress: (fleet, urgency = 'person') => fleet.updateAddress(addressId, { city: 'Porto' }, urgency),
  updateDevice: (fleet, urgency = 'person') => fleet.updateDevice(fleetDeviceId, { fleetUserId: purchaserId }, urgency),
};
export const operations = Object.keys(calls) as FleetOperation[];
/** What is never sent again on its own. Said here again: the app's own list is what these tests examine. */
export const writes = [
  'createCart',
  'patchCart',
  'validateCart',
  'createUser',
  'createAddress',
  'updateAddress',
  'updateDevice',
] as const satisfies readonly FleetOperation[];
export const isWrite = (operation: FleetOperation): boolean => writes.some((write) => write === operation);

export const page = (...data: unknown[]) => ({ data, meta: { total: data.length, limit: 50, offset: 0 } });

/** The reference's own example of a cart: every field that `GetCartResponse` marks as required. */
export const cartData = {
  id: 42,
  purchaser_id: 12,
  num_devices: 1,
  rent: '54.90',
  currency: 'EUR',
  devices: [{ id: 900, name: 'MacBook Pro', rent: '54.90', product_id: 101 }],
};
export const orderData = {
  order_id: 42,
  client_status: 'SHIPPED',
  device_names: ['MacBook Pro'],
  rent: '54.90',
  rent_currency: 'EUR',
  order_number: 'FL-42',
  contract_number: null,
  order_date: '2026-11-20',
  num_devices: 1,
};

/** A good answer to each operation. */
export const answers: Record<FleetOperation, { readonly status: number; readonly body: unknown }> = {
  listProductGroups: { status: 200, body: page({ id: 7, name: 'MacBook Pro' }) },
  listProducts: { status: 200, body: { data: [{ id: 101, name: 'M4', has_keyboard: true }] } },
  getPricing: { status: 200, body: { data: { amount: 54.9, min_shipping: 3, max_shipping: 5 } } },
  listCarts: { status: 200, body: page(cartData) },
  createCart: { status: 201, body: { data: { order_id: 42 } } },
  getCart: { status: 200, body: { data: cartData } },
  patchCart: { status: 200, body: { data: cartData } },
  validateCart: { status: 200, body: { data: { order_id: 42, client_status: 'BEING_PROCESSED' } } },
  listOrders: { status: 200, body: page(orderData) },
  getOrder: { status: 200, body: { data: orderData } },
  listUsers: { status: 200, body: page({ id: 12, email: 'anna@example.com', role: 'ADMIN' }) },
  getUser: { status: 200, body: { data: { id: 12, email: 'anna@example.com', role: 'ADMIN' } } },
  listAddresses: { status: 200, body: page({ id: 56, label: 'Paris', country: 'FR' }) },
  listUserAddresses: { status: 200, body: page({ user_id: 12, address_id: 56 }) },
  listDevices: { status: 200, body: page({ id: 900, name: 'MacBook', client_status: 'IN_SERVICE' }) },
  createUser: { status: 201, body: { data: { id: 71, email: 'noah.weber@example.com', role: 'EMPLOYEE' } } },
  createAddress: { status: 201, body: { data: { id: 57, label: 'Noah Weber', country: 'PT' } } },
  updateAddress: { status: 200, body: { data: { id: 56, label: 'Noah Weber', country: 'PT' } } },
  updateDevice: { status: 200, body: { data: { id: 900, name: 'MacBook', client_status: 'IN_SERVICE' } } },
};
