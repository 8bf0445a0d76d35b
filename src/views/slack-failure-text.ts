import type { SlackFailure } from '../domain/failures/slack-failure.ts';

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
