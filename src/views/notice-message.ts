import type { QueuedNotice } from '../domain/notices.ts';
import type { Message } from '../domain/surfaces.ts';
import { failureText, pauseMessage, sentence } from './notices.ts';
import { orderStatusText } from './orders/status-text.ts';
import { linkedNoticeText } from './people/link.ts';
import { requestNoticeText } from './request/notices.ts';
import { signingSettingsNoticeText } from './settings/root.ts';
import { esc, literal } from './text.ts';

/** A message that nobody waits for in a modal. Worded here, when it is sent. */
export function noticeMessage(notice: QueuedNotice): Message {
  switch (notice.kind) {
    case 'sentence':
      return sentence(esc(notice.text));
    case 'fleet_needs_admin': {
      const number = notice.fleetOrderId === null ? '' : ` (order ${notice.fleetOrderId})`;
      const about = notice.about === null ? '' : ` for ${literal(notice.about.name)}`;
      return sentence(
        `*Fleet needs an admin*${number}: something was refused${about}.\n${failureText(notice.failure)}`,
      );
    }
    case 'ordering_paused':
      return pauseMessage(notice.failure);
    case 'order_status':
      return sentence(orderStatusText(notice));
    case 'approver_gone':
      return sentence(
        `*${literal(notice.approver.name)} cannot sign:* they cannot be reached in Slack or may no longer sign. ` +
          `Nothing was ordered. ${literal(notice.requester.name)} was asked to choose another approver.`,
      );
    case 'announcements_refused':
      return sentence(
        'Orders cannot be announced: the announcement channel does not take messages of Fleet for Slack. Orders themselves are not affected. Invite the app to the channel, or choose another one in /fleet settings.',
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
      // Queued by a newer release, while both run: it is tried again until one of its instances takes it.
      throw new Error('a notice that this release has no words for');
  }
}
