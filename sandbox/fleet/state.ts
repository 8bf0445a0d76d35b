import {
  type Address,
  type Device,
  type FleetSeed,
  isCart,
  type Order,
  type Product,
  type ProductGroup,
  type User,
  type UserAddress,
} from './model.ts';

export type Change = {
  readonly at: number;
  readonly what:
    | 'cart_created'
    | 'cart_patched'
    | 'cart_validated'
    | 'cart_changed_in_cockpit'
    | 'cart_deleted'
    | 'order_status'
    | 'catalog'
    | 'people'
    | 'company';
  readonly orderId?: number;
};
export type Listener = (change: Change) => void;

export type FleetSnapshot = {
  readonly carts: readonly Order[];
  readonly orders: readonly Order[];
  readonly users: readonly User[];
  readonly addresses: readonly Address[];
  readonly userAddresses: readonly UserAddress[];
  readonly devices: readonly Device[];
  readonly productGroups: readonly ProductGroup[];
  readonly products: readonly Product[];
  readonly company: { readonly exists: boolean; readonly hasPaymentMethod: boolean };
};

type SavedRows = { readonly users: User; readonly addresses: Address; readonly devices: Device };
type SavedTable = keyof SavedRows;

export type FleetState = {
  readonly productGroups: ProductGroup[];
  readonly products: Map<number, Product>;
  readonly productsByGroup: Map<number, Product[]>;
  readonly users: Map<number, User>;
  readonly blockedPurchasers: Set<number>;
  readonly addresses: Map<number, Address>;
  readonly userAddresses: UserAddress[];
  readonly devices: Map<number, Device>;
  readonly orders: Map<number, Order>;
  readonly company: { exists: boolean; hasPaymentMethod: boolean };
  nextDeviceId(): number;
  nextUserId(): number;
  nextAddressId(): number;
  /** Writes a person, address or device, and remembers what it replaces. */
  save<Table extends SavedTable>(table: Table, row: SavedRows[Table]): void;
  nextOrderId(): number;
  changed(what: Change['what'], orderId?: number): void;
  subscribe(listener: Listener): () => void;
  snapshot(): FleetSnapshot;
  /** Each cart, order, person, address and device as it was before its last change. For reading only. */
  beforeLastChange(): FleetState;
};

function copiesOf<T extends object>(rows: readonly T[]): T[] {
  return rows.map((row) => ({ ...row }));
}

function byId<T extends { readonly id: number }>(rows: readonly T[]): Map<number, T> {
  return new Map(rows.map((row) => [row.id, row]));
}

function byGroup(products: readonly Product[]): Map<number, Product[]> {
  const groups = new Map<number, Product[]>();
  for (const product of products) {
    const rows = groups.get(product.groupId) ?? [];
    rows.push(product);
    groups.set(product.groupId, rows);
  }
  return groups;
}

function after(ids: Iterable<number>, floor: number): () => number {
  let last = floor;
  for (const id of ids) last = Math.max(last, id);
  return () => {
    last += 1;
    return last;
  };
}

export function createState(seed: FleetSeed, now: () => number): FleetState {
  const listeners = new Set<Listener>();
  const orders = byId(structuredClone(seed.orders));
  const replaced = {
    users: new Map<number, User | undefined>(),
    addresses: new Map<number, Address | undefined>(),
    devices: new Map<number, Device | undefined>(),
  };
  const versions = new Map<number, { readonly before: Order | undefined; readonly now: Order | undefined }>();
  const deviceIds = [
    ...seed.devices.map((device) => device.id),
    ...seed.orders.flatMap((o) => o.lines.map((l) => l.deviceId)),
  ];
  // Stand-ins share a seed. Only a row's own fields ever change, so what a row holds isn't copied.
  const products = copiesOf(seed.products);
  const state: FleetState = {
    productGroups: copiesOf(seed.productGroups),
    products: byId(products),
    productsByGroup: byGroup(products),
    users: byId(copiesOf(seed.users)),
    blockedPurchasers: new Set(),
    addresses: byId(copiesOf(seed.addresses)),
    userAddresses: copiesOf(seed.userAddresses),
    devices: byId(copiesOf(seed.devices)),
    orders,
    company: { exists: true, hasPaymentMethod: true },
    nextDeviceId: after(deviceIds, 9000),
    nextUserId: after(
      seed.users.map(({ id }) => id),
      70,
    ),
    nextAddressId: after(
      seed.addresses.map(({ id }) => id),
      80,
    ),
    save(table, row) {
      // Each table holds its own rows.
      const rows = state[table] as Map<number, typeof row>;
      (replaced[table] as Map<number, typeof row | undefined>).set(row.id, rows.get(row.id));
      rows.set(row.id, row);
      state.changed('people');
    },
    nextOrderId: after(orders.keys(), 41),
    changed(what, orderId) {
      if (orderId !== undefined) {
        const known = versions.get(orderId);
        const before = known === undefined ? seed.orders.find(({ id }) => id === orderId) : known.now;
        versions.set(orderId, { before, now: structuredClone(orders.get(orderId)) });
      }
      const change: Change = orderId === undefined ? { at: now(), what } : { at: now(), what, orderId };
      for (const listener of listeners) listener(change);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    snapshot: () => snapshotOf(state),
    beforeLastChange: () => {
      const behind = new Map(orders);
      for (const [id, { before }] of versions)
        if (before === undefined) behind.delete(id);
        else behind.set(id, before);
      return {
        ...state,
        orders: behind,
        users: rowsBefore(state.users, replaced.users),
        addresses: rowsBefore(state.addresses, replaced.addresses),
        devices: rowsBefore(state.devices, replaced.devices),
      };
    },
  };
  return state;
}

function rowsBefore<T>(rows: ReadonlyMap<number, T>, replaced: ReadonlyMap<number, T | undefined>): Map<number, T> {
  const before = new Map(rows);
  for (const [id, row] of replaced)
    if (row === undefined) before.delete(id);
    else before.set(id, row);
  return before;
}

function snapshotOf(state: FleetState): FleetSnapshot {
  const orders = [...state.orders.values()];
  return structuredClone({
    carts: orders.filter(isCart),
    orders: orders.filter((order) => order.clientStatus !== null && !order.isDeleted),
    users: [...state.users.values()],
    addresses: [...state.addresses.values()],
    userAddresses: state.userAddresses,
    devices: [...state.devices.values()],
    productGroups: state.productGroups,
    products: [...state.products.values()],
    company: state.company,
  });
}
