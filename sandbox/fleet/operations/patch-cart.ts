import { isCart, type Order, type OrderLine } from '../model.ts';
import { buildLines, OrderItems } from '../order-items.ts';
import { id, object, oneOf } from '../parse.ts';
import { cartBody } from '../present-order.ts';
import { quote } from '../quote.ts';
import { type Reply, reject } from '../rejection.ts';
import { type AcquisitionMode, acquisitionModes } from '../vocabulary.ts';
import { type Call, pathId, type World } from '../world.ts';
import { checkPurchaser } from './purchaser.ts';

const PatchCartBody = object(
  {},
  { purchaser_id: id, order_items: OrderItems, acquisition_mode: oneOf(acquisitionModes) },
);

export function patchCart(world: World, call: Call): Reply {
  const body = PatchCartBody(call.body, 'body');
  if (Object.keys(body).length === 0) {
    reject(400, 'body must hold at least one of purchaser_id, order_items, acquisition_mode');
  }
  const order = world.state.orders.get(pathId(call, 'order_id'));
  if (!order || order.isDeleted) return reject(404, 'CART_NOT_FOUND');
  if (!isCart(order)) return reject(409, 'ORDER_NOT_CART');
  if (body.purchaser_id !== undefined) checkPurchaser(world, body.purchaser_id);

  const mode = body.acquisition_mode ?? order.acquisitionMode;
  const lines = body.order_items
    ? buildLines(world, 'patchCart', body.order_items, mode)
    : repriced(world, order, mode);
  order.purchaserId = body.purchaser_id ?? order.purchaserId;
  order.acquisitionMode = mode;
  order.lines = lines;
  order.updatedAt = world.now();
  world.state.changed('cart_patched', order.id);
  return { status: 200, body: { data: cartBody(order, world.rules) } };
}

/** Unchanged lines get new device ids too, so that no client can rely on one. */
function repriced(world: World, order: Order, mode: AcquisitionMode): OrderLine[] {
  return order.lines.map((line) => ({
    ...line,
    deviceId: world.state.nextDeviceId(),
    amount: mode === order.acquisitionMode ? line.amount : amountIn(world, line, mode),
  }));
}

function amountIn(world: World, line: OrderLine, mode: AcquisitionMode): number {
  if (line.productId === null || line.deliveryCountry === null) return line.amount;
  const found = quote(world.state, {
    productId: line.productId,
    country: line.deliveryCountry,
    mode,
    layout: line.keyboardLayout ?? undefined,
  });
  return found.ok ? found.amount : reject(404, 'PRODUCT_PRICING_UNAVAILABLE');
}
