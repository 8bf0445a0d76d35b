import type { CartTrouble } from '../../domain/cart/trouble.ts';
import { fieldLabels } from '../../domain/failures/kinds.ts';
import { adviceFor } from '../../domain/failures/table.ts';
import { statusInfo } from '../../domain/orders/follow.ts';
import type { OrderField } from '../../domain/vocabulary.ts';
import { failureText, fieldProblemText, pausedText } from '../notices.ts';
import { noMatchText } from '../people/link.ts';
import { clientStatusText, putAwayText } from '../request/state.ts';
import { countryInSentence, literal, price } from '../text.ts';
import { existingCartLead } from './states.ts';

export const notAChoiceText = "That isn't one of the choices. Choose again.";

/** What happened and what to do. Says that nothing was ordered or sent where someone could believe it. mrkdwn. */
export function cartTroubleText(trouble: CartTrouble): string {
  switch (trouble.kind) {
    case 'fleet':
      return failureText(trouble.failure, 'form');
    case 'paused':
      return pausedText;
    case 'row_gone':
      return "That row is no longer in your cart. Here's your cart as it is now.";
    case 'found_gone':
      return "That device was already completed or removed. Here's your cart as it is now.";
    case 'too_many':
      return 'A cart holds up to 200 devices. Send this one for approval first, or remove some.';
    case 'over_limit':
      return `${literal(trouble.productName ?? 'This device')} costs ${price(trouble.price, trouble.mode)}, over your company's limit of ${price(trouble.limit, trouble.mode)} per device. Choose another one, or ask an admin.`;
    case 'limit_unproven':
      return `The price of ${literal(trouble.productName ?? 'this device')} is unknown right now, so we can't check it against your company's limit per device. Choose it again in a few minutes, choose another one, or ask an admin.`;
    case 'not_allowed':
      return notAllowedText(trouble);
    case 'not_offered':
      return `${fieldLabels[trouble.field]}: no longer available there. Choose again.`;
    case 'not_a_choice':
      return `${fieldLabels[trouble.field]}: ${notAChoiceText}`;
    case 'not_matched':
      return noMatchText(trouble.match);
    case 'changed_elsewhere':
      return "Your cart was changed in Fleet, so your change wasn't saved. The differences are listed in Your cart. Repeat your change to overwrite Fleet's version.";
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
      ? `Your company no longer allows ${literal(productName)}.`
      : `Your company no longer orders to ${countryInSentence(deliveryCountry)}.`;
  return `${what} ${NOT_SENT} Edit or remove the device, or ask an admin.`;
}

const NOT_SENT = "Your cart wasn't sent.";

type SendingTrouble = Extract<
  CartTrouble,
  {
    kind:
      | 'gone_from_fleet'
      | 'ordered_already'
      | 'not_yours'
      | 'nothing_to_send'
      | 'found_left'
      | 'not_as_seen'
      | 'approver_missing'
      | 'approver_not_eligible'
      | 'own_approver'
      | 'approver_unknown'
      | 'request_over'
      | 'sent_too_often';
  }
>;

function sendingTroubleText(trouble: SendingTrouble): string {
  switch (trouble.kind) {
    case 'gone_from_fleet':
      return 'Your cart is gone from Fleet: someone removed it there. Nothing was ordered. Add a device to start a new cart.';
    case 'ordered_already': {
      const { clientStatus } = trouble;
      return statusInfo(clientStatus).isOver
        ? `This cart was closed in Fleet: ${clientStatusText(clientStatus)}. Nothing was ordered from here. ${putAwayText} Add a device to start a new cart.`
        : `This cart is already an order in Fleet: ${clientStatusText(clientStatus)}. Nothing more was ordered. Add a device to start a new cart.`;
    }
    case 'not_yours':
      return 'This cart now belongs to someone else in Fleet, so nothing was changed. Add a device to start a new cart.';
    case 'nothing_to_send':
      return "Your cart is empty, so there's nothing to send. Add a device first.";
    case 'found_left':
      return `${NOT_SENT} Complete or remove the devices from Fleet first.`;
    case 'not_as_seen':
      return "Your cart changed before we could send it, so it wasn't sent. Check it and send it again.";
    case 'approver_missing':
      return 'Choose an approver.';
    case 'approver_not_eligible':
      return `That person isn't an approver. ${NOT_SENT} Choose someone else.`;
    case 'request_over':
      return 'This was sent for approval and has already been decided. Check your messages from Fleet.';
    case 'own_approver':
      return `You can't approve your own request. ${NOT_SENT} Choose another approver.`;
    case 'approver_unknown':
      return `We couldn't check whether that person is an approver. ${NOT_SENT} Try again in a minute.`;
    case 'sent_too_often':
      return `You've sent a lot of requests today. ${NOT_SENT} Try again tomorrow.`;
  }
}

/** The field it is about, and the text above it, which begins with the field's label. mrkdwn. */
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
    case 'not_a_choice':
      return { field: trouble.field, text: cartTroubleText(trouble) };
    default:
      return { field: null, text: cartTroubleText(trouble) };
  }
}

/** The outcome for someone who closed the modal. mrkdwn. */
export function afterClosingText(text: string): string {
  return `${text === '' ? 'Nothing was ordered.' : text} \`/fleet cart\` shows your cart.`;
}

export const existingCartText = `${existingCartLead}, so nothing was added. \`/fleet cart\` shows it.`;

export const cartNotShownText = "Slack couldn't show your cart. Type `/fleet cart` to see it.";

/** Also for a window that was tampered with. */
export const oldCartText = 'This window is out of date. Close it and type `/fleet cart` again.';

export const withdrawnNotShownText =
  "Your request was withdrawn, but we couldn't show your cart. Type `/fleet cart` in a minute to see it.";
