import type { NoMatch } from '../../domain/people/people.ts';

const sentences: Readonly<Record<NoMatch['kind'], string>> = {
  no_match:
    'Nobody in Fleet has the e-mail address of your Slack account. Ask an admin to add you in Fleet, or to tie you to your Fleet user with /fleet link.',
  two_matches:
    'More than one person in Fleet has the e-mail address of your Slack account, so it is not clear who you are. Ask an admin to leave it with one of them in Fleet.',
  email_hidden:
    'Your Slack account does not show an e-mail address to this app. Ask an admin to tie you to your Fleet user with /fleet link.',
  guest:
    'You are a guest in this workspace, and guests cannot use Fleet from Slack. Ask a colleague who is a full member.',
  stranger:
    "You belong to another workspace, and only this company's own people can use its Fleet. Use Fleet from your own workspace.",
  deactivated:
    'This Slack account is deactivated, so it cannot act in Fleet. Ask an admin of Slack to activate it again.',
  bot: 'Bots cannot order or sign in Fleet. A person has to do this.',
  people_loading: "Your company's people are being loaded from Fleet for the first time. Try again in a minute.",
  fleet_unreachable: 'Fleet cannot be reached just now, so nobody can be looked up. Try again in a few minutes.',
  key_refused:
    "Ordering is paused for everybody: Fleet does not accept this workspace's key, so nobody can be looked up. Ask an admin to put the key right in Fleet or in the app's configuration.",
  slack_unreachable: 'Slack did not say who you are just now. Try again in a minute.',
};

/** Why this person cannot be tied to a Fleet user, and what to do. mrkdwn; begins with whether anything happened. */
export function noMatchText({ kind }: NoMatch): string {
  return `${sentences[kind]} Nothing was ordered or changed.`;
}
