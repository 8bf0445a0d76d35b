import { type DeviceRequest, isOpen } from '../../domain/request/request.ts';
import type { CartScreen } from '../../domain/screens.ts';
import type { ModalView } from '../../domain/surfaces.ts';
import { actions, button, section } from '../blocks.ts';
import { modal } from '../guard.ts';
import { callbacks, cartActions } from '../ids.ts';
import { noticeModal } from '../notices.ts';
import { modeOf, productText, rowTexts, sections, totalText } from '../request/rows.ts';
import { esc, literal, slackDate } from '../text.ts';

export const existingCartLead = 'You already have an open cart in Fleet';

/** Fleet accepts one open cart per purchaser, and this one wasn't made here. */
export function existingCartModal(screen: Extract<CartScreen, { kind: 'exists' }>, metadata: string): ModalView {
  const holds = screen.holds.map((product) => `• ${productText(product)}`);
  const text = [
    `${existingCartLead} (number ${screen.fleetOrderId}), so nothing was added. It contains:`,
    ...(holds.length === 0 ? ['• nothing'] : holds),
  ];
  const then = [
    // Fleet doesn't say whether it is leased or bought, so the amount has no unit.
    ...(screen.total.fleet === null ? [] : [`Total: ${totalText(screen.total, null)}`]),
    '*Replace its contents* swaps all of it for what you were adding. *Leave it* changes nothing.',
  ];
  return modal({
    callbackId: callbacks.yourCart,
    title: 'Your cart',
    privateMetadata: metadata,
    blocks: [
      section(text.join('\n')),
      // Its own block, so that a long list never clips what the buttons do.
      section(then.join('\n')),
      actions([
        button(cartActions.replaceExisting, 'Replace its contents', { style: 'danger', value: 'replace' }),
        button(cartActions.leaveExisting, 'Leave it', { value: 'leave' }),
      ]),
    ],
  });
}

export type LockedCart = Extract<CartScreen, { kind: 'locked' }> & {
  /** It was sent from another Slack account of the reader's, and only that one can withdraw it. */
  readonly isFromOtherAccount?: boolean;
};

/** The cart while it waits for approval, with the way back to editing. */
export function lockedCartModal(locked: LockedCart, metadata: string, said = ''): ModalView {
  const { request, isFromOtherAccount = false } = locked;
  return modal({
    callbackId: callbacks.yourCart,
    title: 'Your cart',
    privateMetadata: metadata,
    blocks: [
      ...(said === '' ? [] : [section(said)]),
      section(lockText(request, isFromOtherAccount)),
      ...sections(rowTexts(request)),
      section(`*Total:* ${totalText(request.total, modeOf(request))}`),
      ...(request.state.kind === 'pending' && !isFromOtherAccount ? [withdrawButton] : []),
    ],
  });
}

const withdrawButton = actions([button(cartActions.withdrawAndEdit, 'Withdraw and edit', { value: 'withdraw' })]);

function lockText({ state, approver, requester, expiresAt }: DeviceRequest, isFromOtherAccount: boolean): string {
  const name = literal(approver.name);
  if (!isOpen(state)) return 'This request was decided or withdrawn. See `/fleet status`.';
  if (state.kind === 'validating' || state.kind === 'unconfirmed')
    return `*${name}* approved this, and we're sending it to Fleet. It can't be changed now, and isn't ordered until Fleet confirms it.`;
  const deadline = `*${name}* has until ${slackDate(expiresAt)} to approve.`;
  return isFromOtherAccount
    ? `You sent this from your other Slack account, <@${esc(requester.slackUserId)}>. ${deadline} Withdraw the request there to make changes.`
    : `${deadline} Withdraw the request to make changes.`;
}

/** Above the locked cart, to someone who wants to add a device. The cart says until when, and how to change it. */
export function lockedOrderText({ state }: DeviceRequest): string {
  if (!isOpen(state)) return '';
  const until = state.kind === 'pending' ? 'this cart is waiting for approval' : 'Fleet is processing this cart';
  return `You have one cart at a time, so you can't add devices or start another cart while ${until}.`;
}

export const waitingTexts = {
  fleet_is_busy: "Fleet is busy. We'll keep trying; you don't need to do anything.",
  fleet_did_not_confirm: "Fleet hasn't confirmed this yet. We're checking; you don't need to do anything.",
} as const;

export const loadingCartText = 'Loading your cart…';
export const sendingText = 'Sending…';

/** To someone who sends a cart that Fleet doesn't have all of yet. */
export const notYetInFleetText = "Fleet doesn't have your whole cart yet. Try again in a moment.";

/** No submit, so nothing can be sent twice. */
export function waitingModal(title: string, why: keyof typeof waitingTexts): ModalView {
  return noticeModal(title, waitingTexts[why]);
}
