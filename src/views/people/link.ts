import type { KnownBlock } from '@slack/types';
import type { SlackUserId } from '../../domain/ids.ts';
import type { Notice } from '../../domain/notices.ts';
import type { LinkRefusal } from '../../domain/people/match.ts';
import type { FleetPerson, Link, NoMatch, UnmatchedPerson } from '../../domain/people/people.ts';
import type { ModalView } from '../../domain/surfaces.ts';
import { modal } from '../guard.ts';
import { callbacks } from '../ids.ts';
import { noticeModal } from '../notices.ts';
import { esc, literal, mrkdwn } from '../text.ts';

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

export const linkUsageText =
  'Nothing was changed. Type `/fleet link @person 123`, where 123 is the number of the Fleet user.';
export const unlinkUsageText = 'Nothing was changed. Type `/fleet unlink @person`.';

const mention = (slackUserId: SlackUserId): string => `<@${esc(slackUserId)}>`;

/** mrkdwn. */
export function linkedText({ slackUserId, fleetUserId }: Link, { name }: FleetPerson): string {
  return `${mention(slackUserId)} is *${literal(name)}* (Fleet user ${fleetUserId}) from now on, and was told. \`/fleet unlink\` takes it back.`;
}

export function unlinkedText({ slackUserId, fleetUserId }: Link): string {
  return `${mention(slackUserId)} is no longer tied to Fleet user ${fleetUserId}: they cannot order or sign as them from now on.`;
}

export function notLinkedText(slackUserId: SlackUserId): string {
  return `Nothing was changed: ${mention(slackUserId)} is not tied to anybody by a link. An e-mail address that matches is changed in Fleet or in Slack.`;
}

/** To the person who was linked. Plain text. */
export function linkedNoticeText({ fleetUserId, name }: Extract<Notice, { kind: 'person_linked' }>): string {
  return `An admin has tied your Slack account to ${name} (Fleet user ${fleetUserId}). You order and sign as them from now on. If that is not you, please tell an admin: /fleet unlink takes it back.`;
}

/** mrkdwn; says in each case that nothing was changed. */
export function linkRefusalText(refusal: LinkRefusal): string {
  return `Nothing was changed: ${whyText(refusal)}`;
}

function whyText(refusal: LinkRefusal): string {
  switch (refusal.kind) {
    case 'not_an_admin':
      return 'only admins can tie people to Fleet users.';
    case 'yourself':
      return 'nobody can tie themselves to a Fleet user. Ask another admin.';
    case 'fleet_admins_only':
      return 'that Fleet user is an ADMIN in Fleet, and only somebody who is one may tie people to an ADMIN.';
    case 'no_such_fleet_user':
      return `there is no Fleet user ${refusal.fleetUserId} in your company. Who was added within the last minutes is known shortly.`;
    case 'barred':
      return barredText(refusal.why.kind);
    case 'matched_by_email':
      return `their e-mail address already says that they are Fleet user ${refusal.fleetUserId}. A link is only for where it cannot.`;
    case 'linked_already':
      return `they are tied to Fleet user ${refusal.link.fleetUserId} already. Type \`/fleet unlink\` first.`;
    case 'taken_by_email':
      return `that Fleet user is ${mention(refusal.by)}, by e-mail address.`;
    case 'taken_by_link':
      return `that Fleet user is ${mention(refusal.link.slackUserId)}, by a link. Type \`/fleet unlink\` for them first.`;
    case 'unknown_now':
      return refusal.why.kind === 'people_loading'
        ? "your company's people are still being loaded from Fleet. Try again in a minute."
        : 'Slack did not say just now who this is. Try again in a minute.';
    case 'overtaken':
      return 'somebody else tied or untied one of the two at the same moment. Look, and try again.';
    /* v8 ignore next 2 -- @preserve: the union is closed, the compiler proves that nothing comes here. */
    default:
      return refusal satisfies never;
  }
}

function barredText(kind: Extract<LinkRefusal, { kind: 'barred' }>['why']['kind']): string {
  switch (kind) {
    case 'guest':
      return 'guests of this workspace cannot use Fleet from Slack.';
    case 'bot':
      return 'a bot cannot order or sign.';
    case 'stranger':
      return 'they belong to another workspace.';
    default:
      return 'their Slack account is deactivated or unknown.';
  }
}

const title = 'Without a Fleet user';

export const loadingUnmatched = (): ModalView => noticeModal(title, 'Loading…');

const MOST_SHOWN = 40;

export function unmatchedModal(people: readonly UnmatchedPerson[], links: readonly Link[]): ModalView {
  const rows = leading(people.map(({ slackUserId, why }) => `<@${esc(slackUserId)}>: ${reason(why)}`));
  const tied = leading(
    links.map(
      ({ slackUserId, fleetUserId, by }) => `<@${esc(slackUserId)}>: Fleet user ${fleetUserId}, by <@${esc(by)}>`,
    ),
  );
  return modal({
    callbackId: callbacks.notice,
    title,
    close: 'Back',
    blocks: [
      section(
        'People who came within the last month and whom Fleet does not know. Add their e-mail address in Fleet, or tie them with `/fleet link @person 123`.',
      ),
      ...(rows.length === 0 ? [section('Nobody at the moment.')] : rows.map(section)),
      ...(tied.length === 0
        ? []
        : [section('*Tied by an admin.* `/fleet unlink @person` takes it back.'), ...tied.map(section)]),
    ],
  });
}

function leading(rows: readonly string[]): readonly string[] {
  const left = rows.length - MOST_SHOWN;
  return left > 0 ? [...rows.slice(0, MOST_SHOWN), `… and ${left} more.`] : rows;
}

function reason(why: NoMatch): string {
  switch (why.kind) {
    case 'two_matches':
      return 'more than one Fleet user has their e-mail address.';
    case 'email_hidden':
      return 'Slack does not show their e-mail address.';
    default:
      return 'nobody in Fleet has their e-mail address.';
  }
}

function section(text: string): KnownBlock {
  return { type: 'section', text: mrkdwn(text) };
}
