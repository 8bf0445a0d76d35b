import type { DeviceRequest, RequestState } from '../../domain/request/request.ts';
import { slackDate } from '../dates.ts';
import { clientStatusText, placeOnTheWay } from '../status/client-status-text.ts';
import { literal, quote } from '../text.ts';

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
