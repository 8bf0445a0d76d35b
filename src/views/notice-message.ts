import type { QueuedNotice } from '../domain/notices.ts';
import type { Message } from '../domain/surfaces.ts';
import { failureText, pauseMessage, sentence } from './notices.ts';
import { orderStatusText } from './orders/status-text.ts';
import { linkedNoticeText } from './people/link.ts';
import { requestNoticeText } from './request/notices.ts';
import { signingSettingsNoticeText } from './settings/root.ts';
import { esc, literal } from './text.ts';

/** Worded when it is sent, not when it is queued. */
export function noticeMessage(notice: QueuedNotice): Message {
  switch (notice.kind) {
    case 'sentence':
      return sentence(esc(notice.text));
    case 'fleet_needs_admin': {
      const what = notice.fleetOrderId === null ? 'a cart' : `order ${notice.fleetOrderId}`;
      const whose = notice.about === null ? '' : ` of ${literal(notice.about.name)}`;
      return sentence(`*Action needed:* Fleet rejected ${what}${whose}.\n${failureText(notice.failure)}`);
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
    case 'cart_differs':
    case 'fleet_refused':
    case 'reminder':
    case 'approver_needed':
    case 'may_not_sign':
    case 'eligibility_unclear':
    case 'asked_again':
    case 'deputy_asked':
    case 'request_restored':
      return sentence(requestNoticeText(notice));
    default:
      notice satisfies never;
      // Queued by a newer release that runs beside this one: retried until one of its instances takes it.
      throw new Error('a notice that this release has no words for');
  }
}
