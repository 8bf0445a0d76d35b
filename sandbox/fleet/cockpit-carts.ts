import { currencyOf } from './countries.ts';
import type { Order, OrderLine } from './model.ts';
import { placeOrder } from './place-order.ts';
import { nextStatus, setOrderStatus } from './progress.ts';
import { quote } from './quote.ts';
import type { KeyboardLayout, OrderStatus } from './vocabulary.ts';
import type { World } from './world.ts';

export type CockpitLine =
  | {
      readonly productId: number;
      readonly deliveryCountry?: string;
      readonly keyboardLayout?: KeyboardLayout;
      readonly userId?: number;
    }
  /** A line without a catalog product: its `product_id` is null. */
  | { readonly name: string; readonly amount: number; readonly currency?: string };

export function cartActions(world: World) {
  const { state } = world;
  const orderOf = (orderId: number): Order => {
    const order = state.orders.get(orderId);
    if (!order) throw new Error(`no order ${orderId}`);
    return order;
  };
  const changeCart = (orderId: number, change: (order: Order) => void): void => {
    const order = orderOf(orderId);
    change(order);
    order.updatedAt = world.now();
    state.changed('cart_changed_in_cockpit', orderId);
  };
  return {
    addLine: (orderId: number, line: CockpitLine): void =>
      changeCart(orderId, (order) => order.lines.push(lineOf(world, order, line))),
    /** Removes the line at `index`, by default the last one; this can empty a cart. */
    removeLine: (orderId: number, index = -1): void =>
      changeCart(orderId, (order) => void order.lines.splice(index, 1)),
    setPurchaser: (orderId: number, userId: number | null): void =>
      changeCart(orderId, (order) => {
        order.purchaserId = userId;
      }),
    /** Someone is working on it in the cockpit: validate answers VALIDATE_CART_CONFLICT until it is unlocked. */
    lockCart: (orderId: number): void =>
      changeCart(orderId, (order) => {
        order.isLocked = true;
      }),
    unlockCart: (orderId: number): void =>
      changeCart(orderId, (order) => {
        order.isLocked = false;
      }),
    deleteCart(orderId: number): void {
      orderOf(orderId).isDeleted = true;
      state.changed('cart_deleted', orderId);
    },
    /** Not counted by `validateCommits`. */
    validate(orderId: number, people: { purchaserId?: number; signatoryId?: number } = {}): void {
      const order = orderOf(orderId);
      const purchaserId = people.purchaserId ?? order.purchaserId ?? 0;
      const signatoryId = people.signatoryId ?? purchaserId;
      placeOrder(world, order, { by: 'cockpit', purchaserId, signatoryId, signatoryWasNamed: true });
    },
    /** Takes any text, to try a future status. On an open cart it makes it an order without a validate. */
    setStatus(orderId: number, clientStatus: OrderStatus | (string & {})): void {
      setOrderStatus(state, orderOf(orderId), clientStatus, world.now());
    },
    /** Advances to the next status on the usual path and returns it. */
    advance(orderId: number): string {
      const order = orderOf(orderId);
      if (order.clientStatus === null) throw new Error(`order ${orderId} is still a cart`);
      setOrderStatus(state, order, nextStatus(order.clientStatus), world.now());
      return order.clientStatus;
    },
  };
}

function lineOf({ state }: World, order: Order, line: CockpitLine): OrderLine {
  const deviceId = state.nextDeviceId();
  const unassigned = { keyboardLayout: null, userId: null, shippingAddressId: null };
  if (!('productId' in line)) {
    const currency = line.currency ?? 'EUR';
    return {
      ...unassigned,
      deviceId,
      productId: null,
      name: line.name,
      deliveryCountry: null,
      amount: line.amount,
      currency,
    };
  }
  const country = line.deliveryCountry ?? 'FR';
  const product = state.products.get(line.productId);
  const layout = line.keyboardLayout ?? (product?.hasKeyboard ? product.layouts[0] : undefined);
  const found = quote(state, { productId: line.productId, country, mode: order.acquisitionMode, layout });
  return {
    deviceId,
    productId: line.productId,
    name: product?.name ?? null,
    deliveryCountry: country,
    keyboardLayout: layout ?? null,
    userId: line.userId ?? null,
    shippingAddressId: null,
    amount: found.ok ? found.amount : 0,
    currency: currencyOf(country),
  };
}
