import type { NextStep } from '../../first-steps.ts';
import { approveCard, fillOrder, type Player, sendCart, shipOrder, typeCommand } from '../story/chapters.ts';
import type { Script } from '../story/hands.ts';
import type { Names } from './words.ts';

/** One step, done by the story's hands, so that the viewer can do it next. */
export function moveScript({ move, requester, approver, orderId }: NextStep, names: Names): Script {
  const asking: Player = { userId: requester, name: names.requester };
  const asked: Player = { userId: approver, name: names.approver };
  return async (hands, tell) => {
    switch (move) {
      case 'order':
        tell(`${asking.name} types a command, wherever they are.`);
        await typeCommand(hands, asking, '/fleet order');
        await hands.until('the modal', () => document.querySelector('.modal'));
        break;
      case 'fill':
        tell('Typing searches the catalog of the country.');
        await fillOrder(hands, tell);
        break;
      case 'open_cart':
        await typeCommand(hands, asking, '/fleet cart');
        await hands.until('the modal', () => document.querySelector('.modal'));
        break;
      case 'send':
        tell('The cart is private until it is sent for approval. Nothing is ordered yet.');
        await sendCart(hands, asked);
        break;
      case 'approve':
        tell('The card shows who is asking, for what and at what price. One press decides.');
        await approveCard(hands, tell, asked);
        break;
      case 'ship':
        tell('A day passes. Fleet processes and ships the order; the app follows along.');
        if (orderId !== null) await shipOrder(hands, orderId, asking);
        break;
      case 'wait':
        break;
      default:
        move satisfies never;
    }
  };
}
