import { cartActions } from './cockpit-carts.ts';
import type { Keys } from './keys.ts';
import type { Price } from './model.ts';
import { quote } from './quote.ts';
import type { UserRole } from './vocabulary.ts';
import type { World } from './world.ts';

export type Cockpit = ReturnType<typeof createCockpit>;

/** What people do in Fleet's own web application, bypassing the API. */
export function createCockpit(world: World, keys: Keys) {
  return { ...cartActions(world), ...catalogActions(world), ...peopleActions(world), ...companyActions(world, keys) };
}

function catalogActions(world: World) {
  const productOf = (productId: number) => {
    const product = world.state.products.get(productId);
    if (!product) throw new Error(`no product ${productId}`);
    return product;
  };
  return {
    /** Open carts show the new price at once, unless specified otherwise. */
    changePrice(
      productId: number,
      prices: Readonly<Record<string, Price>>,
      options: { repriceCarts?: boolean } = {},
    ): void {
      const product = productOf(productId);
      product.prices = { ...product.prices, ...prices };
      if (options.repriceCarts !== false) repriceCarts(world, productId);
      world.state.changed('catalog');
    },
    withdrawPrice(productId: number): void {
      productOf(productId).prices = {};
      world.state.changed('catalog');
    },
    /** From one country, or from all. Lines in open carts are kept. */
    withdrawProduct(productId: number, country?: string): void {
      const product = productOf(productId);
      product.countries = country === undefined ? [] : product.countries.filter((one) => one !== country);
      world.state.changed('catalog');
    },
  };
}

function repriceCarts(world: World, productId: number): void {
  for (const order of world.state.orders.values()) {
    if (order.clientStatus !== null || !order.lines.some((line) => line.productId === productId)) continue;
    order.lines = order.lines.map((line) => {
      if (line.productId !== productId || line.deliveryCountry === null) return line;
      const wanted = { productId, country: line.deliveryCountry, mode: order.acquisitionMode };
      const found = quote(world.state, { ...wanted, layout: line.keyboardLayout ?? undefined });
      return found.ok ? { ...line, amount: found.amount } : line;
    });
    world.state.changed('cart_changed_in_cockpit', order.id);
  }
}

function peopleActions({ state }: World) {
  return {
    removeUser(userId: number): void {
      state.users.delete(userId);
      state.changed('people');
    },
    setRole(userId: number, role: UserRole): void {
      const user = state.users.get(userId);
      if (!user) throw new Error(`no user ${userId}`);
      user.role = role;
      state.changed('people');
    },
    /** From then on, Fleet answers INVALID_PURCHASER for this user. */
    blockPurchaser(userId: number): void {
      state.blockedPurchasers.add(userId);
      state.changed('people');
    },
    unblockPurchaser(userId: number): void {
      state.blockedPurchasers.delete(userId);
      state.changed('people');
    },
    removeAddress(addressId: number): void {
      state.addresses.delete(addressId);
      state.changed('people');
    },
  };
}

function companyActions({ state }: World, keys: Keys) {
  const set = (change: Partial<typeof state.company>): void => {
    Object.assign(state.company, change);
    state.changed('company');
  };
  return {
    revokeKey: (key = keys.apiKey): void => keys.revoke(key),
    restoreKey: (key = keys.apiKey): void => keys.restore(key),
    removePaymentMethod: (): void => set({ hasPaymentMethod: false }),
    addPaymentMethod: (): void => set({ hasPaymentMethod: true }),
    removeCompany: (): void => set({ exists: false }),
    restoreCompany: (): void => set({ exists: true }),
  };
}
