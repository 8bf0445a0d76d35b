import type { FleetSeed } from '../model.ts';
import { aCatalog } from './catalog.ts';
import { aHistory, devices } from './orders.ts';
import { aStaff } from './people.ts';
import { addresses, userAddresses } from './places.ts';

export type SeedSize = {
  /** Default 60; at least the known people. */
  readonly users?: number;
  /** Default 300, at least 250 of them in France; never fewer than the twenty-one known groups. */
  readonly productGroups?: number;
  /** Orders in progress that were not placed through the API. Default none. */
  readonly openOrders?: number;
  readonly openCarts?: number;
};

/** The same seed every time. Without orders, the first cart is number 42. */
export function aSeed(size: SeedSize = {}): FleetSeed {
  const { productGroups, products } = aCatalog(size.productGroups ?? 300);
  const users = aStaff(size.users ?? 60);
  const counts = { openOrders: size.openOrders ?? 0, openCarts: size.openCarts ?? 0 };
  return {
    ...{ productGroups, products, users, devices: devices() },
    ...{ addresses: addresses(), userAddresses: userAddresses() },
    orders: counts.openOrders + counts.openCarts > 0 ? aHistory(counts, users, products) : [],
  };
}
