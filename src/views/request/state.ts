import { type OrderStage, orderStages, statusInfo } from '../../domain/orders/follow.ts';
import type { Person } from '../../domain/people/people.ts';
import type { RequestRefusal } from '../../domain/request/decide.ts';
import {
  type Despite,
  type DeviceRequest,
  isBeingChecked,
  type RequestState,
  type RequestStateKind,
} from '../../domain/request/request.ts';
import { isKnownClientStatus, type KnownClientStatus } from '../../domain/vocabulary.ts';
import { pausedText } from '../notices.ts';
import { noMatchText } from '../people/link.ts';
import { literal, quote, slackDate } from '../text.ts';

/** The words say everything; the icon only repeats them. */
const words: Readonly<Record<KnownClientStatus, { readonly icon: string; readonly text: string }>> = {
  RECEIVED: { icon: '📥', text: 'Received by Fleet' },
  BEING_PROCESSED: { icon: '🔄', text: 'Being processed by Fleet' },
  FINANCING_REQUEST: { icon: '🏦', text: 'Arranging financing' },
  DOC_REQUIRED: { icon: '📄', text: 'Fleet needs a document' },
  SIGNING: { icon: '✍️', text: 'Waiting for the contract to be signed' },
  PROCESSING: { icon: '🛠️', text: 'Preparing' },
  SHIPPED: { icon: '🚚', text: 'Shipped' },
  RECEPTION_TO_CONFIRM: { icon: '📦', text: 'Delivered, receipt to be confirmed' },
  ONGOING_ORDER: { icon: '✅', text: 'Delivered and in use' },
  PENDING_DECISION: { icon: '⏳', text: 'Fleet is waiting for a decision' },
  EQUIPMENT_TO_SEND: { icon: '↩️', text: 'Equipment to be sent' },
  ARCHIVED: { icon: '🗄️', text: 'Archived' },
  FAILED: { icon: '❌', text: 'Failed' },
  UNKNOWN: { icon: '❔', text: 'Fleet gives no status' },
};

const stageNames: Readonly<Record<OrderStage, string>> = {
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
  return orderStages
    .filter((one) => one !== 'closed')
    .map((one) => (one === stage ? `*${stageNames[one]}*` : stageNames[one]))
    .join(' → ');
}

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
      return `${nameOf(refusal.requester)} has left, or is a different person in Fleet than when this was sent, so nothing was ordered. Decline the request; anyone who still needs the devices can order them again.`;
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
      return 'Already closed outside Slack. The card says how.';
  }
}

/** Confirms an accepted act to the person who did it. mrkdwn. */
export const acceptedText = {
  approved: 'Recorded. Sending it to Fleet; the card shows when Fleet has confirmed the order.',
  declined: 'Declined. The requester will see your reason.',
  changesRequested: 'Sent. The requester can edit the cart and send it again.',
  withdrawn: "Withdrawn. We're checking with Fleet that nothing was ordered; the card shows it.",
} as const;

/** Said before Slack has taken the reminder. */
export function remindedText({ approver }: DeviceRequest): string {
  return `Sending ${nameOf(approver)} a reminder. We'll tell you if it can't be delivered.`;
}

function nameOf({ name }: Pick<Person, 'name'>): string {
  return literal(name);
}

export const couldNotOpenText = "Slack couldn't open the window in time. Please press again.";

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

type Side = 'approver' | 'requester';

/** How each state begins on a card: an approver's and a requester's, in every state. */
export const stateTitles: Readonly<Record<RequestStateKind, string>> = {
  pending: 'Waiting for',
  validating: 'Sending to Fleet…',
  unconfirmed: 'Confirming with Fleet…',
  ordered: 'Ordered.',
  declined: 'Declined',
  changes_requested: 'Changes requested',
  withdrawn: 'Withdrawn',
  expired: 'Expired',
  closed_elsewhere: 'Closed outside Slack:',
};

export const nothingOrderedText = 'Nothing was ordered.';
export const checkingText = 'Checking with Fleet that nothing was ordered.';
/** What to do about an order that people were told wouldn't be one. */
export const unwantedText = "If it isn't wanted, ask Fleet to cancel it.";

/** "although Clara Rossi had declined it". mrkdwn. */
export function despiteText(despite: Despite): string {
  switch (despite.kind) {
    case 'declined':
      return `although ${nameOf(despite.by)} had declined it`;
    case 'changes_requested':
      return `although ${nameOf(despite.by)} had asked for changes`;
    case 'withdrawn':
      return `although ${nameOf(despite.by)} had withdrawn it`;
    case 'expired':
      return 'although it had expired without a decision';
    case 'pending':
      return "although we'd said that it didn't go through";
    case 'gone':
      return 'although Fleet had no longer shown its cart';
  }
}

/** The request's state, who decided, and whether anything was ordered where that could be doubted. mrkdwn. */
export function stateText(request: DeviceRequest, side: Side): string {
  const { state } = request;
  const title = `*${stateTitles[state.kind]}*`;
  const checking = isBeingChecked(request) ? ` ${checkingText}` : '';
  const ordered = checking || ` ${nothingOrderedText}`;
  switch (state.kind) {
    case 'pending':
      return pendingText(request, side);
    case 'validating':
      return `${title} ${state.isBusy === true ? "Fleet is busy; we'll keep trying. " : ''}${nameOf(state.by)} pressed Approve ${slackDate(state.at)}. Nothing is ordered until Fleet confirms it.`;
    case 'unconfirmed':
      return `${title} ${nameOf(state.by)} pressed Approve ${slackDate(state.at)}, and Fleet's answer was unclear: it may or may not be ordered. This can take a few minutes; you don't need to do anything.`;
    case 'ordered':
      return orderedText(state);
    case 'declined':
      return `${title} by ${nameOf(state.by)} ${slackDate(state.at)}.${ordered}\n${quote(state.reason, 1000)}`;
    case 'changes_requested':
      return `${title} by ${nameOf(state.by)} ${slackDate(state.at)}. The cart can be edited and sent again.${checking}\n${quote(state.wish, 1000)}`;
    case 'withdrawn':
      return `${title} by ${nameOf(state.by)} ${slackDate(state.at)}.${checking}`;
    case 'expired':
      return `${title} ${slackDate(state.at)} without a decision.${ordered}`;
    case 'closed_elsewhere':
      return closedText(state);
  }
}

function pendingText({ approver, approverGone, expiresAt }: DeviceRequest, side: Side): string {
  if (approverGone) {
    const gone = `*${approverGoneText(approver)}*`;
    return side === 'requester' ? `${gone} Choose another approver.` : gone;
  }
  const whom = side === 'approver' ? 'you' : literal(approver.name);
  return `*${stateTitles.pending} ${whom}* · expires ${slackDate(expiresAt)}`;
}

/** On a former approver's card. */
export function reassignedText({ approver }: DeviceRequest): string {
  return `*Reassigned* to ${nameOf(approver)}.`;
}

/** mrkdwn. */
function approverGoneText(approver: Person): string {
  return `${nameOf(approver)} can't be reached or is no longer an approver.`;
}

export const signatoryUnconfirmedText = "Fleet hasn't confirmed the signatory.";

function orderedText(state: RequestState & { readonly kind: 'ordered' }): string {
  const who = state.signatoryConfirmed
    ? `*${stateTitles.ordered}* Approved by ${nameOf(state.by)} ${slackDate(state.at)}.`
    : `*${stateTitles.ordered}* ${nameOf(state.by)} pressed Approve. ${signatoryUnconfirmedText} Found ordered ${slackDate(state.at)}.`;
  return withStatus(`${who}${afterAllText(state)}`, state.clientStatus);
}

function afterAllText({ despite }: { readonly despite?: Despite }): string {
  return despite === undefined ? '' : ` Fleet ordered this ${despiteText(despite)}. ${unwantedText}`;
}

const putAwayText = "Fleet doesn't say whether it was ordered. An admin can check in Fleet.";

function closedText(state: RequestState & { readonly kind: 'closed_elsewhere' }): string {
  if (state.how === 'gone') {
    return `*${stateTitles.closed_elsewhere}* Fleet no longer has this cart (seen ${slackDate(state.at)}). Nothing was ordered from here.`;
  }
  const how = state.isPutAway === true ? putAwayText : `ordered directly in Fleet (seen ${slackDate(state.at)}).`;
  const afterAll = state.isPutAway === true ? '' : afterAllText(state);
  const text = `*${stateTitles.closed_elsewhere}* ${how}${afterAll}`;
  return state.clientStatus === null ? text : withStatus(text, state.clientStatus);
}

function withStatus(text: string, clientStatus: string): string {
  return [text, clientStatusText(clientStatus), placeOnTheWay(clientStatus)].filter((line) => line !== '').join('\n');
}

/** For a shared copy: no names, reasons or notes. */
export function publicStateText(request: DeviceRequest): string {
  const { state } = request;
  switch (state.kind) {
    case 'pending':
      return '*Waiting for approval*';
    case 'validating':
    case 'unconfirmed':
      return '*Sending to Fleet…*';
    case 'ordered':
      return withStatus('*Ordered*', state.clientStatus);
    case 'declined':
    case 'changes_requested':
    case 'withdrawn':
    case 'expired':
      return isBeingChecked(request) ? `*Closed.* ${checkingText}` : '*Not ordered*';
    case 'closed_elsewhere':
      if (state.how === 'gone') return '*Closed in Fleet*';
      if (state.isPutAway === true) return withStatus('*Closed in Fleet*', state.clientStatus ?? '');
      return state.clientStatus === null ? '*Ordered in Fleet*' : withStatus('*Ordered in Fleet*', state.clientStatus);
  }
}
