import { cardActions } from '../../src/views/ids.ts';
import { cardTitles } from '../../src/views/request/card.ts';
import { stateTitles } from '../../src/views/request/state.ts';
import type { CardFact } from './first-steps.ts';

const headline = new RegExp(`(?:${cardTitles.approver}|${cardTitles.decided} .*): .*\\(order (\\d+)\\)`, 'u');
const atFleet = [stateTitles.validating, stateTitles.unconfirmed];

/** What an approver's card says about the request, as a person reads it; null if it is not such a card. */
export function readCard(text: string, blocks: readonly unknown[]): Pick<CardFact, 'orderId' | 'standing'> | null {
  const orderId = headline.exec(text)?.[1];
  if (orderId === undefined) return null;
  const shown = JSON.stringify(blocks);
  const isWaiting = shown.includes(`"${cardActions.approve}"`);
  return {
    orderId: Number(orderId),
    standing: isWaiting ? 'waiting' : atFleet.some((title) => shown.includes(title)) ? 'sending' : 'over',
  };
}
