import type { FirstSteps, Move, NextStep, StepName } from '../../first-steps.ts';
import { dmOf, type Route } from '../route.ts';

export interface Names {
  readonly requester: string;
  readonly approver: string;
}

export interface MoveWords {
  /** Pressing it only switches to the person whose screen has the next step. */
  readonly isGoing: boolean;
  /** Null: there is nothing to press. */
  readonly button: string | null;
  /** How to do it yourself; commands in backticks. */
  readonly hint: string;
}

/** The next step as a button, and how to do it without the button. */
export function moveWords(next: NextStep, names: Names, route: Route): MoveWords {
  const { move, requester, approver } = next;
  if (move === 'approve' && !isBeforeCard(approver, route))
    return going(names.approver, `The request is in ${names.approver}'s messages. Nothing is ordered yet.`);
  if (isAtForm(move) && route.userId !== requester)
    return going(names.requester, `${names.requester} has started an order but hasn't sent it yet.`);
  const [button, hint] = wordsHere(move, names);
  return { isGoing: false, button, hint };
}

function isBeforeCard(approver: string, { userId, channelId, tab }: Route): boolean {
  return userId === approver && channelId === dmOf(approver) && tab === 'messages';
}

function isAtForm(move: Move): boolean {
  return move === 'fill' || move === 'open_cart' || move === 'send';
}

function going(name: string, hint: string): MoveWords {
  return { isGoing: true, button: `Go to ${name}`, hint };
}

function wordsHere(move: Move, { requester, approver }: Names): readonly [string | null, string] {
  switch (move) {
    case 'order':
      return [`Order as ${requester}`, 'Or type `/fleet order` in the message field below.'];
    case 'fill':
      return ['Fill it in', 'Or choose a product and a configuration, then press Add to cart.'];
    case 'open_cart':
      return ['Open the cart', 'Or type `/fleet cart` in the message field below.'];
    case 'send':
      return ['Send the cart', `Or choose ${approver} as the approver, then press Send for approval.`];
    case 'approve':
      return [`Approve as ${approver}`, 'Or press Approve on the card.'];
    case 'wait':
      return [null, 'Waiting for Fleet to confirm. The card shows the progress.'];
    case 'ship':
      return ['Ship it', `Moves the clock ahead by a day: Fleet ships the order, and ${requester}'s card is updated.`];
    default:
      return move satisfies never;
  }
}

export const finishedHint = 'Shipped, and nobody left Slack. Now try whatever you like.';

export function stepLabel(name: StepName, { done }: FirstSteps, { requester, approver }: Names): string {
  if (done[name]) return { order: 'Requested', approve: 'Approved', ship: 'Shipped' }[name];
  return { order: `${requester} orders`, approve: `${approver} approves`, ship: 'Fleet ships' }[name];
}
