import type { KnownBlock } from '@slack/types';
import { cartTotal, type FleetSnapshot } from '../../domain/cart/cart.ts';
import { countProducts } from '../../domain/cart/compare.ts';
import { isToBeSent } from '../../domain/orders/reports.ts';
import type { OrderStatus, StateInFleet } from '../../domain/screens.ts';
import type { Message } from '../../domain/surfaces.ts';
import { context, section } from '../blocks.ts';
import { message } from '../guard.ts';
import { productText, publicRows, sections, sharedCard, totalText } from '../request/rows.ts';
import { literal, slackDate } from '../text.ts';
import { type DraftStatus, draftTitle, publicDraftText, stateInFleetText } from './status-text.ts';

/** An unsent cart: neither its owner nor an earlier request. */
function sharedDraft(status: DraftStatus): Message {
  const { cart, held } = status.draft;
  const headline = draftTitle(status);
  const texts = [...publicRows(cart.lines), ...held.map(productText)];
  return message(headline, [section(`*${headline}*\n${texts.join('\n')}`), section(publicDraftText(status))]);
}

type ForeignStatus = Extract<OrderStatus, { kind: 'foreign' }>;

export function foreignTitle({ fleetOrderId, stateInFleet }: ForeignStatus): string {
  return `${stateInFleet.kind === 'cart' ? 'Cart' : 'Order'} ${fleetOrderId}`;
}

/** For admins: a cart or order made in Fleet itself, without its rows. */
export function foreignBlocks(status: ForeignStatus): readonly KnownBlock[] {
  const { stateInFleet, whose } = status;
  const owner = whose === null ? '' : ` of ${literal(whose)}`;
  return [
    section(`*${foreignTitle(status)}*${owner} · started outside Slack`),
    section(
      stateInFleet.kind === 'cart'
        ? `*Total:* ${totalText(cartTotal([], stateInFleet.holds), null)}\n${stillACart}`
        : stateInFleetText(stateInFleet),
    ),
  ];
}

/** For a channel: number, products and status. */
function sharedForeignBlocks(status: ForeignStatus): readonly KnownBlock[] {
  const { stateInFleet } = status;
  const texts = [`*${foreignTitle(status)}*`, ...heldTexts(stateInFleet)];
  return [
    ...sections([texts.join('\n')]),
    section(stateInFleet.kind === 'cart' ? stillACart : stateInFleetText(stateInFleet)),
  ];
}

const stillACart = 'Still a cart in Fleet, not ordered.';

export function heldTexts(stateInFleet: StateInFleet): readonly string[] {
  switch (stateInFleet.kind) {
    case 'cart':
      return countProducts(stateInFleet.holds).map(productText);
    case 'order':
      return countProducts(named(stateInFleet.deviceNames)).map(productText);
    case 'gone':
    case 'not_asked':
      return [];
  }
}

/** Of an order, Fleet returns only names. */
function named(names: readonly string[]): FleetSnapshot {
  return { productIds: names.map(() => null), names, rent: null, currency: null };
}

/** Number, products, countries and status, and nothing else. Null: nothing may be shared. */
export function sharedStatus(status: OrderStatus): Message | null {
  switch (status.kind) {
    case 'request':
      return sharedCard(status.item.request);
    case 'foreign':
      return message(foreignTitle(status), sharedForeignBlocks(status));
    case 'draft':
      return isToBeSent(status.draft.cart) ? sharedDraft(status) : null;
    case 'not_found':
    case 'could_not_look':
      return null;
  }
}

/** For a copy that cannot be kept current. */
export function asOf(shared: Message, now: number): Message {
  const note = context(`As of ${slackDate(now)}; this copy isn't updated.`);
  return message(shared.text, [...shared.blocks, note]);
}

export const perhapsSharedText =
  "We're not sure the status was shared. If you don't see it in the conversation, share it again from `/fleet status`.";

export const sharedAlreadyText =
  'We already received this press, so nothing was posted again. `/fleet status` lets you share the status as it is now.';

export const couldNotShareText = "Slack couldn't share the status there. Share it again from `/fleet status`.";
