import type { KnownBlock } from '@slack/types';
import { CommitUnclear, type FleetFailure, type SlackFailure } from '../domain/failures/failure.ts';
import type { Advice } from '../domain/failures/kinds.ts';
import type { TriedAgain } from '../domain/failures/pause.ts';
import { adviceFor, type Moment } from '../domain/failures/table.ts';
import type { Message, ModalView } from '../domain/surfaces.ts';
import { actions, button, section } from './blocks.ts';
import { message } from './guard.ts';
import { callbacks, generalActions } from './ids.ts';
import { clip, esc, literal, plain } from './text.ts';

/** A message of one sentence. `text` is mrkdwn: the caller has escaped what people or Fleet wrote. */
export function sentence(text: string): Message {
  return { text: clip(text, 3000), blocks: [section(text)] };
}

/** A modal without a submit. */
export function noticeModal(title: string, text: string): ModalView {
  return {
    type: 'modal',
    callback_id: callbacks.notice,
    title: plain(title, 24),
    close: plain('Close', 24),
    blocks: [section(text)],
  };
}

/** Our own fault, or Redis was unreachable before anything was recorded. */
export const notRecordedText = "We couldn't save that, so nothing was changed or ordered. Try again in a minute.";

/** For what only shows something. */
export const notShownText = "We couldn't load this. Try again in a minute.";

/** Redis may have executed the command: its answer was lost. */
export const unclearText =
  "We couldn't confirm that. Check the card or `/fleet status` before you try again; nothing is ordered until Fleet confirms it.";

/** Says that nothing was changed only if that is certain. */
export function notDoneText(error: unknown): string {
  return error instanceof CommitUnclear ? unclearText : notRecordedText;
}

/** For a failure after the acknowledgement, when the press may already be recorded. */
export const notConfirmedText =
  "We couldn't show the result. Check the card or `/fleet status` before you press again; nothing is ordered until Fleet confirms it.";

export const notInstalledText = "Fleet for Slack isn't set up for this workspace. Ask an admin.";

export const unknownPressText =
  'Nothing was changed or ordered: that button is from another version of Fleet for Slack. See `/fleet status`.';

export const unknownCommandText = 'This command is from another version of Fleet for Slack. Try `/fleet help`.';

export const changeTakesLongText =
  "Your cart change is taking longer than usual because of a problem on our side. We'll keep retrying; `/fleet cart` shows your cart.";

export function decisionTakesLongText(fleetOrderId: number): string {
  return `The decision on order ${fleetOrderId} is taking longer than usual because of a problem on our side. It isn't ordered until Fleet confirms it. We'll keep retrying and update the card; you don't need to do anything.`;
}

const MAX_QUOTED = 300;

/** What happened, what to do next, and Fleet's own words below it. mrkdwn. */
export function failureText(failure: FleetFailure, moment?: Moment): string {
  return adviceText(adviceFor(failure, moment));
}

/** The same for above a field: it begins with the field's label. mrkdwn. */
export function fieldProblemText(failure: FleetFailure): string {
  const advice = adviceFor(failure);
  return advice.label === null ? adviceText(advice) : `${advice.label}: ${adviceText(advice)}`;
}

function adviceText({ happened, orderedText, next, fleetsWords }: Advice): string {
  const ours = esc([happened, orderedText, next].filter((part) => part !== '').join(' '));
  return fleetsWords === null ? ours : `${ours}\nFleet says: “${literal(fleetsWords, MAX_QUOTED)}”`;
}

const sentences: Readonly<Record<SlackFailure['kind'], string>> = {
  gone: 'The window or message was closed. Open it again to continue.',
  stale_view: 'This window changed. Check it and repeat the last step.',
  trigger_expired: 'Slack took too long to open the window. Try again.',
  cannot_post_there: "This app can't post in that channel. Invite it with /invite, then try again.",
  cannot_reach_person:
    "Slack doesn't deliver this app's messages to that person. Choose someone else, or ask an admin.",
  rate_limited: 'Slack is busy. Try again in a minute.',
  refused_payload: 'Slack rejected this window or message. Please tell an admin.',
  not_allowed: 'Slack no longer allows this app to do that. A Slack admin can reinstall it.',
  token_refused: 'Slack no longer accepts this app. A Slack admin can reinstall it.',
  unavailable: "Slack isn't responding. Try again in a minute.",
};

/** What Slack refused and what to do next. Such a refusal never changes anything in Fleet. mrkdwn. */
export function slackFailureText({ kind }: Pick<SlackFailure, 'kind'>): string {
  return `${sentences[kind]} Nothing was changed or ordered.`;
}

/** The same banner for everyone, wherever it shows. mrkdwn. */
export const pausedText =
  '*Ordering is paused:* Fleet rejected our API key. Your cart and pending requests are safe, and admins have been notified.';

export function pauseBanner(): KnownBlock {
  return { ...section(pausedText), block_id: 'ordering_paused' };
}

export function tryAgainButton(): KnownBlock {
  return actions([button(generalActions.tryFleetAgain, 'Try again')], 'try_fleet_again');
}

/** To admins, once per pause. */
export function pauseMessage(failure: FleetFailure): Message {
  const { happened } = adviceFor(failure);
  const text = `*Ordering is paused for everyone:* ${esc(happened)} Pending requests are safe, and nothing is sent to Fleet until then. Replace the key in Fleet or in the app's configuration, then press *Try again*.`;
  return message(text, [section(text), tryAgainButton()]);
}

/** mrkdwn. */
export function triedAgainText(tried: TriedAgain): string {
  switch (tried.kind) {
    case 'not_an_admin':
      return 'Only admins can resume ordering.';
    case 'not_paused':
      return "Ordering isn't paused.";
    case 'resumed':
      return tried.mayOnlyRead
        ? 'Ordering has resumed. Fleet accepts the key, but only the next order will show whether it can place orders; if not, ordering pauses again and admins are notified. Nothing is ordered until someone approves again.'
        : 'Ordering has resumed: Fleet accepts the key again. Nothing is ordered until someone approves again.';
    case 'still_paused':
      return `Ordering is still paused. ${esc(adviceFor(tried.failure).happened)}`;
  }
}
