import type { ActionsBlock, Button, ConfirmationDialog, KnownBlock } from '@slack/types';
import type { DeviceRequest, RequestCard } from '../../domain/request/request.ts';
import type { Message } from '../../domain/surfaces.ts';
import { counted, modeLabel } from '../format.ts';
import { message } from '../guard.ts';
import { cardActions } from '../ids.ts';
import { limits } from '../limits.ts';
import { failureText } from '../notices.ts';
import { literal, mrkdwn, plain, quote } from '../text.ts';
import { cardRows, deviceCount, differenceText, modeOf, totalText, type WholeList } from './rows.ts';
import { sharedCard } from './shared.ts';
import { handedOverText, stateText } from './state.ts';

interface Buttons {
  readonly request: DeviceRequest;
  readonly side: 'approver' | 'requester';
  readonly value: string;
  readonly isClipped: boolean;
}

/** None once nothing is left to decide, and none while Fleet is asked. */
export function cardButtons({ request, side, value, isClipped }: Buttons): readonly ActionsBlock[] {
  if (request.state.kind !== 'pending') return [];
  const button = (actionId: string, text: string, more: Partial<Button> = {}): Button => ({
    type: 'button',
    action_id: actionId,
    text: plain(text, limits.buttonText),
    value,
    ...more,
  });
  const all = isClipped ? [button(cardActions.showAllLines, 'Show all devices')] : [];
  const own = side === 'approver' ? approverButtons(request, button) : requesterButtons(request, button);
  return [{ type: 'actions', elements: [...all, ...own] }];
}

type MakeButton = (actionId: string, text: string, more?: Partial<Button>) => Button;

function approverButtons(request: DeviceRequest, button: MakeButton): Button[] {
  return [
    button(cardActions.approve, 'Approve', { style: 'primary', confirm: approveDialog(request) }),
    button(cardActions.decline, 'Decline', { style: 'danger' }),
    button(cardActions.askForChanges, 'Ask for changes'),
    button(cardActions.handOver, 'Hand over'),
  ];
}

function requesterButtons(request: DeviceRequest, button: MakeButton): Button[] {
  return [
    button(cardActions.withdraw, 'Withdraw', { confirm: withdrawDialog }),
    request.approverGone
      ? button(cardActions.chooseApprover, 'Choose another approver', { style: 'primary' })
      : button(cardActions.remind, 'Remind'),
  ];
}

const signatureWarning = 'Fleet will name you as the person who signs the contract and gives you signatory permission.';

function approveDialog(request: DeviceRequest): ConfirmationDialog {
  const total = `Total: ${totalText(request.total, modeOf(request))}.`;
  // The total may be long (several currencies): it is what gets clipped, never the warning.
  const text = `${plain(total, limits.confirmText - signatureWarning.length - 1).text} ${signatureWarning}`;
  return {
    title: plain('Approve this order?', limits.confirmTitle),
    text: plain(text, limits.confirmText),
    confirm: plain('Approve', limits.confirmButton),
    deny: plain('Back', limits.confirmButton),
    style: 'primary',
  };
}

const withdrawDialog: ConfirmationDialog = {
  title: plain('Withdraw this request?', limits.confirmTitle),
  text: plain('Nothing is ordered. Fleet keeps the devices as an unordered draft.', limits.confirmText),
  confirm: plain('Withdraw', limits.confirmButton),
  deny: plain('Back', limits.confirmButton),
  style: 'danger',
};

export function requestCard(card: RequestCard): Message {
  const { request, side, buttonValue } = card;
  if (side === 'shared') return sharedCard(request);
  const rows = cardRows(request, wholeList(card));
  const buttons =
    buttonValue === null ? [] : cardButtons({ request, side, value: buttonValue, isClipped: rows.isClipped });
  return message(headline(request, side), [
    section(`*${headline(request, side)}*`),
    ...rows.blocks,
    section(facts(request)),
    ...heldBlocks(card),
    ...sentBack(request),
    section(standingOf(card)),
    ...buttons,
  ]);
}

/** For a Slack that refuses the whole card: what is asked, where it stands and what can be done, in as little as holds it. */
export function shortCard(card: RequestCard): Message {
  const { request, side, buttonValue } = card;
  if (side === 'shared') return sharedCard(request);
  const status = `\`/fleet status ${request.fleetOrderId}\` shows everything about it.`;
  const whole = wholeList(card);
  const where = whole === 'button' ? ` *Show all devices* lists them, and ${status}` : ` ${status}`;
  return message(headline(request, side), [
    section(`*${headline(request, side)}*`),
    ...sentBackInShort(card),
    section(`*Total:* ${totalText(request.total, modeOf(request))}\n${standingOf(card)}`),
    section(`Slack does not take the whole card.${whole === null ? '' : where}`),
    ...(buttonValue === null ? [] : cardButtons({ request, side, value: buttonValue, isClipped: true })),
  ]);
}

/** A former approver may not look any more, and has no buttons; nobody has once it is not pending. */
function wholeList({ request, buttonValue }: RequestCard): WholeList {
  if (buttonValue === null) return null;
  return request.state.kind === 'pending' ? 'button' : 'command';
}

/** A former approver's copy says who decides now. */
function standingOf({ request, side, buttonValue }: RequestCard): string {
  const isFormer = side === 'approver' && buttonValue === null && request.state.kind === 'pending';
  return isFormer ? handedOverText(request) : stateText(request, side === 'approver' ? 'approver' : 'requester');
}

function headline(request: DeviceRequest, side: 'approver' | 'requester'): string {
  const what = `${deviceCount(request)} (order ${request.fleetOrderId})`;
  return side === 'approver'
    ? `${literal(request.requester.name)} asks for a signature: ${what}`
    : `Your request to ${literal(request.approver.name)}: ${what}`;
}

function facts(request: DeviceRequest): string {
  const mode = modeOf(request);
  return [
    `*Total:* ${totalText(request.total, mode)}`,
    mode === null
      ? 'Lease or buy, country, keyboard and person are as Fleet holds them: its answer does not name them.'
      : `*${modeLabel(mode)}*`,
    ...(request.note.trim() === '' ? [] : [`*Note from ${literal(request.requester.name)}:*\n${quote(request.note)}`]),
  ].join('\n');
}

function heldBlocks({ request, side, devices }: RequestCard): KnownBlock[] {
  if (side !== 'approver' || request.state.kind !== 'pending' || devices.length === 0) return [];
  const lines = devices.map(({ name, count, devices: names }) => {
    if (count === 0) return `${literal(name)} has no devices from Fleet yet.`;
    const named = names.length === 0 ? '' : `: ${literal(names.join(', '), 300)}`;
    return `${literal(name)} already has ${counted(count, 'device')}${named}`;
  });
  const others = peopleOf(request.lines) - devices.length;
  const more = others > 0 ? [`What ${counted(others, 'more person has', 'more people have')} is not shown here.`] : [];
  return [{ type: 'context', elements: [mrkdwn([...lines, ...more].join('\n'))] }];
}

/** For how many people with a name the devices are: not all of them are looked up, and not of all Fleet says something. */
function peopleOf(lines: DeviceRequest['lines']): number {
  const named = lines.flatMap((line) => (line.assigneeName === null ? [] : [line.fleetUserId]));
  return new Set(named.filter((one) => one !== null)).size;
}

/** Why the last Approve came back: shown until the approver decides anew. */
function sentBack({ state, difference, problem, lines }: DeviceRequest): KnownBlock[] {
  if (state.kind !== 'pending') return [];
  return [
    ...(difference === null ? [] : [section(differenceText(difference, lines.length === 0))]),
    ...(problem === null ? [] : [section(`*Fleet did not take it.* ${failureText(problem, 'approval')}`)]),
  ];
}

/** The same without the words of others, which may be what Slack does not take: nobody decides without knowing of it. */
function sentBackInShort({ request, side, buttonValue }: RequestCard): KnownBlock[] {
  const { state, difference, problem } = request;
  if (state.kind !== 'pending' || (difference === null && problem === null)) return [];
  const happened = [
    ...(difference === null ? [] : ["*Fleet's cart or its price was changed since this was sent.*"]),
    ...(problem === null ? [] : ['*Fleet did not take it.*']),
    side === 'approver' && buttonValue !== null
      ? '`/fleet approvals` shows all of it: read it before you decide.'
      : 'Nothing was ordered.',
  ];
  return [section(happened.join(' '))];
}

function section(text: string): KnownBlock {
  return { type: 'section', text: mrkdwn(text) };
}
