import { cardActions } from '../../src/views/ids.ts';
import type { CardFact } from './first-steps.ts';

const headline = /asks for a signature: .*\(order (\d+)\)/u;
const atFleet = /Sending to Fleet|Fleet has not answered clearly/u;

/** What an approver's card says about the request, as a person reads it; null if it is not such a card. */
export function readCard(text: string, blocks: readonly unknown[]): Pick<CardFact, 'orderId' | 'standing'> | null {
  const orderId = headline.exec(text)?.[1];
  if (orderId === undefined) return null;
  const shown = JSON.stringify(blocks);
  const isWaiting = shown.includes(`"${cardActions.approve}"`);
  return { orderId: Number(orderId), standing: isWaiting ? 'waiting' : atFleet.test(shown) ? 'sending' : 'over' };
}
