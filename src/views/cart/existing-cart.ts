import type { CartScreen } from '../../domain/cart/cart-screen.ts';
import type { ModalView } from '../../domain/surfaces.ts';
import { totalText } from '../card/card-total.ts';
import { modal } from '../guard.ts';
import { callbacks, cartActions } from '../ids.ts';
import { limits } from '../limits.ts';
import { mrkdwn, plain } from '../text.ts';
import { productText } from './your-cart-difference.ts';

/** Fleet takes one open cart for each purchaser, and this one was not put together here. */
export function existingCartModal(screen: Extract<CartScreen, { kind: 'exists' }>, metadata: string): ModalView {
  const holds = screen.holds.map((product) => `• ${productText(product)}`);
  const text = [
    `Fleet already keeps an open cart for you (number ${screen.fleetOrderId}), so nothing was added and nothing was ordered. It holds:`,
    ...(holds.length === 0 ? ['• nothing'] : holds),
  ];
  const then = [
    // Fleet does not say whether it is leased or bought, so neither is said here.
    ...(screen.total.fleet === null ? [] : [`Its total: ${totalText(screen.total, null)}`]),
    '*Replace its contents* puts what you were adding in place of all of it. *Leave it* changes nothing.',
  ];
  return modal({
    callbackId: callbacks.yourCart,
    title: 'Your cart',
    privateMetadata: metadata,
    blocks: [
      { type: 'section', text: mrkdwn(text.join('\n')) },
      // Of its own: however long the list is, what the buttons do stands there whole.
      { type: 'section', text: mrkdwn(then.join('\n')) },
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            action_id: cartActions.replaceExisting,
            text: plain('Replace its contents', limits.buttonText),
            style: 'danger',
            value: 'replace',
          },
          {
            type: 'button',
            action_id: cartActions.leaveExisting,
            text: plain('Leave it', limits.buttonText),
            value: 'leave',
          },
        ],
      },
    ],
  });
}
