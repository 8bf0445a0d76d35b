import type { KnownBlock } from '@slack/types';
import type { FleetSnapshot } from '../../domain/cart/cart.ts';
import { cartTotal } from '../../domain/cart/cart-total.ts';
import { countProducts } from '../../domain/cart/compare-cart.ts';
import type { FleetStanding, OrderStatus } from '../../domain/tracking/status-report.ts';
import { sections } from '../card/card-rows.ts';
import { totalText } from '../card/card-total.ts';
import { productText } from '../cart/your-cart-difference.ts';
import { literal, mrkdwn } from '../text.ts';
import { standingText } from './standing-text.ts';

type ForeignStatus = Extract<OrderStatus, { kind: 'foreign' }>;

export function foreignTitle({ fleetOrderId, standing }: ForeignStatus): string {
  return `${standing.kind === 'cart' ? 'Cart' : 'Order'} ${fleetOrderId}`;
}

/** For admins: what was put together or ordered in Fleet itself, as far as Fleet tells; without its rows. */
export function foreignBlocks(status: ForeignStatus): readonly KnownBlock[] {
  const { standing, whose } = status;
  const owner = whose === null ? '' : ` of ${literal(whose)}`;
  return [
    section(`*${foreignTitle(status)}*${owner} · not placed through Fleet for Slack`),
    section(
      standing.kind === 'cart'
        ? `*Total:* ${totalText(cartTotal([], standing.holds), null)}\n${stillACart}`
        : standingText(standing),
    ),
  ];
}

/** For a channel: number, products and status. */
export function sharedForeignBlocks(status: ForeignStatus): readonly KnownBlock[] {
  const { standing } = status;
  const texts = [`*${foreignTitle(status)}*`, ...heldTexts(standing)];
  return [...sections([texts.join('\n')]), section(standing.kind === 'cart' ? stillACart : standingText(standing))];
}

const stillACart = 'In Fleet it is still a cart: nothing is ordered.';

export function heldTexts(standing: FleetStanding): readonly string[] {
  switch (standing.kind) {
    case 'cart':
      return countProducts(standing.holds).map(productText);
    case 'order':
      return countProducts(named(standing.deviceNames)).map(productText);
    case 'gone':
    case 'not_asked':
      return [];
    /* v8 ignore next 2 -- @preserve: the union is closed, the compiler proves that nothing comes here. */
    default:
      return standing satisfies never;
  }
}

/** Of an order Fleet tells the names only. */
function named(names: readonly string[]): FleetSnapshot {
  return { productIds: names.map(() => null), names, rent: null, currency: null };
}

function section(text: string): KnownBlock {
  return { type: 'section', text: mrkdwn(text) };
}
