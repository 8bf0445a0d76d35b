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
        tell(`${asking.name} types a command, wherever it comes to mind.`);
        await typeCommand(hands, asking, '/fleet order');
        await hands.until('the modal', () => document.querySelector('.modal'));
        break;
      case 'fill':
        tell('The catalogue of the country is searched by typing.');
        await fillOrder(hands, tell);
        break;
      case 'open_cart':
        await typeCommand(hands, asking, '/fleet cart');
        await hands.until('the modal', () => document.querySelector('.modal'));
        break;
      case 'send':
        tell('The cart is private until somebody is asked to sign for it: nothing is ordered yet.');
        await sendCart(hands, asked);
        break;
      case 'approve':
        tell('The card says who asks, what for, at which price. One press decides.');
        await approveCard(hands, tell, asked);
        break;
      case 'ship':
        tell('Days pass. Fleet processes, signs, ships; the app looks after it.');
        if (orderId !== null) await shipOrder(hands, orderId, asking);
        break;
      case 'wait':
        break;
      default:
        move satisfies never;
    }
  };
}
