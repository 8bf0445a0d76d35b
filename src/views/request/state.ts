import { statusInfo, type WayStage, wayStages } from '../../domain/orders/status.ts';
import type { Person } from '../../domain/people/people.ts';
import type { RequestRefusal } from '../../domain/request/decision.ts';
import type { DeviceRequest, RequestState, RequestStateKind } from '../../domain/request/request.ts';
import { isKnownClientStatus, type KnownClientStatus } from '../../domain/vocabulary.ts';
import { slackDate } from '../format.ts';
import { pausedText } from '../notices.ts';
import { noMatchText } from '../people/link.ts';
import { literal, quote } from '../text.ts';

/** The icon only repeats what the words say: nobody has to see it to know. */
const words: Readonly<Record<KnownClientStatus, { readonly icon: string; readonly text: string }>> = {
  RECEIVED: { icon: '📥', text: 'Received by Fleet' },
  BEING_PROCESSED: { icon: '🔄', text: 'Being processed by Fleet' },
  FINANCING_REQUEST: { icon: '🏦', text: 'Financing is being arranged' },
  DOC_REQUIRED: { icon: '📄', text: 'Fleet needs a document' },
  SIGNING: { icon: '✍️', text: 'The contract waits for a signature' },
  PROCESSING: { icon: '🛠️', text: 'Being prepared' },
  SHIPPED: { icon: '🚚', text: 'Shipped' },
  RECEPTION_TO_CONFIRM: { icon: '📦', text: 'Delivered: reception to be confirmed' },
  ONGOING_ORDER: { icon: '✅', text: 'Delivered and running' },
  PENDING_DECISION: { icon: '⏳', text: 'Fleet waits for a decision' },
  EQUIPMENT_TO_SEND: { icon: '↩️', text: 'Equipment to be sent' },
  ARCHIVED: { icon: '🗄️', text: 'Archived' },
  FAILED: { icon: '❌', text: 'Failed' },
  UNKNOWN: { icon: '❔', text: 'Fleet does not say where it stands' },
};

const stageNames: Readonly<Record<WayStage, string>> = {
  received: 'Received',
  paperwork: 'Paperwork',
  preparing: 'Preparing',
  shipping: 'On its way',
  in_use: 'In use',
  closed: 'Closed',
};

/** "🚚 Shipped". A status that is newer than this code is shown as it comes, escaped. mrkdwn. */
export function clientStatusText(clientStatus: string): string {
  if (!isKnownClientStatus(clientStatus)) return `❔ ${literal(clientStatus, 60) || 'No status'}`;
  const { icon, text } = words[clientStatus];
  return `${icon} ${text}`;
}

/** "Received → Paperwork → Preparing → *On its way* → In use", empty where Fleet does not say. mrkdwn. */
export function placeOnTheWay(clientStatus: string): string {
  const { stage } = statusInfo(clientStatus);
  if (stage === null) return '';
  if (stage === 'closed') return `*${stageNames.closed}*`;
  return wayStages
    .filter((one) => one !== 'closed')
    .map((one) => (one === stage ? `*${stageNames[one]}*` : stageNames[one]))
    .join(' → ');
}

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
      return `Nothing was changed and nothing was ordered by this press: ${nameOf(refusal.approver)} is asked to decide on this request.`;
    case 'not_the_requester':
      return `Nothing was changed and nothing was ordered by this press: only ${nameOf(refusal.requester)} can do this.`;
    case 'own_request':
      return 'Nothing was changed and nothing was ordered: nobody signs their own request. Somebody else who may sign has to.';
    case 'not_eligible':
      return `Nothing was changed and nothing was ordered: this person may not sign. ${whyNot(refusal.why)}`;
    case 'eligibility_unknown':
      return `Nothing was decided: it is not clear just now who may sign. ${noMatchText(refusal.why)}`;
    case 'requester_changed':
      return `Nothing was changed and nothing was ordered: ${nameOf(refusal.requester)} left, or is somebody else in Fleet than when this was sent. Decline it; whoever still needs the devices can order them anew.`;
    case 'already_decided':
      return decidedText(refusal.by, refusal.state);
    case 'being_sent':
      return `${nameOf(refusal.by)} pressed Approve already: it is being sent to Fleet, and nothing is called ordered before Fleet confirms it. There is nothing left to do here.`;
    case 'expired':
      return `Nothing was changed and nothing was ordered: this request expired ${slackDate(refusal.expiresAt)}.`;
    case 'card_outdated':
      return 'Nothing was ordered: this card was older than the request. It is being brought up to date: please read it again and decide anew.';
    case 'reminded_lately':
      return `Nothing was changed and nothing was ordered: a reminder went out less than four hours ago. The next one is possible ${slackDate(refusal.nextAt)}.`;
    case 'approver_gone':
      return `${nameOf(refusal.approver)} cannot be reached or may no longer sign. Nothing was ordered. Choose another approver on the card.`;
    case 'approver_still_there':
      return `Nothing was changed and nothing was ordered: ${nameOf(refusal.approver)} can be reached again and is still asked to decide.`;
    case 'same_approver':
      return `Nothing was changed and nothing was ordered: ${nameOf(refusal.approver)} is asked already.`;
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
  const who = by === null ? '' : ` by ${nameOf(by)}`;
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
  return `${nameOf(approver)} is reminded.`;
}

function nameOf({ name: given }: Person): string {
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

type Side = 'approver' | 'requester';

/** Where the request stands, with who decided and whether anything was ordered. mrkdwn. */
export function stateText(request: DeviceRequest, side: Side): string {
  const { state } = request;
  switch (state.kind) {
    case 'pending':
      return pendingText(request, side);
    case 'validating':
      return `*Sending to Fleet…* ${state.isBusy === true ? 'Fleet is busy: this continues by itself. ' : ''}${name(state.by)} pressed Approve ${slackDate(state.at)}. Nothing is ordered until Fleet confirms it.`;
    case 'unconfirmed':
      return `*Fleet has not answered clearly yet.* ${name(state.by)} pressed Approve ${slackDate(state.at)}. It may or may not be ordered: this is being looked up in Fleet, and nobody has to do anything.`;
    case 'ordered':
      return orderedText(state);
    case 'declined':
      return `*Declined* by ${name(state.by)} ${slackDate(state.at)}. Nothing was ordered.\n${quote(state.reason, 1000)}`;
    case 'changes_requested':
      return `*Changes requested* by ${name(state.by)} ${slackDate(state.at)}. Nothing was ordered; the cart can be edited and sent again.\n${quote(state.wish, 1000)}`;
    case 'withdrawn':
      return `*Withdrawn* by ${name(state.by)} ${slackDate(state.at)}. Nothing was ordered.`;
    case 'expired':
      return `*Expired* ${slackDate(state.at)}: nobody decided in time. Nothing was ordered.`;
    case 'closed_elsewhere':
      return closedText(state);
    /* v8 ignore next 2 -- @preserve: the union is closed, the compiler proves that nothing comes here. */
    default:
      return state satisfies never;
  }
}

function pendingText({ approver, approverGone, expiresAt }: DeviceRequest, side: Side): string {
  if (approverGone) {
    const gone = `*${literal(approver.name)} cannot be reached or may no longer sign.* Nothing was ordered.`;
    return side === 'requester' ? `${gone} Choose another approver.` : gone;
  }
  const whom = side === 'approver' ? 'your' : `${literal(approver.name)}'s`;
  return `*Waits for ${whom} signature* until ${slackDate(expiresAt)}. Nothing is ordered yet.`;
}

/** On the card of somebody who was asked before it was handed over. */
export function handedOverText({ approver }: DeviceRequest): string {
  return `*Handed over* to ${literal(approver.name)}, who now decides. Nothing is ordered yet.`;
}

function orderedText(state: RequestState & { readonly kind: 'ordered' }): string {
  const who = state.signatoryConfirmed
    ? `*Ordered.* Approved by ${name(state.by)} ${slackDate(state.at)}.`
    : `*Ordered.* Fleet did not confirm who signed. ${name(state.by)} pressed Approve; found ordered ${slackDate(state.at)}.`;
  return withStatus(who, state.clientStatus);
}

function closedText(state: RequestState & { readonly kind: 'closed_elsewhere' }): string {
  if (state.how === 'gone') {
    return `*Closed elsewhere:* Fleet no longer has this cart (seen ${slackDate(state.at)}). Nothing was ordered from here.`;
  }
  const text = `*Closed elsewhere:* it was ordered in Fleet itself, not from here (seen ${slackDate(state.at)}).`;
  return state.clientStatus === null ? text : withStatus(text, state.clientStatus);
}

function withStatus(text: string, clientStatus: string): string {
  return [text, clientStatusText(clientStatus), placeOnTheWay(clientStatus)].filter((line) => line !== '').join('\n');
}

/** For a shared copy: no names, reasons or notes. */
export function publicStateText({ state }: DeviceRequest): string {
  switch (state.kind) {
    case 'pending':
      return '*Waits for a signature*';
    case 'validating':
    case 'unconfirmed':
      return '*Sending to Fleet…*';
    case 'ordered':
      return withStatus('*Ordered*', state.clientStatus);
    case 'declined':
    case 'changes_requested':
    case 'withdrawn':
    case 'expired':
      return '*Not ordered*';
    case 'closed_elsewhere':
      if (state.how === 'gone') return '*Closed in Fleet*';
      return state.clientStatus === null ? '*Ordered in Fleet*' : withStatus('*Ordered in Fleet*', state.clientStatus);
    /* v8 ignore next 2 -- @preserve: the union is closed, the compiler proves that nothing comes here. */
    default:
      return state satisfies never;
  }
}

function name({ name: given }: { readonly name: string }): string {
  return literal(given);
}
