import type { KnownBlock } from '@slack/types';
import { adviceFor } from '../domain/failures/failure-table.ts';
import type { FleetFailure } from '../domain/failures/fleet-failure.ts';
import type { TriedAgain } from '../domain/failures/pause.ts';
import type { Message } from '../domain/surfaces.ts';
import { message } from './guard.ts';
import { generalActions } from './ids.ts';
import { esc, mrkdwn, plain } from './text.ts';

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
