import type { Message } from '../../domain/surfaces.ts';
import { isToBeSent } from '../../domain/tracking/draft-report.ts';
import type { OrderStatus } from '../../domain/tracking/status-report.ts';
import { slackDate } from '../dates.ts';
import { message } from '../guard.ts';
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

export const perhapsSharedText =
  'It is not certain that the status was shared. Nothing was changed in Fleet and nothing was ordered. If you do not see it in the conversation, ask again with `/fleet status` and share from there.';

export const couldNotShareText =
  'The status could not be shared there: Slack did not take it. Nothing was changed and nothing was ordered. Ask again with `/fleet status` and share from there.';
