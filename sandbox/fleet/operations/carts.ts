import { isCart, type Order } from '../model.ts';
import { buildLines, OrderItems } from '../order-items.ts';
import { pageFields, pageReply } from '../paging.ts';
import { id, object, oneOf, queryId } from '../parse.ts';
import { cartBody } from '../present-order.ts';
import { type Reply, reject } from '../rejection.ts';
import { acquisitionModes } from '../vocabulary.ts';
import { type Call, pathId, type World } from '../world.ts';
import { checkPurchaser } from './purchaser.ts';

const CartsQuery = object({}, { ...pageFields, purchaser_id: queryId });

export function listCarts(world: World, call: Call): Reply {
  const query = CartsQuery(call.query, 'query');
  const carts = [...world.state.orders.values()].filter(
    (order) => isCart(order) && (query.purchaser_id === undefined || order.purchaserId === query.purchaser_id),
  );
  return pageReply(carts, query, (cart) => cartBody(cart, world.rules));
}

export function getCart(world: World, call: Call): Reply {
  const order = world.state.orders.get(pathId(call, 'order_id'));
  if (!order || order.isDeleted) return reject(404, 'CART_NOT_FOUND');
  const { getMovedOnCart } = world.rules;
  if (!isCart(order) && getMovedOnCart !== 'the_cart') return reject(404, getMovedOnCart);
  return { status: 200, body: { data: cartBody(order, world.rules) } };
}

const CreateCartBody = object(
  { purchaser_id: id, order_items: OrderItems },
  { acquisition_mode: oneOf(acquisitionModes) },
);

export function createCart(world: World, call: Call): Reply {
  const body = CreateCartBody(call.body, 'body');
  checkPurchaser(world, body.purchaser_id);
  const carts = [...world.state.orders.values()].filter(isCart);
  if (world.rules.oneActiveCart && carts.some((cart) => cart.purchaserId === body.purchaser_id)) {
    reject(409, 'CART_ALREADY_EXISTS');
  }
  const acquisitionMode = body.acquisition_mode ?? 'LEASING';
  const lines = buildLines(world, 'createCart', body.order_items, acquisitionMode);
  const at = world.now();
  const order: Order = {
    ...{ id: world.state.nextOrderId(), createdAt: at, updatedAt: at, purchaserId: body.purchaser_id },
    ...{ acquisitionMode, lines, clientStatus: null, orderNumber: null, contractNumber: null, orderDate: null },
    ...{ validations: [], isDeleted: false, isLocked: false },
  };
  world.state.orders.set(order.id, order);
  world.state.changed('cart_created', order.id);
  return { status: 201, body: { data: { order_id: order.id } } };
}
