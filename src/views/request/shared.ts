import { type OrderLine, rowsOf } from '../../domain/line.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { Message } from '../../domain/surfaces.ts';
import { countryName, times } from '../format.ts';
import { message } from '../guard.ts';
import { literal, mrkdwn } from '../text.ts';
import { publicStateText } from './state.ts';

/** For a channel: number, products, countries and status, and nothing else. */
export function sharedCard(request: DeviceRequest): Message {
  const headline = `Order ${request.fleetOrderId}`;
  const held = request.lines.length === 0 ? request.expectedInFleet.names : [];
  const texts = [...publicRows(request.lines), ...held.map((name) => literal(name ?? 'Unnamed device'))];
  return message(headline, [
    { type: 'section', text: mrkdwn(`*${headline}*\n${texts.join('\n')}`) },
    { type: 'section', text: mrkdwn(publicStateText(request)) },
  ]);
}

/** Grouped by product and country only: a channel learns neither who gets them nor where they go. */
export function publicRows(lines: readonly OrderLine[]): readonly string[] {
  const products = rowsOf(lines.map((line) => ({ ...line, fleetUserId: null, shippingAddressId: null })));
  return products.map(
    ({ line, quantity }) => `${times(literal(line.productName), quantity)} · ${countryName(line.deliveryCountry)}`,
  );
}
