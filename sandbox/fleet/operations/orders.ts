import { isCart } from '../model.ts';
import { pageFields, pageReply } from '../paging.ts';
import { object } from '../parse.ts';
import { orderBody } from '../present-order.ts';
import { type Reply, reject } from '../rejection.ts';
import { type Call, pathId, type World } from '../world.ts';

const OrdersQuery = object({}, pageFields);

/** Newest first, without open carts. */
export function listOrders(world: World, call: Call): Reply {
  const query = OrdersQuery(call.query, 'query');
  const orders = [...world.state.orders.values()].filter((order) => !isCart(order) && !order.isDeleted);
  return pageReply(orders.reverse(), query, (order) => {
    const { order_id, ...rest } = orderBody(order, world.rules);
    return { [world.rules.orderRowId]: order_id, ...rest };
  });
}

export function getOrder(world: World, call: Call): Reply {
  const order = world.state.orders.get(pathId(call, 'order_id'));
  if (!order || order.isDeleted || isCart(order)) return reject(404, 'ORDER_NOT_FOUND');
  return { status: 200, body: { data: orderBody(order, world.rules) } };
}
