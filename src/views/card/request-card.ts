import type { KnownBlock } from '@slack/types';
import type { DeviceRequest, RequestCard } from '../../domain/request/request.ts';
import type { Message } from '../../domain/surfaces.ts';
import { failureText } from '../failure-text.ts';
import { counted, modeLabel } from '../format.ts';
import { message } from '../guard.ts';
import { sharedCard } from '../status/shared-card.ts';
import { literal, mrkdwn, quote } from '../text.ts';
import { cardButtons } from './card-buttons.ts';
import { differenceText } from './card-difference.ts';
import { cardRows, deviceCount, type WholeList } from './card-rows.ts';
import { handedOverText, stateText } from './card-state.ts';
import { modeOf, totalText } from './card-total.ts';

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
