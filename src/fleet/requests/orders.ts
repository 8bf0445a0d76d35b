import { z } from 'zod';
import type { FleetOrderId } from '../../domain/ids.ts';
import type { PageQuery } from '../fleet.ts';
import { OrderRow } from '../inferred.ts';
import { about, readData, readPage } from '../reading.ts';
import { checked, type FleetRequest, SentId, sentPage } from '../request.ts';
import { Order, type Page } from '../schema.ts';

export function listOrders(page: PageQuery): FleetRequest<Page<Order>> {
  const query = checked('listOrders', z.strictObject(sentPage), page);
  return { operation: 'listOrders', method: 'GET', path: '/orders', query, read: readPage(OrderRow) };
}

export function getOrder(fleetOrderId: FleetOrderId): FleetRequest<Order> {
  const path = `/orders/${checked('getOrder', SentId, fleetOrderId)}`;
  return { operation: 'getOrder', method: 'GET', path, read: about(fleetOrderId, readData(Order)) };
}
