import type { KnownBlock } from '@slack/types';
import { CommitUnclear } from '../domain/errors.ts';
import type { FleetFailure } from '../domain/failures/failure.ts';
import type { Advice } from '../domain/failures/kinds.ts';
import type { TriedAgain } from '../domain/failures/pause.ts';
import type { SlackFailure } from '../domain/failures/slack-failure.ts';
import { adviceFor, type Moment } from '../domain/failures/table.ts';
import type { Message, ModalView } from '../domain/surfaces.ts';
import { message } from './guard.ts';
import { callbacks, generalActions } from './ids.ts';
import { clip, esc, literal, mrkdwn, plain } from './text.ts';

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

const MOST_OF_FLEETS_WORDS = 300;

/** What happened, whether anything was ordered, what to do next, and under it Fleet's own words. mrkdwn. */
export function failureText(failure: FleetFailure, moment?: Moment): string {
  return adviceText(adviceFor(failure, moment));
}

/** The same directly above a field: it begins with the field's label. mrkdwn. */
export function fieldProblemText(failure: FleetFailure): string {
  const advice = adviceFor(failure);
  return advice.label === null ? adviceText(advice) : `${advice.label}: ${adviceText(advice)}`;
}

function adviceText({ happened, orderedText, next, fleetsWords }: Advice): string {
  const ours = esc([happened, orderedText, next].filter((part) => part !== '').join(' '));
  return fleetsWords === null ? ours : `${ours}\nFleet says: “${literal(fleetsWords, MOST_OF_FLEETS_WORDS)}”`;
}

const sentences: Readonly<Record<SlackFailure['kind'], string>> = {
  gone: 'The window or message was closed meanwhile. Open it again to go on.',
  stale_view: 'This window had changed meanwhile. Please look at it again and repeat the last step.',
  trigger_expired: 'Slack was too slow to open the window. Please try again.',
  cannot_post_there: 'This app may not post in that channel. Invite it there with /invite, then try again.',
  cannot_reach_person:
    'Slack does not deliver messages of this app to that person. Choose somebody else, or ask an admin.',
  rate_limited: 'Slack is busy. Try again in a minute.',
  refused_payload: 'Slack refused to show this. Please tell an admin, so that it can be put right.',
  not_allowed: 'Slack does not let this app do that any more. An admin of Slack can install it again.',
  token_refused: 'Slack does not accept this app any more. An admin of Slack can install it again.',
  unavailable: 'Slack did not answer. Try again in a minute.',
};

/** What Slack did not do and what to do next. Nothing that Slack refuses changes anything at Fleet. mrkdwn. */
export function slackFailureText({ kind }: Pick<SlackFailure, 'kind'>): string {
  return `${sentences[kind]} This did not order or change anything.`;
}

/** The one banner: the same words for everybody and wherever it shows, since it is the same for all. mrkdwn. */
export const pausedText =
  "*Ordering is paused* for everybody in this workspace: Fleet does not accept the workspace's key as it is. Nothing was changed and nothing was ordered. Admins have been told; what you have in your cart and what waits for a signature stays as it is.";

export function pauseBanner(): KnownBlock {
  return { type: 'section', block_id: 'ordering_paused', text: mrkdwn(pausedText) };
}

export function tryAgainButton(): KnownBlock {
  return {
    type: 'actions',
    block_id: 'try_fleet_again',
    elements: [{ type: 'button', action_id: generalActions.tryFleetAgain, text: plain('Try again', 75) }],
  };
}

/** To admins, once for each pause. */
export function pauseMessage(failure: FleetFailure): Message {
  const { happened } = adviceFor(failure);
  const text = `*Ordering is paused for everybody:* ${esc(happened)} Nothing was ordered by this. What waits for a signature stays as it is, and nothing is sent to Fleet meanwhile. Put the key right in Fleet or in the app's configuration, then press *Try again*.`;
  return message(text, [{ type: 'section', text: mrkdwn(text) }, tryAgainButton()]);
}

/** mrkdwn. */
export function triedAgainText(tried: TriedAgain): string {
  switch (tried.kind) {
    case 'not_an_admin':
      return 'Only admins can let ordering go on. Nothing was changed and nothing was ordered.';
    case 'not_paused':
      return 'Ordering is not paused: everybody can order and sign. Nothing was changed.';
    case 'resumed':
      return tried.mayOnlyRead
        ? 'Ordering goes on. Fleet answers, but only the next order can show whether the key may order now: if not, ordering pauses again and admins are told. Nothing is ordered without a new press.'
        : 'Ordering goes on: Fleet accepts the key again. Nothing is ordered without a new press.';
    case 'still_paused':
      return `Ordering stays paused. ${esc(adviceFor(tried.failure).happened)} Nothing was ordered.`;
    /* v8 ignore next 2 -- @preserve: the union is closed, the compiler proves that nothing comes here. */
    default:
      return tried satisfies never;
  }
}
