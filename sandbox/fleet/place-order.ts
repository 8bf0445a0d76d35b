import type { Order, Validation } from './model.ts';
import { rentString } from './money.ts';
import type { World } from './world.ts';

/** Commits a validate, by API or in the cockpit: the cart becomes an order, and its devices exist. */
export function placeOrder(world: World, order: Order, validation: Omit<Validation, 'at'>): void {
  const at = world.now();
  const isFirst = order.validations.length === 0;
  order.validations.push({ at, ...validation });
  order.purchaserId = validation.purchaserId;
  order.clientStatus = world.rules.statusAfterValidate;
  order.orderNumber = `FL-${String(order.id).padStart(6, '0')}`;
  order.orderDate = new Date(at).toISOString();
  order.updatedAt = at;
  if (isFirst) createDevices(world, order);
  world.state.changed('cart_validated', order.id);
}

function createDevices({ state }: World, order: Order): void {
  for (const line of order.lines) {
    const product = line.productId === null ? undefined : state.products.get(line.productId);
    const group = state.productGroups.find((one) => one.id === product?.groupId);
    state.devices.set(line.deviceId, {
      id: line.deviceId,
      name: line.name,
      serialNumber: null,
      clientStatus: 'PENDING_VALIDATION',
      rent: order.acquisitionMode === 'BUY' ? null : rentString([line.amount]),
      type: null,
      category: group?.category ?? null,
      userId: line.userId,
      orderId: order.id,
    });
  }
}
