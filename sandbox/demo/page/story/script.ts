import { approveCard, fillOrder, type Player, sendCart, shipOrder, typeCommand } from './chapters.ts';
import { castMember } from './find.ts';
import type { Script } from './hands.ts';

const anna: Player = { userId: 'U0ANNA', name: 'Anna' };
const clara: Player = { userId: 'U0CLARA', name: 'Clara' };

/** One order from start to delivery, as three people see it. Each step uses only what a person could use. */
export const playStory: Script = async (hands, tell) => {
  tell('Anna needs a new laptop. She types a command, wherever she is.');
  await typeCommand(hands, anna, '/fleet order');
  tell('She types to search the catalog of her country.');
  await fillOrder(hands, tell);
  tell('The cart is private until she sends it for approval. Nothing is ordered yet.');
  await sendCart(hands, clara);
  await hands.until('the card', () => castMember(clara.name)?.querySelector('.badge'));
  tell('Clara gets a card that shows who is asking, for what and at what price. One press decides.');
  const orderId = await approveCard(hands, tell, clara);
  await hands.pause(2_500);
  tell('A day passes. Fleet processes and ships the order; the app follows along.');
  await shipOrder(hands, orderId, anna);
  tell('Ordered, approved and on its way, and nobody left Slack. Behind the scenes shows every request it took.');
  await hands.pause(6_000);
};
