import type { DraftCart, FleetSnapshot } from '../../src/domain/cart/cart.ts';
import type {
  CountryCode,
  CurrencyCode,
  FleetOrderId,
  FleetProductGroupId,
  FleetProductId,
  FleetUserId,
} from '../../src/domain/ids.ts';
import type { Money, OrderLine } from '../../src/domain/line.ts';

export const euros = (amount: string): Money => ({ amount, currency: 'EUR' as CurrencyCode });
export const product = (id: number) => id as FleetProductId;

export function aLine(over: Partial<OrderLine> = {}): OrderLine {
  return {
    productId: product(101),
    deliveryCountry: 'FR' as CountryCode,
    keyboardLayout: 'FRENCH_AZERTY',
    fleetUserId: 11 as FleetUserId,
    shippingAddressId: null,
    productGroupId: 1 as FleetProductGroupId,
    productName: 'MacBook Pro 14',
    configuration: 'M4 · 16 GB · 512 GB',
    assigneeName: 'Anna Keller',
    price: euros('54.90'),
    shipping: { min: 3, max: 5 },
    ...over,
  };
}

export function aSnapshot(
  productIds: readonly (number | null)[],
  rent: string | null = '54.90',
  over: Partial<FleetSnapshot> = {},
): FleetSnapshot {
  return {
    productIds: productIds.map((id) => (id === null ? null : product(id))),
    names: productIds.map((id) => `Device ${id}`),
    rent,
    currency: 'EUR' as CurrencyCode,
    ...over,
  };
}

export function aDraft(over: Partial<DraftCart> = {}): DraftCart {
  return {
    purchaserId: 11 as FleetUserId,
    fleetOrderId: 42 as FleetOrderId,
    mode: 'LEASING',
    lines: [aLine()],
    fleetHolds: aSnapshot([101]),
    standing: 'ours',
    creatingSince: null,
    lockedBy: null,
    appliedChanges: [],
    revision: 1,
    ...over,
  };
}
