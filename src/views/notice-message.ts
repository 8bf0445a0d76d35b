import { isRejection } from '../domain/failures/failure.ts';
import type { QueuedNotice, RequestNotice, ToldMessage } from '../domain/notices.ts';
import type { DeviceRequest } from '../domain/request/request.ts';
import type { Message } from '../domain/surfaces.ts';
import { failureText, pauseMessage, sentence } from './notices.ts';
import { orderStatusText } from './orders/status-text.ts';
import { linkedNoticeText } from './people/link.ts';
import { declineChangedText, requesterChangedText } from './request/refusals.ts';
import { deviceCount } from './request/rows.ts';
import {
  despiteText,
  nothingOrderedText,
  reassignedText,
  signatoryUnconfirmedText,
  stateText,
  unknownSignerText,
  unwantedText,
} from './request/state.ts';
import { signingSettingsNoticeText } from './settings/root.ts';
import { counted, esc, literal, slackDate } from './text.ts';

/** Worded when it is sent, not when it is queued. */
export function noticeMessage(notice: QueuedNotice): Message {
  switch (notice.kind) {
    case 'sentence':
      return sentence(esc(notice.text));
    case 'fleet_needs_admin': {
      const what = notice.fleetOrderId === null ? 'a cart' : `order ${notice.fleetOrderId}`;
      const whose = notice.about === null ? '' : ` of ${literal(notice.about.name)}`;
      const lead = isRejection(notice.failure) ? `Fleet rejected ${what}${whose}` : `Check ${what}${whose} in Fleet`;
      return sentence(`*Action needed:* ${lead}.\n${failureText(notice.failure)}`);
    }
    case 'ordering_paused':
      return pauseMessage(notice.failure);
    case 'order_status':
      return sentence(orderStatusText(notice));
    case 'approver_gone':
      return sentence(
        `*${literal(notice.approver.name)} can't approve:* they can't be reached in Slack or are no longer an approver. ` +
          `We asked ${literal(notice.requester.name)} to choose another approver.`,
      );
    case 'announcements_refused':
      return sentence(
        "We can't post in the announcement channel. Orders aren't affected. Invite the app to the channel, or choose another one in `/fleet settings`.",
      );
    case 'signing_settings_changed':
      return sentence(esc(signingSettingsNoticeText(notice)));
    case 'person_linked':
      return sentence(esc(linkedNoticeText(notice)));
    case 'request_ordered':
    case 'request_declined':
    case 'changes_requested':
    case 'request_withdrawn':
    case 'request_expired':
    case 'closed_elsewhere':
    case 'ordered_after_all':
    case 'cart_differs':
    case 'fleet_refused':
    case 'reminder':
    case 'approver_needed':
    case 'may_not_sign':
    case 'requester_changed':
    case 'eligibility_unclear':
    case 'asked_again':
    case 'deputy_asked':
    case 'reassigned':
    case 'request_restored':
    case 'request_replaced':
      return sentence(requestNoticeText(notice));
    default:
      notice satisfies never;
      // Queued by a newer release that runs beside this one: retried until one of its instances takes it.
      throw new Error('a notice that this release has no words for');
  }
}

/** In place of a message that has passed: what became of the request. */
export function rewrittenMessage({ to }: ToldMessage, request: DeviceRequest): Message {
  const { requester, approver, state, fleetOrderId } = request;
  const side = to === requester.slackUserId ? 'requester' : 'approver';
  const isFormer = side === 'approver' && to !== approver.slackUserId && state.kind === 'pending';
  const whose = side === 'requester' ? 'Your' : `${literal(requester.name)}'s`;
  const what = `${whose} request for ${deviceCount(request)} (order ${fleetOrderId})`;
  return sentence(`${what}: ${isFormer ? reassignedText(request) : stateText(request, side)}`);
}

const MAX_QUOTED = 500;

export const stillCheckingText =
  "We couldn't check with Fleet yet that nothing was ordered. The card shows it once we know.";

function notOrderedText({ isBeingChecked }: { readonly isBeingChecked?: true }): string {
  return isBeingChecked === true ? stillCheckingText : nothingOrderedText;
}

/** After an end that emptied the cart. */
const putBackHowText = '/fleet cart can put the devices back in your cart, to change or resend them.';

const closedTexts = {
  ordered: `was ordered in Fleet. ${unknownSignerText}`,
  gone: `is no longer in Fleet. ${nothingOrderedText}`,
  put_away: "was closed in Fleet, which doesn't say whether it was ordered. An admin can check in Fleet.",
} as const;

/** The words of a notice about a request. mrkdwn. */
function requestNoticeText(notice: RequestNotice): string {
  const { about } = notice;
  const devices = counted(about.devices, 'device');
  const your = `Your order ${about.fleetOrderId} (${devices})`;
  const yourRequest = `request for ${devices} (order ${about.fleetOrderId})`;
  const theirs = `${literal(about.requester)}'s request for ${devices} (order ${about.fleetOrderId})`;
  const further = 'The card is further up in this chat.';
  switch (notice.kind) {
    case 'request_ordered': {
      const signatory = notice.signatoryConfirmed ? '' : ` ${signatoryUnconfirmedText}`;
      return `Ordered. ${your} is with Fleet.${signatory}`;
    }
    case 'request_declined':
      return `${literal(notice.by)} declined your ${yourRequest}. ${notOrderedText(notice)} Reason: “${literal(notice.reason, MAX_QUOTED)}” ${putBackHowText}`;
    case 'changes_requested': {
      const checking = notice.isBeingChecked === true ? ` ${stillCheckingText}` : '';
      return `${literal(notice.by)} asked for changes to your ${yourRequest}: “${literal(notice.wish, MAX_QUOTED)}” Edit it with /fleet cart and send it again.${checking}`;
    }
    case 'request_withdrawn':
      return `${theirs} was withdrawn. ${notice.isBeingChecked === true ? stillCheckingText : "You don't need to do anything."}`;
    case 'request_expired':
      return notice.reader === 'requester'
        ? `Your ${yourRequest} expired without a decision. ${notOrderedText(notice)} ${putBackHowText}`
        : `${theirs} expired without a decision. ${notOrderedText(notice)}`;
    case 'closed_elsewhere':
      return `${notice.reader === 'requester' ? your : theirs} ${closedTexts[notice.how]}`;
    case 'ordered_after_all': {
      const what = notice.reader === 'requester' ? `your ${yourRequest}` : theirs;
      return `Fleet ordered ${what} ${despiteText(notice.despite)}. ${unwantedText}`;
    }
    case 'cart_differs':
      return `${theirs} wasn't ordered: the cart or its price has changed in Fleet. Review the card and decide again.`;
    case 'fleet_refused':
      return notice.reader === 'requester'
        ? `${your} didn't go through. Its card says why and what to do next.`
        : `${theirs} didn't go through. The card says why.`;
    case 'reminder':
      return `Reminder: ${theirs} expires ${slackDate(notice.expiresAt)}. ${further}`;
    case 'approver_needed':
      return `${your} needs another approver: ${literal(notice.lost)} can't be reached or is no longer an approver. Choose another one on its card.`;
    case 'may_not_sign':
      return `${theirs} wasn't ordered: you can no longer approve it.`;
    case 'eligibility_unclear':
      return `${theirs} wasn't ordered: we couldn't check whether you can approve it. Press Approve again.`;
    case 'requester_changed':
      return `${theirs} wasn't ordered: ${requesterChangedText(literal(about.requester))}. ${declineChangedText}`;
    case 'asked_again':
      return `${theirs} is waiting for you again. ${further}`;
    case 'deputy_asked':
      return `${literal(notice.away)} is away, so ${literal(notice.deputy)} is now the approver of your order ${about.fleetOrderId} (${devices}).`;
    case 'reassigned':
      return `${literal(notice.by)} reassigned your ${yourRequest} to ${literal(notice.to)}, who decides now.`;
    case 'request_restored':
      return notice.reader === 'requester'
        ? `We had to reload your ${yourRequest} from Fleet. It's still waiting for approval.`
        : `We had to reload ${theirs} from Fleet. ${nothingOrderedText} Review the card and decide again.`;
    case 'request_replaced':
      return notice.reader === 'requester'
        ? `Your cart (order ${about.fleetOrderId}) has changed since you sent it, so that request is withdrawn. ${nothingOrderedText} Send your cart again with /fleet cart.`
        : `${literal(about.requester)} has changed the cart of order ${about.fleetOrderId} since sending it, so that request is withdrawn. ${nothingOrderedText} You don't need to do anything.`;
  }
}
