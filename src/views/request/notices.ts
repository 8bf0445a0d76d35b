import type { RequestNotice } from '../../domain/notices.ts';
import { counted, plainDate } from '../format.ts';
import { clip } from '../text.ts';

const MAX_QUOTED = 500;

/** What one person is told about a request. Plain text: escape it where it's shown. */
export function requestNoticeText(notice: RequestNotice): string {
  const { fleetOrderId, devices, requester } = notice.about;
  const what = `order ${fleetOrderId} (${counted(devices, 'device')})`;
  const your = `Your ${what}`;
  const theirs = `The request of ${requester}, ${what},`;
  // Nothing was ordered, so what ended is a request.
  const yourRequest = `Your request for ${counted(devices, 'device')} (order ${fleetOrderId})`;
  switch (notice.kind) {
    case 'request_ordered':
      return `${your} is ordered.${notice.signatoryConfirmed ? '' : ' Fleet did not confirm who signed.'}`;
    case 'request_declined':
      return `${yourRequest} was declined by ${notice.by}. Nothing was ordered. Reason: ${clip(notice.reason, MAX_QUOTED)}`;
    case 'changes_requested':
      return `${yourRequest} comes back: ${notice.by} asks for changes. Nothing was ordered. Change the cart with /fleet cart and send it again. What should change: ${clip(notice.wish, MAX_QUOTED)}`;
    case 'request_withdrawn':
      return `${theirs} was withdrawn by ${notice.by}. There is nothing left to decide, and nothing was ordered.`;
    case 'request_expired':
      return `${notice.reader === 'requester' ? yourRequest : theirs} expired: nobody decided in time. Nothing was ordered.`;
    case 'closed_elsewhere': {
      const how =
        notice.how === 'ordered' ? 'was ordered in Fleet itself.' : 'is gone from Fleet: nothing was ordered.';
      return `${notice.reader === 'requester' ? your : theirs} ${how}`;
    }
    case 'cart_differs':
      return `${theirs} is not ordered: Fleet's cart differs from what was signed. The card shows how; please decide anew.`;
    case 'fleet_refused':
      return notice.reader === 'requester'
        ? `${your} is not ordered: Fleet refused it. Its card says why, and what to do next.`
        : `${theirs} is not ordered: Fleet refused it. The card says why.`;
    case 'reminder':
      return `${theirs} waits for your signature until ${plainDate(notice.expiresAt)}. Its card is further up in this chat.`;
    case 'approver_needed':
      return `${your} needs another approver: ${notice.lost} cannot be reached or may no longer sign. Choose another one on its card. Nothing was ordered.`;
    case 'may_not_sign':
      return `${theirs} is not ordered: you may no longer sign it.`;
    case 'eligibility_unclear':
      return `${theirs} is not ordered: it was not clear just now who may sign. Please press Approve again.`;
    case 'asked_again':
      return `${theirs} waits for your signature again. Its card is further up in this chat.`;
    case 'deputy_asked':
      return `${your} waits for ${notice.deputy} now, who stands in for ${notice.away} while they are away.`;
    case 'request_restored':
      return notice.reader === 'requester'
        ? `${your} had to be restored from Fleet. It still waits for a signature; nothing was ordered.`
        : `${theirs} had to be restored from Fleet. Nothing was ordered: please read its card and decide again.`;
    /* v8 ignore next 2 -- @preserve: the union is closed, the compiler proves that nothing comes here. */
    default:
      return notice satisfies never;
  }
}
