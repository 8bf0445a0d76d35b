import { describe, expect, it } from 'vitest';
import type { Move, NextStep } from '../../demo/first-steps.ts';
import { moveWords, stepLabel } from '../../demo/page/guide/words.ts';
import type { Route } from '../../demo/page/route.ts';

const names = { requester: 'Anna', approver: 'Clara' };
const step = (move: Move): NextStep => ({ move, orderId: 42, requester: 'U0ANNA', approver: 'U0CLARA' });
const at = (userId: string, channelId = ''): Route => ({ userId, channelId, tab: 'messages' });

describe('the button of the next step', () => {
  it.each([
    ['order', 'Order as Anna'],
    ['fill', 'Fill it in'],
    ['open_cart', 'Open the cart'],
    ['send', 'Send the cart'],
    ['ship', 'Ship it'],
  ] as const)('%s: %s', (move, button) => {
    expect(moveWords(step(move), names, at('U0ANNA'))).toMatchObject({ isGoing: false, button });
  });

  it('leads to the card first, and approves only when it is on screen', () => {
    expect(moveWords(step('approve'), names, at('U0ANNA'))).toMatchObject({ isGoing: true, button: 'Go to Clara' });
    expect(moveWords(step('approve'), names, at('U0CLARA'))).toMatchObject({ button: 'Go to Clara' });
    expect(moveWords(step('approve'), names, { ...at('U0CLARA', 'D0CLARA'), tab: 'home' })).toMatchObject({
      button: 'Go to Clara',
    });
    expect(moveWords(step('approve'), names, at('U0CLARA', 'D0CLARA'))).toMatchObject({
      isGoing: false,
      button: 'Approve as Clara',
    });
  });

  it('leads back to whoever has a form open; anyone can start', () => {
    expect(moveWords(step('fill'), names, at('U0DAN'))).toMatchObject({ isGoing: true, button: 'Go to Anna' });
    expect(moveWords(step('order'), names, at('U0DAN'))).toMatchObject({ isGoing: false, button: 'Order as Anna' });
  });

  it('is absent while Fleet is asked', () => {
    expect(moveWords(step('wait'), names, at('U0CLARA', 'D0CLARA')).button).toBeNull();
  });
});

it('a step names who does it, then what was done', () => {
  const firstSteps = { done: { order: true, approve: false, ship: false }, next: step('approve') };

  expect(stepLabel('order', firstSteps, names)).toBe('Requested');
  expect(stepLabel('approve', firstSteps, names)).toBe('Clara approves');
});
