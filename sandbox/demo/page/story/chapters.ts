import { actAtPanel } from '../acts.ts';
import { dmOf, goTo } from '../route.ts';
import { button, castMember, composer, field, messageWith, modalSays, modalTitled, option } from './find.ts';
import type { Hands, Tell } from './hands.ts';

export interface Player {
  readonly userId: string;
  /** The first name, as shown in the top bar. */
  readonly name: string;
}

const HOUR = 3_600_000;

/** Switches to this person, in a channel where they can write. */
export async function typeCommand(hands: Hands, player: Player, command: string): Promise<void> {
  await become(hands, player);
  await leaveModal(hands);
  goTo({ userId: player.userId, channelId: 'C0GENERAL' });
  await hands.type('the message field', composer, command);
  await hands.key(composer, 'Enter');
}

/** Keeps what is already chosen. Ends with the cart open. */
export async function fillOrder(hands: Hands, tell: Tell): Promise<void> {
  await hands.until('the modal', () => modalTitled('Order equipment'));
  const product = await hands.until('Product', () => field('Product'));
  if (product.value === '') {
    await hands.type('Product', () => field('Product'), 'MacBook Air');
    await hands.press('the product', () => option('MacBook Air 13'));
  }
  tell('Configurations and the price appear as soon as a product is chosen.');
  await choose(hands, 'Configuration');
  if (await appears(hands, () => field('Keyboard layout'))) await choose(hands, 'Keyboard layout');
  await hands.pause(1_500);
  await hands.press('Add to cart', () => button('Add to cart', '.modal') ?? button('Save', '.modal'));
  await hands.until('the cart', () => modalTitled('Your cart') && field('Approver'));
}

/** Picks the first option, unless one is already chosen. */
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

export async function sendCart(hands: Hands, approver: Player): Promise<void> {
  const chosen = await hands.until('the cart', () => modalTitled('Your cart') && field('Approver'));
  if (chosen.value === '') {
    await hands.type('Approver', () => field('Approver'), approver.name);
    await hands.press(approver.name, () => option(approver.name));
  }
  if (field('Note to the approver')?.value === '')
    await hands.type('the note', () => field('Note to the approver'), 'My old one no longer holds a charge.');
  await hands.press('Send for approval', () => button('Send for approval', '.modal'));
  await hands.until('the confirmation', () => modalSays('Sent to'));
  await hands.press('Close', () => button('Close', '.modal-foot'));
}

export async function approveCard(hands: Hands, tell: Tell, approver: Player): Promise<number> {
  await become(hands, approver);
  goTo({ userId: approver.userId, channelId: dmOf(approver.userId) });
  const card = await hands.until('the card', () => button('Approve') && messageWith('needs your approval'));
  const orderId = Number(/order (\d+)/u.exec(card.textContent ?? '')?.[1]);
  await hands.pause(2_000);
  await hands.press('Approve', () => button('Approve'));
  tell(`A confirmation tells ${approver.name} what signing means.`);
  await hands.pause(1_800);
  await hands.press('Approve', () => button('Approve', '.modal-confirm'));
  tell('The app says “ordered” only once Fleet confirms it. Both people see their card change.');
  await hands.until('the order', () => messageWith('Ordered'));
  return orderId;
}

/** Ends at the requester's card. */
export async function shipOrder(hands: Hands, orderId: number, requester: Player): Promise<void> {
  await actAtPanel({ kind: 'advance_order', orderId, until: 'SHIPPED' });
  await actAtPanel({ kind: 'move_clock', ms: 26 * HOUR });
  await become(hands, requester);
  await leaveModal(hands);
  goTo({ userId: requester.userId, channelId: dmOf(requester.userId) });
  await hands.until('the shipment', () => messageWith('hipped'));
  await hands.pause(2_500);
}

async function become(hands: Hands, { name }: Player): Promise<void> {
  if (castMember(name)?.ariaCurrent === 'true') return;
  await hands.press(name, () => castMember(name));
  await hands.until(name, () => castMember(name)?.ariaCurrent === 'true' && document.querySelector('.workspace'));
}

/** Closes an open modal, which would hide the next step. */
async function leaveModal(hands: Hands): Promise<void> {
  const way = (): HTMLButtonElement | null => button('Close', '.modal-foot') ?? button('Cancel', '.modal-foot');
  if (way() === null) return;
  await hands.press('Close', way);
  await hands.until('the modal to close', () => document.querySelector('.modal') === null);
}
