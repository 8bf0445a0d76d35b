import type { ActionsBlock, Button, ConfirmationDialog, KnownBlock } from '@slack/types';
import { type FleetFailure, isRejection } from '../../domain/failures/failure.ts';
import type { DeviceRequest, RequestCard } from '../../domain/request/request.ts';
import type { Message } from '../../domain/surfaces.ts';
import { actions, button, context, section, spoken } from '../blocks.ts';
import { message, textOnly } from '../guard.ts';
import { cardActions } from '../ids.ts';
import { limits } from '../limits.ts';
import { failureText } from '../notices.ts';
import { clip, counted, isBlank, literal, modeLabel, plain, quote } from '../text.ts';
import {
  cardRows,
  deviceCount,
  differenceText,
  followUpText,
  modeOf,
  sharedCard,
  totalText,
  type WholeList,
} from './rows.ts';
import { nothingOrderedText, reassignedText, stateText } from './state.ts';

interface Buttons {
  readonly request: DeviceRequest;
  readonly side: 'approver' | 'requester';
  readonly value: string;
  readonly isClipped: boolean;
}

/** Only a pending request has buttons. */
export function cardButtons({ request, side, value, isClipped }: Buttons): readonly ActionsBlock[] {
  if (request.state.kind !== 'pending') return [];
  const which = whichOrder(request, side);
  const all = isClipped
    ? [button(cardActions.showAllLines, 'Show all devices', spoken(`Show all devices of ${which}`))]
    : [];
  const own = side === 'approver' ? approverButtons(request, which) : requesterButtons(request, which);
  return [actions([...all, ...own].map((one) => ({ ...one, value })))];
}

/** Tells the buttons of several cards apart by ear: "order 42 from Emma Stone: 3 devices, €164.70/month". */
function whichOrder(request: DeviceRequest, side: Buttons['side']): string {
  // A long name leaves room for the rest.
  const from = side === 'approver' ? ` from ${clip(request.requester.name, 24)}` : '';
  return `order ${request.fleetOrderId}${from}: ${deviceCount(request)}, ${totalText(request.total, modeOf(request))}`;
}

function approverButtons(request: DeviceRequest, which: string): Button[] {
  return [
    button(cardActions.approve, 'Approve', {
      style: 'primary',
      confirm: approveDialog(request),
      ...spoken(`Approve ${which}`),
    }),
    button(cardActions.decline, 'Decline', { style: 'danger', ...spoken(`Decline ${which}`) }),
    button(cardActions.askForChanges, 'Ask for changes', spoken(`Ask for changes to ${which}`)),
    button(cardActions.handOver, 'Reassign', spoken(`Reassign ${which}`)),
  ];
}

function requesterButtons(request: DeviceRequest, which: string): Button[] {
  return [
    button(cardActions.withdraw, 'Withdraw', { confirm: withdrawDialog, ...spoken(`Withdraw ${which}`) }),
    request.approverGone
      ? button(cardActions.chooseApprover, 'Choose another approver', {
          style: 'primary',
          ...spoken(`Choose another approver for ${which}`),
        })
      : button(cardActions.remind, 'Remind', spoken(`Remind ${clip(request.approver.name, 24)} of ${which}`)),
  ];
}

const signatureWarning = 'Fleet will name you as the person who signs the contract and gives you signatory permission.';

function approveDialog(request: DeviceRequest): ConfirmationDialog {
  const total = `Total: ${totalText(request.total, modeOf(request))}.`;
  // A total in several currencies can be long: clip it, never the warning.
  const text = `${plain(total, limits.confirmText - signatureWarning.length - 1).text} ${signatureWarning}`;
  return {
    title: plain('Approve this order?', limits.confirmTitle),
    text: plain(text, limits.confirmText),
    confirm: plain('Approve', limits.confirmButton),
    deny: plain('Cancel', limits.confirmButton),
    style: 'primary',
  };
}

const withdrawDialog: ConfirmationDialog = {
  title: plain('Withdraw this request?', limits.confirmTitle),
  text: plain(
    'The devices stay in Fleet as an unordered draft. You can put them back in your cart, change them and send them again.',
    limits.confirmText,
  ),
  confirm: plain('Withdraw', limits.confirmButton),
  deny: plain('Cancel', limits.confirmButton),
  style: 'danger',
};

export function requestCard(card: RequestCard): Message {
  const { request, side, buttonValue } = card;
  if (side === 'shared') return sharedCard(request);
  const rows = cardRows(request, wholeList(card));
  const buttons =
    buttonValue === null ? [] : cardButtons({ request, side, value: buttonValue, isClipped: rows.isClipped });
  return message(headline(card), [
    section(`*${headline(card)}*`),
    ...rows.blocks,
    section(facts(request)),
    ...followUpBlocks(card),
    ...heldBlocks(card),
    ...sentBack(request),
    section(cardStateText(card)),
    ...buttons,
  ]);
}

/** When Slack refuses the full card: the request, its state and its buttons, in as few words as possible. */
export function shortCard(card: RequestCard): Message {
  const { request, side, buttonValue } = card;
  if (side === 'shared') return sharedCard(request);
  const status = `\`/fleet status ${request.fleetOrderId}\` has all the details.`;
  const whole = wholeList(card);
  const where = whole === 'button' ? ` *Show all devices* lists them, and ${status}` : ` ${status}`;
  return message(headline(card), [
    section(`*${headline(card)}*`),
    ...sentBackInShort(card),
    section(`*Total:* ${totalText(request.total, modeOf(request))}\n${cardStateText(card)}`),
    section(`Slack couldn't show the full card.${whole === null ? '' : where}`),
    ...(buttonValue === null ? [] : cardButtons({ request, side, value: buttonValue, isClipped: true })),
  ]);
}

/** When Slack refuses that too: no blocks, which are what it most likely refuses, and the command that has the buttons. */
export function plainCard(card: RequestCard): Message {
  const { request, side, buttonValue } = card;
  if (side === 'shared') return textOnly(sharedCard(request));
  const isAsked = side === 'approver' && buttonValue !== null && request.state.kind === 'pending';
  const where = isAsked
    ? 'Review it in `/fleet approvals` and decide there.'
    : `\`/fleet status ${request.fleetOrderId}\` has the details.`;
  return textOnly(message(`${headline(card)}. Slack couldn't show the card. ${where}`, []));
}

/** A former approver has no buttons and may not look any more; once it's not pending, no one has buttons. */
function wholeList({ request, buttonValue }: RequestCard): WholeList {
  if (buttonValue === null) return null;
  return request.state.kind === 'pending' ? 'button' : 'command';
}

/** A former approver's card says who decides now. */
function cardStateText({ request, side, buttonValue }: RequestCard): string {
  const isFormer = side === 'approver' && buttonValue === null && request.state.kind === 'pending';
  return isFormer ? reassignedText(request) : stateText(request, side === 'approver' ? 'approver' : 'requester');
}

/** Of every card: what its reader may look for, and the demo and tests do. */
export const cardTitles = { approver: 'needs your approval', decided: 'Request from', requester: 'Your request to' };

function headline({ request, side, buttonValue }: RequestCard): string {
  const what = `${deviceCount(request)} (order ${request.fleetOrderId})`;
  if (side === 'requester') return `${cardTitles.requester} ${literal(request.approver.name)}: ${what}`;
  const isAsked = request.state.kind === 'pending' && buttonValue !== null;
  const who = literal(request.requester.name);
  return isAsked ? `${who} ${cardTitles.approver}: ${what}` : `${cardTitles.decided} ${who}: ${what}`;
}

function facts(request: DeviceRequest): string {
  const mode = modeOf(request);
  return [
    `*Total:* ${totalText(request.total, mode)}`,
    mode === null
      ? "We reloaded this request from Fleet, so lease or buy, country, keyboard and recipient aren't shown. Check them in Fleet."
      : `*${modeLabel(mode)}*`,
    ...(isBlank(request.note) ? [] : [`*Note from ${literal(request.requester.name)}:*\n${quote(request.note)}`]),
  ].join('\n');
}

/** What an approver who saw the previous request looks for. */
function followUpBlocks({ request, side }: RequestCard): KnownBlock[] {
  const text = side === 'approver' && request.state.kind === 'pending' ? followUpText(request) : null;
  return text === null ? [] : [section(text)];
}

function heldBlocks({ request, side, devices }: RequestCard): KnownBlock[] {
  if (side !== 'approver' || request.state.kind !== 'pending' || devices.length === 0) return [];
  const lines = devices.map(({ name, count, devices: names }) => {
    if (count === 0) return `${literal(name)} has no devices yet.`;
    const unnamed = count - names.length;
    const more = names.length > 0 && unnamed > 0 ? ` and ${unnamed} more` : '';
    const named = names.length === 0 ? '' : `: ${literal(names.join(', '), 300)}${more}`;
    return `${literal(name)} has ${counted(count, 'device')}${named}`;
  });
  const others = peopleOf(request.lines) - devices.length;
  const more = others > 0 ? [`Devices of ${counted(others, 'other person', 'other people')} aren't shown.`] : [];
  return [context([...lines, ...more].join('\n'))];
}

/** How many named people the devices are for. Not all of them are looked up, and Fleet doesn't answer for all. */
function peopleOf(lines: DeviceRequest['lines']): number {
  const named = lines.flatMap((line) => (line.assigneeName === null ? [] : [line.fleetUserId]));
  return new Set(named.filter((one) => one !== null)).size;
}

/** Fleet rejected it, or was never reached. */
export function sentBackTitle(failure: FleetFailure): string {
  return isRejection(failure) ? 'Fleet rejected the order.' : "The order didn't go through.";
}

/** Why the last Approve came back, until the approver decides again. */
function sentBack({ state, difference, problem, lines }: DeviceRequest): KnownBlock[] {
  if (state.kind !== 'pending') return [];
  return [
    ...(difference === null ? [] : [section(differenceText(difference, lines.length === 0))]),
    ...(problem === null ? [] : [section(`*${sentBackTitle(problem)}* ${failureText(problem, 'approval')}`)]),
  ];
}

/** The same without quoting anyone: those words may be what Slack refuses. The approver still has to know before deciding. */
function sentBackInShort({ request, side, buttonValue }: RequestCard): KnownBlock[] {
  const { state, difference, problem } = request;
  if (state.kind !== 'pending' || (difference === null && problem === null)) return [];
  const happened = [
    ...(difference === null ? [] : ["*Fleet's cart or its price changed since this was sent.*"]),
    ...(problem === null ? [] : [`*${sentBackTitle(problem)}*`]),
    side === 'approver' && buttonValue !== null
      ? 'Review the details in `/fleet approvals` before you decide.'
      : nothingOrderedText,
  ];
  return [section(happened.join(' '))];
}
