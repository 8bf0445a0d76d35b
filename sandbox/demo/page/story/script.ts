import { approveCard, fillOrder, type Player, sendCart, shipOrder, typeCommand } from './chapters.ts';
import { castMember } from './find.ts';
import type { Script } from './hands.ts';

const anna: Player = { userId: 'U0ANNA', name: 'Anna' };
const clara: Player = { userId: 'U0CLARA', name: 'Clara' };

/** One order from start to delivery, as three people see it. Each step uses only what a person could use. */
export const playStory: Script = async (hands, tell) => {
  tell('Anna needs a new laptop. She types a command, wherever she is.');
  await typeCommand(hands, anna, '/fleet order');
  tell('She searches the catalogue of her country by typing.');
  await fillOrder(hands, tell);
  tell('The cart is hers alone until she asks somebody to sign for it: nothing is ordered yet.');
  await sendCart(hands, clara);
  await hands.until('the card', () => castMember(clara.name)?.querySelector('.badge'));
  tell('Clara finds a card: who asks, what for, at which price. One press decides.');
  const orderId = await approveCard(hands, tell, clara);
  await hands.pause(2_500);
  tell('Days pass. Fleet processes, signs, ships; the app looks after it.');
  await shipOrder(hands, orderId, anna);
  tell('Ordered, signed for and on its way, and nobody left Slack. The panel shows every request that it took.');
  await hands.pause(6_000);
};
