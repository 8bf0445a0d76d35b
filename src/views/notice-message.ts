import type { Notice } from '../domain/notices.ts';
import type { Message } from '../domain/surfaces.ts';
import { failureText } from './failure-text.ts';
import { sentence } from './notices.ts';
import { pauseMessage } from './pause-text.ts';
import { orderStatusText } from './status/order-status-text.ts';
import { esc, literal } from './text.ts';

/** A message that nobody is waiting for in a modal: to the person, or to admins. */
export function noticeMessage(notice: Notice): Message {
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
    /* v8 ignore next 2 -- @preserve: the union is closed, the compiler proves that nothing comes here. */
    default:
      return notice satisfies never;
  }
}
