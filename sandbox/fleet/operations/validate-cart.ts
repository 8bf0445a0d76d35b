import { isCart, type Order } from '../model.ts';
import { id, object } from '../parse.ts';
import { placeOrder } from '../place-order.ts';
import { type Reply, reject } from '../rejection.ts';
import { type Call, pathId, type World } from '../world.ts';
import { checkPurchaser } from './purchaser.ts';

const ValidateCartBody = object({ purchaser_id: id }, { signatory_id: id });

const closedStatuses: readonly (string | null)[] = ['ARCHIVED', 'FAILED'];

export function validateCart(world: World, call: Call): Reply {
  const body = ValidateCartBody(call.body, 'body');
  const order = world.state.orders.get(pathId(call, 'order_id'));
  if (!order || order.isDeleted) return reject(404, 'CART_NOT_FOUND');
  checkOpen(world, order);
  checkPurchaser(world, body.purchaser_id);
  const signatoryId = body.signatory_id ?? body.purchaser_id;
  if (!world.state.users.has(signatoryId)) reject(400, 'INVALID_USER');
  if (order.lines.length === 0) reject(400, 'VALIDATE_CART_NO_DEVICES');
  if (!world.state.company.hasPaymentMethod) reject(400, 'PAYMENT_METHOD_REQUIRED');

  placeOrder(world, order, {
    by: 'api',
    purchaserId: body.purchaser_id,
    signatoryId,
    signatoryWasNamed: body.signatory_id !== undefined,
  });
  return { status: 200, body: { data: { order_id: order.id, client_status: order.clientStatus } } };
}

function checkOpen(world: World, order: Order): void {
  if (closedStatuses.includes(order.clientStatus)) reject(409, 'ORDER_STATUS_TRANSITION_FORBIDDEN');
  const isLetThrough = isCart(order) || world.rules.secondValidate === 'again';
  if (!isLetThrough) reject(409, 'ORDER_NOT_CART');
  if (order.isLocked) reject(409, 'VALIDATE_CART_CONFLICT');
}
