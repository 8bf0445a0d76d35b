import { type OrderStage, orderStages, statusInfo } from '../../domain/orders/follow.ts';
import type { Person } from '../../domain/people/people.ts';
import {
  type Despite,
  type DeviceRequest,
  isBeingChecked,
  type RequestState,
  type RequestStateKind,
} from '../../domain/request/request.ts';
import { isKnownClientStatus, type KnownClientStatus } from '../../domain/vocabulary.ts';
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

const stageNames: Readonly<Record<Exclude<OrderStage, 'closed'>, string>> = {
  received: 'Received',
  paperwork: 'Paperwork',
  preparing: 'Preparing',
  shipping: 'On its way',
  in_use: 'In use',
};

/** "🚚 Shipped". A status that is newer than this code is shown as it comes, escaped. mrkdwn. */
export function clientStatusText(clientStatus: string): string {
  if (!isKnownClientStatus(clientStatus)) return `❔ ${literal(clientStatus, 60) || 'No status'}`;
  const { icon, text } = words[clientStatus];
  return `${icon} ${text}`;
}

/** "Received → Paperwork → Preparing → *On its way* → In use"; empty off that way, and where Fleet does not say. mrkdwn. */
export function placeOnTheWay(clientStatus: string): string {
  const { stage } = statusInfo(clientStatus);
  if (stage === null || stage === 'closed') return '';
  return orderStages
    .filter((one) => one !== 'closed')
    .map((one) => (one === stage ? `*${stageNames[one]}*` : stageNames[one]))
    .join(' → ');
}

/** Confirms an accepted act to the person who did it. mrkdwn. */
export const acceptedText = {
  approved: 'Recorded. Sending it to Fleet; the card shows when Fleet has confirmed the order.',
  declined: 'Declined. The requester will see your reason.',
  changesRequested: 'Sent. The requester can edit the cart and send it again.',
  withdrawn:
    "Withdrawn. We're checking with Fleet that nothing was ordered; the card shows it. `/fleet cart` can put the devices back in your cart.",
} as const;

/** Said before Slack has taken the reminder. */
export function remindedText({ approver }: DeviceRequest): string {
  return `Sending ${nameOf(approver)} a reminder. We'll tell you if it can't be delivered.`;
}

export function nameOf({ name }: Pick<Person, 'name'>): string {
  return literal(name);
}

export const couldNotOpenText = "Slack couldn't open the window in time. Please press again.";

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
  closed_elsewhere: 'Closed in Fleet:',
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

/** On a request whose cart was sent again: what became of its number is said of the newer one. */
export const sentAgainText = 'It has been sent again; see the newer request.';

/** Only on the requester's side. */
export const putBackText = 'The devices can be put back in the cart.';

/** Not after Redis lost its lines, which Fleet doesn't return. */
function mayBePutBack({ lines, isSuperseded }: DeviceRequest): boolean {
  return lines.length > 0 && isSuperseded !== true;
}

/** The request's state, who decided, and whether anything was ordered where that could be doubted. mrkdwn. */
export function stateText(request: DeviceRequest, side: Side): string {
  const { state } = request;
  const title = `*${stateTitles[state.kind]}*`;
  const after = afterEndText(request);
  const checking = after === null ? '' : ` ${after}`;
  const ordered = ` ${after ?? nothingOrderedText}`;
  const kept = side === 'requester' && mayBePutBack(request) ? ` ${putBackText}` : '';
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
      return `${title} by ${nameOf(state.by)} ${slackDate(state.at)}.${ordered}${kept}\n${quote(state.reason, 1000)}`;
    case 'changes_requested': {
      const next = request.isSuperseded === true ? '' : ' The cart can be edited and sent again.';
      return `${title} by ${nameOf(state.by)} ${slackDate(state.at)}.${next}${checking}\n${quote(state.wish, 1000)}`;
    }
    case 'withdrawn':
      return `${title} by ${nameOf(state.by)} ${slackDate(state.at)}.${checking}${kept}`;
    case 'expired':
      return `${title} ${slackDate(state.at)} without a decision.${ordered}${kept}`;
    case 'closed_elsewhere':
      return closedText(state);
  }
}

/** Null: nothing was ordered, or needn't be said so. */
function afterEndText(request: DeviceRequest): string | null {
  if (request.isSuperseded === true) return sentAgainText;
  return isBeingChecked(request) ? checkingText : null;
}

function pendingText(
  { approver, approverGone, expiresAt, reassigned, lastRemindedAt }: DeviceRequest,
  side: Side,
): string {
  if (approverGone) {
    const gone = `*${approverGoneText(approver)}*`;
    return side === 'requester' ? `${gone} Choose another approver.` : gone;
  }
  const whom = side === 'approver' ? 'you' : literal(approver.name);
  const why = reassigned === undefined ? '' : whyAskedText(reassigned, side);
  const reminded = side === 'approver' || lastRemindedAt === null ? '' : `Last reminder: ${slackDate(lastRemindedAt)}`;
  return [`*${stateTitles.pending} ${whom}* · expires ${slackDate(expiresAt)}`, why, reminded]
    .filter((one) => one !== '')
    .join('\n');
}

/** Why this approver is asked and not the one before. Empty to a requester, who chose them. */
export function whyAskedText({ from, by }: NonNullable<DeviceRequest['reassigned']>, side: Side): string {
  const before = nameOf(from);
  if (by === null)
    return side === 'approver'
      ? `You're ${before}'s backup, and they're away.`
      : `${before} is away; this is their backup.`;
  if (by.slackUserId === from.slackUserId)
    return side === 'approver' ? `${before} reassigned this to you.` : `Reassigned by ${before}.`;
  return side === 'approver' ? `${nameOf(by)} asked you instead of ${before}.` : '';
}

/** On a former approver's card. */
export function reassignedText({ approver, reassigned }: DeviceRequest): string {
  const by = reassigned?.by ?? null;
  const who = by === null || by.slackUserId === reassigned?.from.slackUserId ? '' : ` by ${nameOf(by)}`;
  return `*Reassigned*${who} to ${nameOf(approver)}, who decides now.`;
}

/** mrkdwn. */
export function approverGoneText(approver: Person): string {
  return `${nameOf(approver)} can't be reached or is no longer an approver.`;
}

export const signatoryUnconfirmedText = "Fleet hasn't confirmed the signatory.";

export const failedText =
  "Fleet didn't complete this order. An admin can see why in Fleet's cockpit; order again if it's still needed.";

/**
 * An order that is over is called what Fleet calls it, and not "Ordered" above "Failed". `facts`: who approved it, or
 * where it was ordered. Null: it isn't over.
 */
function overText(
  state: RequestState & { readonly kind: 'ordered' | 'closed_elsewhere' },
  facts: string,
): string | null {
  const { clientStatus, despite } = state;
  if (clientStatus === null || !statusInfo(clientStatus).isOver) return null;
  const afterAll = despite === undefined ? '' : ` Fleet had ordered this ${despiteText(despite)}.`;
  return `*${clientStatusText(clientStatus)}.* ${facts}${afterAll}${clientStatus === 'FAILED' ? ` ${failedText}` : ''}`;
}

function orderedText(state: RequestState & { readonly kind: 'ordered' }): string {
  const approved = state.signatoryConfirmed
    ? `Approved by ${nameOf(state.by)} ${slackDate(state.at)}.`
    : `${nameOf(state.by)} pressed Approve. ${signatoryUnconfirmedText} Found ordered ${slackDate(state.at)}.`;
  const over = overText(state, approved);
  if (over !== null) return over;
  return withStatus(`*${stateTitles.ordered}* ${approved}${afterAllText(state)}`, state.clientStatus);
}

function afterAllText({ despite }: { readonly despite?: Despite }): string {
  return despite === undefined ? '' : ` Fleet ordered this ${despiteText(despite)}. ${unwantedText}`;
}

/** Fleet doesn't say, and Redis may have forgotten an approval. */
export const unknownSignerText = 'We have no record of who ordered it.';

export const putAwayText = "Fleet doesn't say whether it was ordered. An admin can check in Fleet.";

function closedText(state: RequestState & { readonly kind: 'closed_elsewhere' }): string {
  if (state.how === 'gone') {
    return `*${stateTitles.closed_elsewhere}* Fleet no longer has this cart (seen ${slackDate(state.at)}). Nothing was ordered from here.`;
  }
  const over =
    state.isPutAway === true
      ? null
      : overText(state, `Ordered in Fleet (seen ${slackDate(state.at)}). ${unknownSignerText}`);
  if (over !== null) return over;
  const how = state.isPutAway === true ? putAwayText : `ordered (seen ${slackDate(state.at)}). ${unknownSignerText}`;
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
      return publicOrderText('*Ordered*', state.clientStatus);
    case 'declined':
    case 'changes_requested':
    case 'withdrawn':
    case 'expired':
      if (request.isSuperseded === true) return '*Sent again*';
      return isBeingChecked(request) ? `*Closed.* ${checkingText}` : '*Not ordered*';
    case 'closed_elsewhere':
      if (state.how === 'gone') return '*Closed in Fleet*';
      if (state.isPutAway === true) return withStatus('*Closed in Fleet*', state.clientStatus ?? '');
      return state.clientStatus === null
        ? '*Ordered in Fleet*'
        : publicOrderText('*Ordered in Fleet*', state.clientStatus);
  }
}

function publicOrderText(ordered: string, clientStatus: string): string {
  return statusInfo(clientStatus).isOver ? `*${clientStatusText(clientStatus)}*` : withStatus(ordered, clientStatus);
}
