import { type DeviceRequest, isOpen } from '../../domain/request/request.ts';
import type { CartScreen } from '../../domain/screens.ts';
import type { ModalView } from '../../domain/surfaces.ts';
import { slackDate } from '../format.ts';
import { modal } from '../guard.ts';
import { callbacks, cartActions } from '../ids.ts';
import { limits } from '../limits.ts';
import { noticeModal } from '../notices.ts';
import { modeOf, productText, rowTexts, sections, totalText } from '../request/rows.ts';
import { literal, mrkdwn, plain } from '../text.ts';

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

/** The cart while somebody is asked to sign it: everything in it, and the way back to editing. */
export function lockedCartModal(request: DeviceRequest, metadata: string, said = ''): ModalView {
  return modal({
    callbackId: callbacks.yourCart,
    title: 'Your cart',
    privateMetadata: metadata,
    blocks: [
      ...(said === '' ? [] : [{ type: 'section' as const, text: mrkdwn(said) }]),
      { type: 'section', text: mrkdwn(standsText(request)) },
      ...sections(rowTexts(request)),
      { type: 'section', text: mrkdwn(`*Total:* ${totalText(request.total, modeOf(request))}`) },
      ...(request.state.kind === 'pending' ? [withdrawButton] : []),
    ],
  });
}

const withdrawButton = {
  type: 'actions' as const,
  elements: [
    {
      type: 'button' as const,
      action_id: cartActions.withdrawAndEdit,
      text: plain('Withdraw and edit', limits.buttonText),
      value: 'withdraw',
    },
  ],
};

function standsText({ state, approver, expiresAt }: DeviceRequest): string {
  const name = literal(approver.name);
  if (!isOpen(state)) return 'This request is decided or withdrawn. `/fleet status` shows what became of it.';
  if (state.kind === 'validating' || state.kind === 'unconfirmed')
    return `*${name}* approved this and it is being sent to Fleet. It cannot be changed now; nothing is called ordered before Fleet says so.`;
  return `This cart waits for *${name}* to sign until ${slackDate(expiresAt)}. Nothing is ordered before that. To change it, withdraw the request first.`;
}

const waitingTexts = {
  fleet_is_busy: 'Fleet is busy. This continues by itself; nobody has to do anything. Nothing is ordered.',
  fleet_did_not_confirm:
    'Fleet did not confirm this yet. Fleet for Slack checks what became of it and goes on by itself. Nothing is ordered.',
} as const;

export const loadingCartText = 'Loading your cart…';
export const sendingText = 'Sending…';

/** No submit: while it stands, nothing can be sent twice. */
export function waitingModal(title: string, why: keyof typeof waitingTexts): ModalView {
  return noticeModal(title, waitingTexts[why]);
}
