import { actAtPanel } from '../acts.ts';
import { goTo } from '../route.ts';
import { button, castMember, composer, field, messageWith, modalTitled, option } from './find.ts';
import type { Hands } from './hands.ts';

export type Tell = (caption: string) => void;

const ANNA = { userId: 'U0ANNA', dm: 'D0ANNA' };
const CLARA = { userId: 'U0CLARA', dm: 'D0CLARA' };
const HOUR = 3_600_000;

/** An order from the wish to the parcel, as three people live it. Every step is done by the same means that a person has. */
export async function playStory(hands: Hands, tell: Tell): Promise<void> {
  tell('Anna needs a new laptop. She types a command, wherever she is.');
  await hands.press('Anna', () => castMember('Anna'));
  goTo({ userId: ANNA.userId, channelId: 'C0GENERAL' });
  await hands.type('the message field', composer, '/fleet order');
  await hands.key(composer, 'Enter');
  await fillOrder(hands, tell);
  await sendCart(hands, tell);
  const orderId = await approve(hands, tell);
  await follow(hands, tell, orderId);
  tell('Ordered, signed for and on its way, and nobody left Slack. The panel shows every request that it took.');
  await hands.pause(6_000);
}

async function fillOrder(hands: Hands, tell: Tell): Promise<void> {
  await hands.until('the modal', () => modalTitled('Order equipment'));
  tell('She searches the catalogue of her country by typing.');
  await hands.type('Product', () => field('Product'), 'MacBook Air');
  await hands.press('the product', () => option('MacBook Air 13'));
  tell('What that product comes in, its price and its delivery time appear by themselves.');
  await choose(hands, 'Configuration');
  if (await appears(hands, () => field('Keyboard layout'))) await choose(hands, 'Keyboard layout');
  await hands.pause(1_500);
  await hands.press('Add to cart', () => button('Add to cart', '.modal'));
}

/** The first that is offered, unless something is chosen already. */
async function choose(hands: Hands, label: string): Promise<void> {
  const input = await hands.until(label, () => field(label));
  if (input.value !== '') return;
  await hands.press(label, () => field(label));
  await hands.press(`a choice for ${label}`, () => option(''));
}

async function appears(hands: Hands, find: () => unknown): Promise<boolean> {
  for (let tries = 0; tries < 15; tries += 1) {
    if (find()) return true;
    await hands.pause(100);
  }
  return false;
}

async function sendCart(hands: Hands, tell: Tell): Promise<void> {
  await hands.until('the cart', () => modalTitled('Your cart') && field('Approver'));
  tell('The cart is hers alone until she asks somebody to sign for it: nothing is ordered yet.');
  await hands.type('Approver', () => field('Approver'), 'Clara');
  await hands.press('Clara Rossi', () => option('Clara'));
  await hands.type('the note', () => field('Note to the approver'), 'My old one no longer holds a charge.');
  await hands.press('Send for approval', () => button('Send for approval', '.modal'));
  await hands.press('Close', () => button('Close', '.modal-foot'));
}

async function approve(hands: Hands, tell: Tell): Promise<number> {
  await hands.until('the card', () => castMember('Clara')?.querySelector('.badge'));
  tell('Clara finds a card: who asks, what for, at which price. One press decides.');
  await hands.press('Clara', () => castMember('Clara'));
  goTo({ userId: CLARA.userId, channelId: CLARA.dm });
  const card = await hands.until('the card', () => button('Approve') && messageWith('asks for a signature'));
  const orderId = Number(/order (\d+)/u.exec(card.textContent ?? '')?.[1]);
  await hands.pause(2_000);
  await hands.press('Approve', () => button('Approve'));
  tell('She is told what signing means before it counts.');
  await hands.pause(1_800);
  await hands.press('Approve', () => button('Approve', '.modal-confirm'));
  tell('Nothing is called approved before Fleet has said so. The same card follows, for both.');
  await hands.until('the order', () => messageWith('Ordered'));
  await hands.pause(2_500);
  return orderId;
}

async function follow(hands: Hands, tell: Tell, orderId: number): Promise<void> {
  tell('Days pass. Fleet processes, signs, ships; the app looks after it.');
  await actAtPanel({ kind: 'advance_order', orderId, until: 'SHIPPED' });
  await actAtPanel({ kind: 'move_clock', ms: 26 * HOUR });
  await hands.press('Anna', () => castMember('Anna'));
  goTo({ userId: ANNA.userId, channelId: ANNA.dm });
  await hands.until('the parcel', () => messageWith('hipped'));
  await hands.pause(2_500);
}
