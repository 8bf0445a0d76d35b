import { isToBeSent } from '../../domain/tracking/draft-report.ts';
import type { OrderStatus } from '../../domain/tracking/status-report.ts';
import { slackDate } from '../dates.ts';
import { message } from '../guard.ts';
import type { Message } from '../surfaces.ts';
import { mrkdwn } from '../text.ts';
import { foreignTitle, sharedForeignBlocks } from './foreign-status.ts';
import { sharedCard, sharedDraft } from './shared-card.ts';

/** Number, products, countries and status, and nothing else. Null: there is nothing that may be shared. */
export function sharedStatus(status: OrderStatus): Message | null {
  switch (status.kind) {
    case 'request':
      return sharedCard(status.item.request);
    case 'foreign':
      return message(foreignTitle(status), sharedForeignBlocks(status));
    case 'draft':
      return isToBeSent(status.draft.cart) ? sharedDraft(status) : null;
    case 'not_found':
    case 'could_not_look':
      return null;
    /* v8 ignore next 2 -- @preserve: the union is closed, the compiler proves that nothing comes here. */
    default:
      return status satisfies never;
  }
}

/** For a copy that cannot be kept current. */
export function asOf(shared: Message, now: number): Message {
  const note = { type: 'context' as const, elements: [mrkdwn(`As of ${slackDate(now)}; this copy is not updated.`)] };
  return message(shared.text, [...shared.blocks, note]);
}
