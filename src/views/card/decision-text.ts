import type { Person } from '../../domain/people/people.ts';
import type { RequestRefusal } from '../../domain/request/decision.ts';
import type { DeviceRequest, RequestStateKind } from '../../domain/request/request.ts';
import { slackDate } from '../dates.ts';
import { pausedText } from '../pause-text.ts';
import { noMatchText } from '../people/no-match-text.ts';
import { literal } from '../text.ts';

/** What somebody is told whose press or submission was refused: always whether anything was ordered. mrkdwn. */
export function refusalText(refusal: RequestRefusal): string {
  switch (refusal.kind) {
    case 'not_our_card':
      return 'Nothing was changed and nothing was ordered: this button does not belong to a request of this workspace.';
    case 'being_rebuilt':
      return 'Nothing was decided and nothing was ordered by this press: this request is being restored from Fleet. Look at the card in a moment and press again; the other person is told too.';
    case 'unknown_request':
      return 'Nothing was changed and nothing was ordered: this request is not known any more. `/fleet status` shows what is.';
    case 'not_the_approver':
      return `Nothing was changed and nothing was ordered by this press: ${name(refusal.approver)} is asked to decide on this request.`;
    case 'not_the_requester':
      return `Nothing was changed and nothing was ordered by this press: only ${name(refusal.requester)} can do this.`;
    case 'own_request':
      return 'Nothing was changed and nothing was ordered: nobody signs their own request. Somebody else who may sign has to.';
    case 'not_eligible':
      return `Nothing was changed and nothing was ordered: this person may not sign. ${whyNot(refusal.why)}`;
    case 'eligibility_unknown':
      return `Nothing was decided: it is not clear just now who may sign. ${noMatchText(refusal.why)}`;
    case 'requester_changed':
      return `Nothing was changed and nothing was ordered: ${name(refusal.requester)} left, or is somebody else in Fleet than when this was sent. Decline it; whoever still needs the devices can order them anew.`;
    case 'already_decided':
      return decidedText(refusal.by, refusal.state);
    case 'being_sent':
      return `${name(refusal.by)} pressed Approve already: it is being sent to Fleet, and nothing is called ordered before Fleet confirms it. There is nothing left to do here.`;
    case 'expired':
      return `Nothing was changed and nothing was ordered: this request expired ${slackDate(refusal.expiresAt)}.`;
    case 'card_outdated':
      return 'Nothing was ordered: this card was older than the request. It is being brought up to date: please read it again and decide anew.';
    case 'reminded_lately':
      return `Nothing was changed and nothing was ordered: a reminder went out less than four hours ago. The next one is possible ${slackDate(refusal.nextAt)}.`;
    case 'approver_gone':
      return `${name(refusal.approver)} cannot be reached or may no longer sign. Nothing was ordered. Choose another approver on the card.`;
    case 'approver_still_there':
      return `Nothing was changed and nothing was ordered: ${name(refusal.approver)} can be reached again and is still asked to decide.`;
    case 'same_approver':
      return `Nothing was changed and nothing was ordered: ${name(refusal.approver)} is asked already.`;
    case 'ordering_paused':
      return pausedText;
    /* v8 ignore next 2 -- @preserve: the union is closed, the compiler proves that nothing comes here. */
    default:
      return refusal satisfies never;
  }
}

function whyNot(why: Extract<RequestRefusal, { kind: 'not_eligible' }>['why']): string {
  return why === null
    ? 'Admins decide in `/fleet settings` who may.'
    : 'Fleet or Slack does not know them as a colleague of this company.';
}

function decidedText(by: Person | null, state: RequestStateKind): string {
  const who = by === null ? '' : ` by ${name(by)}`;
  switch (state) {
    case 'ordered':
      return `This is already ordered: approved${who}.`;
    case 'declined':
      return `This was already declined${who}. Nothing was ordered.`;
    case 'changes_requested':
      return `Changes were already asked for${who}. Nothing was ordered.`;
    case 'withdrawn':
      return `This was withdrawn${who}. Nothing was ordered.`;
    default:
      return 'This was already closed elsewhere, and this press ordered nothing. The card says how.';
  }
}

/** What the person who acted is told when it was accepted. mrkdwn. */
export const acceptedText = {
  approved: 'Recorded. It is being sent to Fleet; the card says when Fleet has confirmed it.',
  declined: 'Declined. The requester is told, with your reason.',
  changesRequested: 'Sent. The requester can change the cart and send it again.',
  withdrawn: 'Withdrawn. Nothing was ordered; Fleet keeps the devices as an unordered draft.',
} as const;

export function remindedText({ approver }: DeviceRequest): string {
  return `${name(approver)} is reminded.`;
}

function name({ name: given }: Person): string {
  return literal(given);
}

export const couldNotOpenText =
  'Nothing was changed and nothing was ordered: Slack could not open the window in time. Please press again.';

/** Under **New approver**, plain text. Null: the refusal is not about who was named. */
export function newApproverProblem(refusal: RequestRefusal): string | null {
  switch (refusal.kind) {
    case 'own_request':
      return 'Nobody signs their own request: please choose somebody else.';
    case 'not_eligible':
      return 'This person may not sign: please choose somebody else.';
    case 'eligibility_unknown':
      return 'It is not clear just now whether this person may sign: please try again in a minute.';
    case 'same_approver':
      return 'This person is asked already: please choose somebody else.';
    default:
      return null;
  }
}
