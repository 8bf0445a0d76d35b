import type { SlackUserId } from '../../domain/ids.ts';
import type { Notice } from '../../domain/notices.ts';
import type { LinkRefusal } from '../../domain/people/match.ts';
import type { FleetPerson, Link, NoMatch, UnmatchedPerson } from '../../domain/people/people.ts';
import type { ModalView } from '../../domain/surfaces.ts';
import { section } from '../blocks.ts';
import { modal } from '../guard.ts';
import { callbacks } from '../ids.ts';
import { noticeModal } from '../notices.ts';
import { esc, literal } from '../text.ts';

const noMatchTexts: Readonly<Record<NoMatch['kind'], string>> = {
  no_match:
    "Your Slack email doesn't match anyone in Fleet. Ask an admin to add you in Fleet, or to link you with `/fleet link`.",
  two_matches:
    "Your Slack email matches more than one person in Fleet, so we can't tell who you are. Ask an admin to keep it on one of them.",
  email_hidden: "We can't see your email in Slack. Ask an admin to link you to your Fleet account with `/fleet link`.",
  guest: "Guests can't order equipment. Ask a full member of the workspace.",
  stranger: "You're from another workspace, so you can't use this company's Fleet. Use Fleet from your own workspace.",
  deactivated: "This Slack account is deactivated, so it can't use Fleet. Ask a Slack admin to reactivate it.",
  bot: "Bots can't order or approve. A person has to do this.",
  people_loading: "We're loading your company's people from Fleet for the first time. Try again in a minute.",
  people_incomplete:
    "Part of Fleet's list of your company's people couldn't be read, and you may be in that part. Try again in 15 minutes. If this stays, tell an admin.",
  fleet_unreachable: "Fleet isn't responding, so we can't look you up. Try again in a few minutes.",
  key_refused: 'Ordering is paused: Fleet rejected our API key. Ask an admin to replace it.',
  slack_unreachable: "Slack isn't responding, so we can't tell who you are. Try again in a minute.",
};

/** Why this person has no Fleet account, and what to do. mrkdwn. */
export function noMatchText({ kind }: NoMatch): string {
  return noMatchTexts[kind];
}

/** In place of "Only admins …", where it can't be told who they are. */
export const adminsUnknownText =
  "Fleet's list of your company's people isn't loaded, or part of it couldn't be read, so we can't tell who the admins are. Until we can, no one new gets admin access. Try again in 15 minutes.";

export const linkUsageText = 'Type `/fleet link @person 123`, where 123 is their Fleet user number.';
export const unlinkUsageText = 'Type `/fleet unlink @person`.';

const mention = (slackUserId: SlackUserId): string => `<@${esc(slackUserId)}>`;

/** mrkdwn. */
export function linkedText({ slackUserId, fleetUserId }: Link, { name }: FleetPerson): string {
  return `Linked ${mention(slackUserId)} to *${literal(name)}* (Fleet user ${fleetUserId}). We let them know. \`/fleet unlink\` removes the link.`;
}

export function unlinkedText({ slackUserId, fleetUserId }: Link): string {
  return `Removed the link from ${mention(slackUserId)} to Fleet user ${fleetUserId}. They can no longer order or approve as that user.`;
}

export function notLinkedText(slackUserId: SlackUserId): string {
  return `${mention(slackUserId)} has no link to remove. If they match by email, change the email in Fleet or Slack.`;
}

/** To the person who was linked. Plain text. */
export function linkedNoticeText({ fleetUserId, name }: Extract<Notice, { kind: 'person_linked' }>): string {
  return `An admin linked your Slack account to ${name} (Fleet user ${fleetUserId}). You now order and approve as them. If that isn't you, tell an admin: /fleet unlink removes the link.`;
}

/** mrkdwn. */
export function linkRefusalText(refusal: LinkRefusal): string {
  switch (refusal.kind) {
    case 'not_an_admin':
      return 'Only admins can link people to Fleet accounts.';
    case 'admins_unknown':
      return adminsUnknownText;
    case 'yourself':
      return "You can't link yourself. Ask another admin.";
    case 'fleet_admins_only':
      return 'That Fleet user is an admin in Fleet, so only a Fleet admin can link them.';
    case 'no_such_fleet_user':
      return `No Fleet user ${refusal.fleetUserId}. People added in the last few minutes may take a moment to appear.`;
    case 'barred':
      return barredText(refusal.why.kind);
    case 'matched_by_email':
      return `Their email already matches Fleet user ${refusal.fleetUserId}, so they don't need a link.`;
    case 'linked_already':
      return `They're already linked to Fleet user ${refusal.link.fleetUserId}. Type \`/fleet unlink\` first.`;
    case 'taken_by_email':
      return `That Fleet user already matches ${mention(refusal.by)} by email.`;
    case 'taken_by_link':
      return `That Fleet user is already linked to ${mention(refusal.link.slackUserId)}. Type \`/fleet unlink\` for them first.`;
    case 'unknown_now':
      return unknownNowText(refusal.why.kind);
    case 'repeated':
      return `We already received this command, and ${refusal.did} them then. Nothing was changed again.`;
    case 'overtaken':
      return 'Someone else changed one of their links at the same time. Check, and try again.';
  }
}

function unknownNowText(kind: NoMatch['kind']): string {
  switch (kind) {
    case 'people_loading':
      return "We're still loading your company's people from Fleet. Try again in a minute.";
    case 'people_incomplete':
      return "Part of Fleet's list of your company's people couldn't be read, and they may be in that part. Try again in 15 minutes.";
    case 'fleet_unreachable':
      return "Fleet isn't responding, so we can't check your rights there. Try again in a minute.";
    default:
      return "Slack isn't responding, so we can't look this person up. Try again in a minute.";
  }
}

function barredText(kind: Extract<LinkRefusal, { kind: 'barred' }>['why']['kind']): string {
  switch (kind) {
    case 'guest':
      return "Guests can't use Fleet, so they can't be linked.";
    case 'bot':
      return "Bots can't order or approve, so they can't be linked.";
    case 'stranger':
      return 'They belong to another workspace.';
    default:
      return 'Their Slack account is deactivated or unknown.';
  }
}

const title = 'Without a Fleet account';

export const loadingUnmatched = (): ModalView => noticeModal(title, 'Loading…');

const MAX_SHOWN = 40;
const linkedIntro =
  "*Linked by an admin.* Only a link from a Fleet admin gives a Fleet admin's rights. `/fleet unlink @person` removes a link.";

export function unmatchedModal(people: readonly UnmatchedPerson[], links: readonly Link[]): ModalView {
  const rows = leading(people.map(({ slackUserId, why }) => `<@${esc(slackUserId)}>: ${reason(why)}`));
  const linked = leading(
    links.map(
      ({ slackUserId, fleetUserId, by, byFleetAdmin }) =>
        `<@${esc(slackUserId)}>: Fleet user ${fleetUserId}, by <@${esc(by)}>${byFleetAdmin === true ? ' (Fleet admin)' : ''}`,
    ),
  );
  return modal({
    callbackId: callbacks.notice,
    title,
    close: 'Back',
    blocks: [
      section(
        'People from the last month who have no Fleet account. Add their email in Fleet, or link them with `/fleet link @person 123`.',
      ),
      ...(rows.length === 0 ? [section('No one right now.')] : rows.map(section)),
      ...(linked.length === 0 ? [] : [section(linkedIntro), ...linked.map(section)]),
    ],
  });
}

function leading(rows: readonly string[]): readonly string[] {
  const left = rows.length - MAX_SHOWN;
  return left > 0 ? [...rows.slice(0, MAX_SHOWN), `… and ${left} more.`] : rows;
}

function reason(why: NoMatch): string {
  switch (why.kind) {
    case 'two_matches':
      return 'several Fleet users have their email.';
    case 'email_hidden':
      return "we can't see their email in Slack.";
    default:
      return 'no Fleet user has their email.';
  }
}
