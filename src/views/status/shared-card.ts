import { type OrderLine, rowsOf } from '../../domain/order/order-line.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { Message } from '../../domain/surfaces.ts';
import { publicStateText } from '../card/card-state.ts';
import { productText } from '../cart/your-cart-difference.ts';
import { countryName, times } from '../format.ts';
import { message } from '../guard.ts';
import { literal, mrkdwn } from '../text.ts';
import { type DraftStatus, draftTitle, publicDraftText } from './draft-status.ts';

/** For a channel: number, products, countries and status, and nothing else that somebody could read from it. */
export function sharedCard(request: DeviceRequest): Message {
  const headline = `Order ${request.fleetOrderId}`;
  const held = request.lines.length === 0 ? request.expectedInFleet.names : [];
  const texts = [
    ...publicRows(request.lines),
    ...held.map((name) => literal(name ?? 'A device that Fleet does not name')),
  ];
  return message(headline, [
    { type: 'section', text: mrkdwn(`*${headline}*\n${texts.join('\n')}`) },
    { type: 'section', text: mrkdwn(publicStateText(request)) },
  ]);
}

/** The same of a cart that is not sent: nobody learns whose it is, nor how an earlier request for it ended. */
export function sharedDraft(status: DraftStatus): Message {
  const { cart, held } = status.draft;
  const headline = draftTitle(status);
  const texts = [...publicRows(cart.lines), ...held.map(productText)];
  return message(headline, [
    { type: 'section', text: mrkdwn(`*${headline}*\n${texts.join('\n')}`) },
    { type: 'section', text: mrkdwn(publicDraftText(status)) },
  ]);
}

/** Told apart by product and country only: who gets them and where they go is nobody's business here. */
function publicRows(lines: readonly OrderLine[]): readonly string[] {
  const products = rowsOf(lines.map((line) => ({ ...line, fleetUserId: null, shippingAddressId: null })));
  return products.map(
    ({ line, quantity }) => `${times(literal(line.productName), quantity)} · ${countryName(line.deliveryCountry)}`,
  );
}
