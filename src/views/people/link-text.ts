import type { SlackUserId } from '../../domain/ids.ts';
import type { Notice } from '../../domain/notices.ts';
import type { Link } from '../../domain/people/link.ts';
import type { LinkRefusal } from '../../domain/people/may-link.ts';
import type { FleetPerson } from '../../domain/people/people.ts';
import { esc, literal } from '../text.ts';

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
