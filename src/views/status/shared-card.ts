import { rowsOf } from '../../domain/order/order-line.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import { publicStateText } from '../card/card-state.ts';
import { countryName, times } from '../format.ts';
import { message } from '../guard.ts';
import type { Message } from '../surfaces.ts';
import { literal, mrkdwn } from '../text.ts';

/** For a channel: number, products, countries and status, and nothing else that somebody could read from it. */
export function sharedCard(request: DeviceRequest): Message {
  const headline = `Order ${request.fleetOrderId}`;
  const products = rowsOf(request.lines.map((line) => ({ ...line, fleetUserId: null, shippingAddressId: null })));
  const rows = products.map(({ line, quantity }) => {
    return `${times(literal(line.productName), quantity)} · ${countryName(line.deliveryCountry)}`;
  });
  const held = request.lines.length === 0 ? request.expectedInFleet.names : [];
  const texts = [...rows, ...held.map((name) => literal(name ?? 'A device that Fleet does not name'))];
  return message(headline, [
    { type: 'section', text: mrkdwn(`*${headline}*\n${texts.join('\n')}`) },
    { type: 'section', text: mrkdwn(publicStateText(request)) },
  ]);
}
