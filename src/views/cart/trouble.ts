import type { CartNews, CartTrouble } from '../../domain/cart/trouble.ts';
import { fieldLabels } from '../../domain/failures/kinds.ts';
import { adviceFor } from '../../domain/failures/table.ts';
import type { AcquisitionMode, OrderField } from '../../domain/vocabulary.ts';
import { counted, countryName, modeLabel, money } from '../format.ts';
import { failureText, fieldProblemText, pausedText } from '../notices.ts';
import { noMatchText } from '../people/link.ts';
import { clientStatusText } from '../request/state.ts';
import { literal } from '../text.ts';

const NOTHING = 'Nothing was changed and nothing was ordered.';

/** What happened, whether anything was ordered, and what to do. mrkdwn. */
export function cartTroubleText(trouble: CartTrouble): string {
  switch (trouble.kind) {
    case 'fleet':
      return failureText(trouble.failure, 'form');
    case 'paused':
      return pausedText;
    case 'row_gone':
      return `This row is not in your cart any more: it was changed or removed meanwhile. ${NOTHING} This is your cart as it is now.`;
    case 'found_gone':
      return `This device is settled already. ${NOTHING} This is your cart as it is now.`;
    case 'too_many':
      return `A cart holds 200 devices at most. ${NOTHING} Send this one for approval first, or remove some.`;
    case 'over_limit':
      return `${literal(trouble.productName ?? 'This device')} costs ${money(trouble.price)}, and your company's limit for one device is ${money(trouble.limit)}. ${NOTHING} Choose another one, or ask an admin.`;
    case 'limit_unproven':
      return `Fleet does not say what ${literal(trouble.productName)} costs just now, and your company has a limit for one device. ${NOTHING} Choose it again in a few minutes so that it is priced anew, choose another one, or ask an admin.`;
    case 'not_allowed':
      return notAllowedText(trouble);
    case 'not_offered':
      return `${fieldLabels[trouble.field]}: this is not offered there any more. ${NOTHING} Choose it again.`;
    case 'not_matched':
      return noMatchText(trouble.match);
    case 'changed_elsewhere':
      return `Fleet's cart was changed in Fleet meanwhile. ${NOTHING} What differs stands in Your cart; do the same again to put Fleet's cart back to what stands there.`;
    default:
      return sendingTroubleText(trouble);
  }
}

function notAllowedText({
  field,
  productName,
  deliveryCountry,
}: Extract<CartTrouble, { kind: 'not_allowed' }>): string {
  const what =
    field === 'product'
      ? `${literal(productName)} is not among what your company lets people order any more.`
      : `Your company does not order for ${countryName(deliveryCountry)} any more.`;
  return `${what} Nothing was sent and nothing was ordered. Edit or remove it, or ask an admin.`;
}

type SendingTrouble = Extract<
  CartTrouble,
  {
    kind:
      | 'gone_from_fleet'
      | 'ordered_already'
      | 'nothing_to_send'
      | 'found_left'
      | 'not_as_seen'
      | 'approver_missing'
      | 'approver_not_eligible'
      | 'own_approver'
      | 'approver_unknown'
      | 'request_over';
  }
>;

function sendingTroubleText(trouble: SendingTrouble): string {
  switch (trouble.kind) {
    case 'gone_from_fleet':
      return 'Your cart is gone from Fleet: somebody removed it there. Nothing was ordered. Add what you need again to start a new one.';
    case 'ordered_already':
      return `This cart became an order in Fleet already. Now: ${clientStatusText(trouble.clientStatus)}. Nothing more was ordered. Add what you need to start a new cart.`;
    case 'nothing_to_send':
      return 'There is nothing to send: your cart is empty. Nothing was ordered. Add a device first.';
    case 'found_left':
      return 'Some devices in this cart are neither completed nor removed. Nothing was sent and nothing was ordered. Settle them first.';
    case 'not_as_seen':
      return 'Your cart is not what it was when you pressed *Send for approval*. Nothing was sent and nothing was ordered. Look at it as it is now, then send it again.';
    case 'approver_missing':
      return 'Choose who should sign. Nothing was sent and nothing was ordered.';
    case 'approver_not_eligible':
      return 'The person you chose may not sign for your company. Nothing was sent and nothing was ordered. Choose another approver.';
    case 'request_over':
      return 'This was sent for approval, and it is decided already. Your messages from Fleet say how.';
    case 'own_approver':
      return 'You cannot sign your own request. Nothing was sent and nothing was ordered. Choose another approver.';
    case 'approver_unknown':
      return 'Whether this person may sign could not be found out just now. Nothing was sent and nothing was ordered. Try again in a minute.';
  }
}

/** The field of **Order equipment** that it is about, and the text directly above it, which begins with the label. mrkdwn. */
export interface FormProblem {
  readonly field: OrderField | null;
  readonly text: string;
}

export function formProblem(trouble: CartTrouble): FormProblem {
  switch (trouble.kind) {
    case 'fleet':
      return { field: adviceFor(trouble.failure).field, text: fieldProblemText(trouble.failure) };
    case 'over_limit':
    case 'limit_unproven':
      return { field: 'product', text: `${fieldLabels.product}: ${cartTroubleText(trouble)}` };
    case 'not_offered':
      return { field: trouble.field, text: cartTroubleText(trouble) };
    default:
      return { field: null, text: cartTroubleText(trouble) };
  }
}

/** `repriced`: the cart went over to another mode with all its lines. mrkdwn. */
export function cartNewsText(news: CartNews, repriced: AcquisitionMode | null): string {
  const said = newsText(news);
  return repriced === null ? said : `${said} Everything in it is priced as *${modeLabel(repriced)}* now.`;
}

function newsText(news: CartNews): string {
  switch (news.kind) {
    case 'added':
      return `Added ${counted(news.count, 'device')} to your cart. Nothing is ordered yet.`;
    case 'saved':
      return 'Saved. Nothing is ordered yet.';
    case 'removed':
      return 'Removed. Nothing is ordered.';
    case 'emptied':
      return 'Removed. Nothing was sent to Fleet.';
    case 'completed':
      return news.left === 0
        ? "Saved, and Fleet's cart holds exactly what stands here. Nothing is ordered yet."
        : `Saved here. Nothing is changed in Fleet yet: ${counted(news.left, 'device')} left to complete or remove.`;
    case 'replaced':
      return 'Replaced what was in the cart. Nothing is ordered yet.';
    case 'left_as_it_is':
      return 'The cart in Fleet was left as it is. Nothing was added and nothing was ordered.';
    case 'sent':
      return `Sent to *${literal(news.approver.name)}* for approval. Nothing is ordered before they sign.`;
  }
}

/** What came of it, for somebody who closed the modal meanwhile. mrkdwn. */
export function afterClosingText(text: string): string {
  return `${text === '' ? 'Nothing was ordered.' : text} \`/fleet cart\` shows your cart.`;
}

export const existingCartText =
  'Fleet already keeps an open cart for you, so nothing was added and nothing was ordered. `/fleet cart` shows it.';

export const cartNotShownText =
  'Slack did not show your cart just now. Nothing was ordered. Type /fleet cart to see it.';

export const oldCartText =
  'Nothing was changed and nothing was ordered: this window is not as Fleet for Slack sent it, or too old. Please close it and type /fleet cart again.';

export const withdrawnNotShownText =
  'Your request was withdrawn and nothing was ordered. Your cart could not be shown just now: type `/fleet cart` in a minute to see it.';
