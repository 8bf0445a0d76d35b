import type { Person } from '../../domain/people/people.ts';
import type { RequestRefusal } from '../../domain/request/decide.ts';
import type { RequestStateKind } from '../../domain/request/request.ts';
import { pausedText } from '../notices.ts';
import { noMatchText } from '../people/link.ts';
import { slackDate } from '../text.ts';
import { approverGoneText, nameOf } from './state.ts';

export function requesterChangedText(name: string): string {
  return `${name} has left, or is a different person in Fleet than when this was sent`;
}

export const declineChangedText = 'Decline the request; anyone who still needs the devices can order them again.';

/** Why a press or submission was refused, and what to do. Says "nothing was ordered" where it may have been Approve. mrkdwn. */
export function refusalText(refusal: RequestRefusal): string {
  switch (refusal.kind) {
    case 'not_our_card':
      return "This button doesn't belong to a request in this workspace.";
    case 'being_rebuilt':
      return "We're reloading this request from Fleet, so nothing was decided or ordered. Check the card in a moment and press again; we're telling the other person too.";
    case 'unknown_request':
      return "We can't find this request any more. `/fleet status` shows what's open.";
    case 'repeated':
      return repeatedText(refusal.did);
    case 'not_the_approver':
      return `Only ${nameOf(refusal.approver)} can decide on this request.`;
    case 'not_the_requester':
      return `Only ${nameOf(refusal.requester)} can do this.`;
    case 'own_request':
      return 'No one can approve their own request, so nothing was ordered. Another approver has to decide.';
    case 'not_eligible':
      return `${whyNot(refusal.why)} Nothing was ordered.`;
    case 'eligibility_unknown':
      return `We can't check right now who can approve this, so nothing was ordered. ${noMatchText(refusal.why)}`;
    case 'requester_changed':
      return `${requesterChangedText(nameOf(refusal.requester))}, so nothing was ordered. ${declineChangedText}`;
    case 'already_decided':
      return decidedText(refusal.by, refusal.state);
    case 'being_sent':
      return `${nameOf(refusal.by)} already pressed Approve. We're sending it to Fleet; you don't need to do anything.`;
    case 'expired':
      return `This request expired ${slackDate(refusal.expiresAt)}. This press ordered nothing.`;
    case 'card_outdated':
      return "This card was out of date, so nothing was ordered. We're updating it: please review it and decide again.";
    case 'reminded_lately':
      return `A reminder went out less than four hours ago. You can send another ${slackDate(refusal.nextAt)}.`;
    case 'approver_gone':
      return `${approverGoneText(refusal.approver)} Choose another approver on the card.`;
    case 'approver_still_there':
      return `${nameOf(refusal.approver)} is available again and can still decide.`;
    case 'same_approver':
      return `${nameOf(refusal.approver)} is already the approver.`;
    case 'ordering_paused':
      return `${pausedText} Nothing was ordered.`;
  }
}

/** About a press that was delivered twice, or sent again. */
function repeatedText(did: string | null): string {
  if (did === null) return 'We already answered this press, and it changed nothing. Press again to decide now.';
  const what = repeatedWords[did] ?? 'it was carried out';
  return `We already received this press: ${what}. Nothing was done twice. The card shows how things are now.`;
}

/** By what the audit log calls it. */
const repeatedWords: Readonly<Record<string, string>> = {
  approval_pressed: 'you approved the request',
  request_declined: 'you declined the request',
  changes_requested: 'you asked for changes',
  request_withdrawn: 'you withdrew the request',
  request_handed_over: 'you reassigned the request',
  approver_chosen_anew: 'you chose another approver',
  approver_reminded: 'you sent a reminder',
};

function whyNot(why: Extract<RequestRefusal, { kind: 'not_eligible' }>['why']): string {
  return why === null
    ? "This person isn't an approver. Admins choose approvers in `/fleet settings`."
    : "This person can't approve: Fleet or Slack doesn't list them as an active member of your company.";
}

function decidedText(by: Person | null, state: RequestStateKind): string {
  const who = by === null ? '' : ` by ${nameOf(by)}`;
  switch (state) {
    case 'ordered':
      return `Already ordered: approved${who}.`;
    case 'declined':
      return `Already declined${who}. This press ordered nothing.`;
    case 'changes_requested':
      return `Changes were already requested${who}. This press ordered nothing.`;
    case 'withdrawn':
      return `Already withdrawn${who}. This press ordered nothing.`;
    default:
      return 'Already closed in Fleet. The card says how.';
  }
}

/** Under **New approver**, plain text. Null: the refusal is not about who was named. */
export function newApproverProblem(refusal: RequestRefusal): string | null {
  switch (refusal.kind) {
    case 'own_request':
      return 'No one can approve their own request. Choose someone else.';
    case 'not_eligible':
      return "This person isn't an approver. Choose someone else.";
    case 'eligibility_unknown':
      return "We can't check right now whether this person is an approver. Try again in a minute.";
    case 'same_approver':
      return 'This person is already the approver. Choose someone else.';
    default:
      return null;
  }
}
