import { CommitUnclear } from '../domain/store-unavailable.ts';
import type { Message, ModalView } from '../domain/surfaces.ts';
import { callbacks } from './ids.ts';
import { clip, mrkdwn, plain } from './text.ts';

/** A message that is one sentence. `text` is mrkdwn: whoever calls has escaped what people or Fleet wrote. */
export function sentence(text: string): Message {
  return { text: clip(text, 3000), blocks: [{ type: 'section', text: mrkdwn(text) }] };
}

/** A modal that only says something: no submit. */
export function noticeModal(title: string, text: string): ModalView {
  return {
    type: 'modal',
    callback_id: callbacks.notice,
    title: plain(title, 24),
    close: plain('Close', 24),
    blocks: [{ type: 'section', text: mrkdwn(text) }],
  };
}

/** Our own fault, or Redis away before anything was recorded. */
export const notRecordedText =
  'Nothing was changed and nothing was ordered: Fleet for Slack could not record this just now. Please try again in a minute.';

/** Nothing was to be recorded, only shown. */
export const notShownText =
  'Nothing was changed and nothing was ordered: Fleet for Slack could not show this just now. Please try again in a minute.';

/** Redis took the command, and its answer was lost. */
export const unclearText =
  'This could not be confirmed just now. Nothing is ordered before Fleet confirms it; look at the card or `/fleet status` before you try again.';

/** Says "Nothing was changed" only where that is certain. */
export function notDoneText(error: unknown): string {
  return error instanceof CommitUnclear ? unclearText : notRecordedText;
}

/** Something failed after it was acknowledged: by then it may be recorded. */
export const notConfirmedText =
  'What came of this could not be shown just now. Nothing is ordered before Fleet confirms it; the card or `/fleet status` shows what came of it. Please look there before you press again.';

export const notInstalledText =
  'Nothing was changed and nothing was ordered: Fleet for Slack is not set up for this workspace.';

export const unknownPressText =
  'Nothing was changed and nothing was ordered: what you pressed belongs to another version of Fleet for Slack. `/fleet status` shows where things stand.';

export const unknownCommandText =
  'Nothing was changed and nothing was ordered: this command belongs to another version of Fleet for Slack. `/fleet help` lists what you can type.';

export const changeTakesLongText =
  'What you asked for in your cart is taking long: something on our side keeps failing. Nothing was ordered. It goes on being tried by itself; `/fleet cart` shows what your cart holds now.';

export function decisionTakesLongText(fleetOrderId: number): string {
  return `The decision on order ${fleetOrderId} is taking long: something on our side keeps failing. It is not called ordered before Fleet has confirmed it. It goes on being tried by itself and the card follows; nobody has to do anything.`;
}
