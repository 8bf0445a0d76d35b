import type { FleetFailure } from '../domain/failures/fleet-failure.ts';
import type { AcquisitionMode, Category, KeyboardLayout } from '../domain/failures/fleet-words.ts';
import type {
  CountryCode,
  CurrencyCode,
  FleetAddressId,
  FleetOrderId,
  FleetProductGroupId,
  FleetProductId,
  FleetUserId,
} from '../domain/ids.ts';
import type {
  Address,
  Cart,
  CatalogProduct,
  Device,
  FleetUser,
  Order,
  Page,
  Pricing,
  ProductGroup,
  UserAddress,
} from './schema.ts';

export type FleetResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: FleetFailure };

/** One order item as Fleet takes it. Fleet has no quantity: n identical devices are n lines. */
export interface OrderItem {
  readonly productId: FleetProductId;
  readonly deliveryCountry: CountryCode;
  readonly keyboardLayout?: KeyboardLayout | undefined;
  /** Left out: nobody yet. */
  readonly fleetUserId?: FleetUserId | undefined;
  /** Left out: the cart's or the company's default address. */
  readonly shippingAddressId?: FleetAddressId | undefined;
}

/** Who is waiting. People come first in the minute's budget; `refresh` is the part of background that fills caches. */
export type Urgency = 'person' | 'background' | 'refresh';

export interface PageQuery {
  readonly limit?: number;
  readonly offset?: number;
}

/** Fleet's Platform API, for one key. Expected failures are values; a thrown error is a bug of ours. */
export interface Fleet {
  listProductGroups(
    query: PageQuery & {
      readonly deliveryCountry: CountryCode;
      readonly category?: Category;
      readonly search?: string;
    },
    urgency: Urgency,
  ): Promise<FleetResult<Page<ProductGroup>>>;
  listProducts(
    query: { readonly productGroupId: FleetProductGroupId; readonly deliveryCountry: CountryCode },
    urgency: Urgency,
  ): Promise<FleetResult<readonly CatalogProduct[]>>;
  getPricing(
    query: {
      readonly productId: FleetProductId;
      readonly deliveryCountry: CountryCode;
      readonly currency: CurrencyCode;
      readonly acquisitionMode: AcquisitionMode;
      readonly keyboardLayout?: KeyboardLayout | undefined;
    },
    urgency: Urgency,
  ): Promise<FleetResult<Pricing>>;
  listCarts(
    query: PageQuery & { readonly purchaserId?: FleetUserId },
    urgency: Urgency,
  ): Promise<FleetResult<Page<Cart>>>;
  /** Never retried: an unclear answer is for the caller to look into by `listCarts`. */
  createCart(
    body: {
      readonly purchaserId: FleetUserId;
      readonly orderItems: readonly OrderItem[];
      readonly acquisitionMode: AcquisitionMode;
    },
    urgency: Urgency,
  ): Promise<FleetResult<{ readonly fleetOrderId: FleetOrderId }>>;
  getCart(fleetOrderId: FleetOrderId, urgency: Urgency): Promise<FleetResult<Cart>>;
  /** `orderItems` replaces every line of the cart. At least one of the three fields must be given. */
  patchCart(
    fleetOrderId: FleetOrderId,
    body: {
      readonly purchaserId?: FleetUserId;
      readonly orderItems?: readonly OrderItem[];
      readonly acquisitionMode?: AcquisitionMode;
    },
    urgency: Urgency,
  ): Promise<FleetResult<Cart>>;
  /** Turns the cart into an order. Never retried. `signatoryId` is compulsory here: Fleet would take the purchaser. */
  validateCart(
    fleetOrderId: FleetOrderId,
    body: { readonly purchaserId: FleetUserId; readonly signatoryId: FleetUserId },
    urgency: Urgency,
  ): Promise<FleetResult<{ readonly fleetOrderId: FleetOrderId; readonly clientStatus: string }>>;
  listOrders(query: PageQuery, urgency: Urgency): Promise<FleetResult<Page<Order>>>;
  getOrder(fleetOrderId: FleetOrderId, urgency: Urgency): Promise<FleetResult<Order>>;
  listUsers(query: PageQuery, urgency: Urgency): Promise<FleetResult<Page<FleetUser>>>;
  getUser(fleetUserId: FleetUserId, urgency: Urgency): Promise<FleetResult<FleetUser>>;
  listAddresses(query: PageQuery, urgency: Urgency): Promise<FleetResult<Page<Address>>>;
  listUserAddresses(query: PageQuery, urgency: Urgency): Promise<FleetResult<Page<UserAddress>>>;
  listDevices(
    query: PageQuery & { readonly fleetUserId: FleetUserId },
    urgency: Urgency,
  ): Promise<FleetResult<Page<Device>>>;
}

/** The key's requests per minute, shared by all instances. Kept in Redis; the adapter only asks and reports. */
export interface FleetBudget {
  /** May one request go out now? Otherwise how long to wait. */
  take(urgency: Urgency): Promise<{ readonly ok: true } | { readonly ok: false; readonly retryAfterMs: number }>;
  /** Fleet said 429: nobody asks before this has passed. */
  pause(ms: number): Promise<void>;
}
