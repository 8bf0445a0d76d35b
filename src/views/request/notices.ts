import type { RequestNotice } from '../../domain/notices.ts';
import { counted, slackDate } from '../format.ts';
import { literal } from '../text.ts';
import { nothingOrderedText, signatoryUnconfirmedText } from './state.ts';

const MAX_QUOTED = 500;

/** The words of a notice about a request. mrkdwn. */
export function requestNoticeText(notice: RequestNotice): string {
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
      return `${literal(notice.by)} declined your ${yourRequest}. ${nothingOrderedText} Reason: ${literal(notice.reason, MAX_QUOTED)}`;
    case 'changes_requested':
      return `${literal(notice.by)} asked for changes to your ${yourRequest}: “${literal(notice.wish, MAX_QUOTED)}” Edit it with /fleet cart and send it again.`;
    case 'request_withdrawn':
      return `${theirs} was withdrawn. You don't need to do anything.`;
    case 'request_expired':
      return `${notice.reader === 'requester' ? `Your ${yourRequest}` : theirs} expired without a decision. ${nothingOrderedText}`;
    case 'closed_elsewhere': {
      const how =
        notice.how === 'ordered' ? 'was ordered directly in Fleet.' : `is no longer in Fleet. ${nothingOrderedText}`;
      return `${notice.reader === 'requester' ? your : theirs} ${how}`;
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
    case 'asked_again':
      return `${theirs} is waiting for you again. ${further}`;
    case 'deputy_asked':
      return `${literal(notice.away)} is away, so ${literal(notice.deputy)} is now the approver of your order ${about.fleetOrderId} (${devices}).`;
    case 'request_restored':
      return notice.reader === 'requester'
        ? `We had to reload your ${yourRequest} from Fleet. It's still waiting for approval.`
        : `We had to reload ${theirs} from Fleet. ${nothingOrderedText} Review the card and decide again.`;
    /* v8 ignore next 2 -- @preserve: the union is closed, the compiler proves that nothing comes here. */
    default:
      return notice satisfies never;
  }
}
