import { z } from 'zod';
import { NewAddress } from '../domain/catalog/new-address.ts';
import type { FleetOperation } from '../domain/failures/failure.ts';
import {
  CountryCode,
  CurrencyCode,
  FleetAddressId,
  FleetDeviceId,
  FleetOrderId,
  FleetProductGroupId,
  FleetProductId,
  FleetUserId,
} from '../domain/ids.ts';
import { foldEmail } from '../domain/people/match.ts';
import { NewColleague } from '../domain/people/people.ts';
import { acquisitionModes, categories, keyboardLayouts } from '../domain/vocabulary.ts';
import {
  type FleetCall,
  issueOf,
  type Read,
  readAbout,
  readAsked,
  readData,
  readPage,
  readRows,
  readWholePage,
} from './answer.ts';
import { addressLabelLimit, addressList, CatalogProductRow, OrderRow, ProductGroupRow } from './inferred.ts';
import {
  Address,
  Cart,
  CreatedCart,
  Device,
  FleetUser,
  Order,
  PricingAnswer,
  UserAddress,
  ValidatedCart,
} from './schema.ts';
import { COUNTRY, CURRENCY } from './values.ts';

/** A bug of ours: Fleet's reference forbids the request. Nothing was sent. */
export class InvalidFleetRequest extends Error {
  override readonly name = 'InvalidFleetRequest';
  readonly operation: FleetOperation | null;

  constructor(issue: string, operation: FleetOperation | null = null) {
    super(operation === null ? issue : `${operation}: ${issue}`);
    this.operation = operation;
  }
}

/** Throws on anything that the reference doesn't allow, including unknown fields. */
function checkInput<Schema extends z.ZodType>(schema: Schema, input: z.input<Schema>): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new InvalidFleetRequest(issueOf(parsed.error));
  return parsed.data;
}

const deliveryCountry = CountryCode.regex(COUNTRY);
const page = { limit: z.int().min(1).max(100).exactOptional(), offset: z.int().min(0).exactOptional() };
const PageQuery = z.strictObject(page).readonly();
export type PageQuery = z.infer<typeof PageQuery>;

/** One order item. Fleet has no quantity: n identical devices are n items. */
const OrderItem = z
  .strictObject({
    productId: FleetProductId,
    deliveryCountry,
    keyboardLayout: z.enum(keyboardLayouts).optional(),
    /** Absent: not assigned yet. */
    fleetUserId: FleetUserId.optional(),
    /** Absent: the cart's or the company's default address. */
    shippingAddressId: FleetAddressId.optional(),
  })
  .readonly();
export type OrderItem = z.infer<typeof OrderItem>;

const ProductGroupsQuery = z.strictObject({
  ...page,
  deliveryCountry,
  category: z.enum(categories).exactOptional(),
  search: z.string().min(1).exactOptional(),
});
const ProductsQuery = z.strictObject({ productGroupId: FleetProductGroupId, deliveryCountry });
const PricingQuery = z.strictObject({
  productId: FleetProductId,
  deliveryCountry,
  currency: CurrencyCode.regex(CURRENCY),
  acquisitionMode: z.enum(acquisitionModes),
  keyboardLayout: z.enum(keyboardLayouts).optional(),
});
const CartsQuery = z.strictObject({ ...page, purchaserId: FleetUserId.exactOptional() });
const NewCart = z.strictObject({
  purchaserId: FleetUserId,
  orderItems: z.array(OrderItem).min(1).readonly(),
  acquisitionMode: z.enum(acquisitionModes),
});
const CartChange = NewCart.partial().refine((body) => Object.values(body).some((value) => value !== undefined));
const Signature = z.strictObject({ purchaserId: FleetUserId, signatoryId: FleetUserId });
const DevicesQuery = z.strictObject({ ...page, fleetUserId: FleetUserId });
const NewUser = z.strictObject(NewColleague.shape);
const addressLabel = z.string().trim().min(1).max(addressLabelLimit);
const LabelledAddress = z.strictObject({ ...NewAddress.shape, label: addressLabel });
const AddressChange = LabelledAddress.partial().refine((body) => Object.values(body).some((one) => one !== undefined));
const Assignment = z.strictObject({ fleetUserId: FleetUserId });

/**
 * Every operation of Fleet's Platform API that we use, once: what it sends and how its answer is read. Arguments are
 * checked before anything is sent. Sources: docs/fleet-contract.md.
 */
export const operations = {
  listProductGroups: (query: z.infer<typeof ProductGroupsQuery>) => {
    const { deliveryCountry, ...rest } = checkInput(ProductGroupsQuery, query);
    return get('/catalog/product-groups', readPage(ProductGroupRow), { delivery_country: deliveryCountry, ...rest });
  },
  /** The only list without pages. */
  listProducts: (query: z.infer<typeof ProductsQuery>) => {
    const { productGroupId, deliveryCountry } = checkInput(ProductsQuery, query);
    const path = `/catalog/product-groups/${productGroupId}/products`;
    return get(path, readRows(CatalogProductRow), { delivery_country: deliveryCountry });
  },
  getPricing: (query: z.infer<typeof PricingQuery>) => {
    const { productId, deliveryCountry, currency, acquisitionMode, keyboardLayout } = checkInput(PricingQuery, query);
    return get(`/catalog/products/${productId}/pricing`, readData(PricingAnswer), {
      delivery_country: deliveryCountry,
      currency,
      acquisition_mode: acquisitionMode,
      keyboard_layout: keyboardLayout,
    });
  },
  listCarts: (query: z.infer<typeof CartsQuery>) => {
    const { purchaserId, ...rest } = checkInput(CartsQuery, query);
    return get('/carts', readWholePage(Cart), { purchaser_id: purchaserId, ...rest });
  },
  /** Never retried: after an unclear answer the caller looks for the cart with `listCarts`. */
  createCart: (body: z.infer<typeof NewCart>) =>
    post('/carts', readData(CreatedCart), cartBody(checkInput(NewCart, body))),
  getCart: (fleetOrderId: FleetOrderId) => get(cartPath(fleetOrderId), readAbout(fleetOrderId, readData(Cart))),
  /** `orderItems` replaces every line of the cart. At least one of the three fields is required. */
  patchCart: (fleetOrderId: FleetOrderId, body: z.infer<typeof CartChange>) =>
    patch(cartPath(fleetOrderId), readAbout(fleetOrderId, readData(Cart)), cartBody(checkInput(CartChange, body))),
  /** Turns the cart into an order. Never retried. We require `signatoryId`: without it Fleet takes the purchaser. */
  validateCart: (fleetOrderId: FleetOrderId, signature: z.infer<typeof Signature>) => {
    const { purchaserId, signatoryId } = checkInput(Signature, signature);
    const body = { purchaser_id: purchaserId, signatory_id: signatoryId };
    return post(`${cartPath(fleetOrderId)}/validate`, readAbout(fleetOrderId, readData(ValidatedCart)), body);
  },
  listOrders: (query: PageQuery) => get('/orders', readPage(OrderRow), checkInput(PageQuery, query)),
  getOrder: (fleetOrderId: FleetOrderId) =>
    get(`/orders/${checkInput(FleetOrderId, fleetOrderId)}`, readAbout(fleetOrderId, readData(Order))),
  listUsers: (query: PageQuery) => get('/users', readPage(FleetUser), checkInput(PageQuery, query)),
  getUser: (fleetUserId: FleetUserId) => get(`/users/${checkInput(FleetUserId, fleetUserId)}`, readData(FleetUser)),
  listAddresses: (query: PageQuery) =>
    get(addressList.path, readPage(addressList.row, addressList), checkInput(PageQuery, query)),
  listUserAddresses: (query: PageQuery) => get('/user-addresses', readPage(UserAddress), checkInput(PageQuery, query)),
  listDevices: (query: z.infer<typeof DevicesQuery>) => {
    const { fleetUserId, ...rest } = checkInput(DevicesQuery, query);
    return get('/devices', readPage(Device), { user_id: fleetUserId, ...rest });
  },
  /** Never retried: after an unclear answer the caller looks for the person by email with `listUsers`. */
  createUser: (body: z.infer<typeof NewUser>) => {
    const { email, firstName, lastName, startDate } = checkInput(NewUser, body);
    const sent = { email, first_name: firstName, last_name: lastName, arrival_date: startDate };
    return post(
      '/users',
      readAsked(readData(FleetUser), (user) => isEmailOf(user, email)),
      sent,
    );
  },
  /** Never retried: after an unclear answer the caller looks for it with `listAddresses`. */
  createAddress: (body: z.infer<typeof LabelledAddress>) =>
    post('/addresses', readData(Address), addressBody(checkInput(LabelledAddress, body))),
  updateAddress: (addressId: FleetAddressId, body: z.infer<typeof AddressChange>) =>
    patch(
      `/addresses/${checkInput(FleetAddressId, addressId)}`,
      readAsked(readData(Address), (address) => address.addressId === addressId),
      addressBody(checkInput(AddressChange, body)),
    ),
  updateDevice: (fleetDeviceId: FleetDeviceId, body: z.infer<typeof Assignment>) =>
    patch(
      `/devices/${checkInput(FleetDeviceId, fleetDeviceId)}`,
      readAsked(readData(Device), (device) => device.fleetDeviceId === fleetDeviceId),
      { user_id: checkInput(Assignment, body).fleetUserId },
    ),
} satisfies Record<FleetOperation, (...args: never[]) => FleetCall<unknown>>;

type Operations = typeof operations;
export type ArgumentsOf<Operation extends FleetOperation> = Parameters<Operations[Operation]>;
export type AnswerOf<Operation extends FleetOperation> =
  ReturnType<Operations[Operation]> extends FleetCall<infer T> ? T : never;

function get<T>(path: string, read: Read<T>, query: FleetCall<T>['query'] = {}): FleetCall<T> {
  return { method: 'GET', path, query, read };
}

function post<T>(path: string, read: Read<T>, body: Readonly<Record<string, unknown>>): FleetCall<T> {
  return { method: 'POST', path, body, read };
}

function patch<T>(path: string, read: Read<T>, body: Readonly<Record<string, unknown>>): FleetCall<T> {
  return { method: 'PATCH', path, body, read };
}

/** Fleet may change an email's case. Without one the answer names nobody else. */
function isEmailOf(user: FleetUser, email: string): boolean {
  return user.email === null || foldEmail(user.email) === foldEmail(email);
}

function addressBody(address: z.infer<typeof AddressChange>) {
  const { firstName, lastName, phone, phoneCountry, address1, address2, zip, city, country, label } = address;
  return {
    first_name: firstName,
    last_name: lastName,
    phone,
    phone_country: phoneCountry,
    address1,
    address2,
    zip,
    city,
    country,
    label,
  };
}

function cartPath(fleetOrderId: FleetOrderId): string {
  return `/carts/${checkInput(FleetOrderId, fleetOrderId)}`;
}

function cartBody({ purchaserId, orderItems, acquisitionMode }: z.infer<typeof CartChange>) {
  return {
    purchaser_id: purchaserId,
    order_items: orderItems?.map((item) => ({
      product_id: item.productId,
      delivery_country: item.deliveryCountry,
      keyboard_layout: item.keyboardLayout,
      user_id: item.fleetUserId,
      shipping_address_id: item.shippingAddressId,
    })),
    acquisition_mode: acquisitionMode,
  };
}
