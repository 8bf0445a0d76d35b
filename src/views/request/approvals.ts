import type { KnownBlock } from '@slack/types';
import type { PageOf } from '../../domain/paging.ts';
import type { Deputy } from '../../domain/request/decide.ts';
import type { RequestCard } from '../../domain/request/request.ts';
import type { Message } from '../../domain/surfaces.ts';
import { type PageValue, pagingButtons, rangeText } from '../blocks.ts';
import { counted, modeLabel, slackDate } from '../format.ts';
import { message } from '../guard.ts';
import { failureText, sentence } from '../notices.ts';
import { deputyBlocks } from '../people/deputy.ts';
import { clipMrkdwn, literal, mrkdwn, quote } from '../text.ts';
import { cardButtons } from './card.ts';
import { deviceCount, differenceText, modeOf, rowTexts, totalText } from './rows.ts';

const ROWS = 4;
const ROW_CHARACTERS = 600;

/** The block that a press in this list comes from: it is shown anew afterwards. */
const BLOCK = 'approvals';

export function approvalsPageOf(blockId: string): number | null {
  const [, page] = /^approvals\.(\d{1,4})\./u.exec(blockId) ?? [];
  return page === undefined ? null : Number(page);
}

const nothingWaitsText = 'Nothing waits for your signature. `/fleet status` lists your own cart, requests and orders.';

/** `/fleet approvals`: each request with the very buttons of its card. */
export function approvalsMessage(
  waiting: PageOf<RequestCard>,
  value: PageValue,
  /** Who is asked in the reader's place; left out for whoever is no approver. */
  away?: { readonly deputy: Deputy | null },
): Message {
  const deputy = away === undefined ? [] : deputyBlocks(away.deputy);
  if (waiting.count === 0) {
    const { text, blocks } = sentence(nothingWaitsText);
    return { text, blocks: [...blocks, ...deputy] };
  }
  const title = `${counted(waiting.count, 'request')} ${waiting.count === 1 ? 'waits' : 'wait'} for your signature`;
  const range = waiting.rows.length === waiting.count ? '' : ` · ${rangeText(waiting)}`;
  return message(title, [
    section(`*${title}*${range}, oldest first`),
    ...waiting.rows.flatMap((card) => [
      { type: 'divider' as const },
      ...approvalBlocks(card, `${BLOCK}.${waiting.page}.${card.request.id}`),
    ]),
    { type: 'context', elements: [mrkdwn('The cards in your chat with Fleet follow what you decide here.')] },
    ...pagingButtons(waiting, value),
    ...deputy,
  ]);
}

/** One request as its approver must read it before deciding, with the buttons of its card. */
export function approvalBlocks({ request, buttonValue, devices }: RequestCard, blockId: string): KnownBlock[] {
  const { requester, fleetOrderId, note, expiresAt, difference, problem, lines } = request;
  const rows = rowTexts(request);
  const left = rows.length - ROWS;
  const mode = modeOf(request);
  const facts = [
    `*Total:* ${totalText(request.total, mode)}${mode === null ? '' : ` · ${modeLabel(mode)}`}`,
    ...(note.trim() === '' ? [] : [quote(note, 200)]),
    ...devices.map(
      ({ name, count }) =>
        `${literal(name)} ${count === 0 ? 'has no devices from Fleet yet' : `already has ${counted(count, 'device')}`}`,
    ),
    `Waits for you until ${slackDate(expiresAt)}. Nothing is ordered yet.`,
  ];
  const buttons =
    buttonValue === null ? [] : cardButtons({ request, side: 'approver', value: buttonValue, isClipped: true });
  return [
    section(`*${literal(requester.name)} asks for a signature: ${deviceCount(request)} (order ${fleetOrderId})*`),
    section(
      [
        ...rows.slice(0, ROWS).map((row) => clipMrkdwn(row, ROW_CHARACTERS)),
        ...(left > 0 ? [`… and ${counted(left, 'more row')}: *Show all devices* lists every one.`] : []),
      ].join('\n'),
    ),
    section(facts.join('\n')),
    ...(difference === null ? [] : [section(differenceText(difference, lines.length === 0))]),
    ...(problem === null ? [] : [section(`*Fleet did not take it.* ${failureText(problem, 'approval')}`)]),
    ...buttons.map((block) => ({ ...block, block_id: blockId })),
  ];
}

function section(text: string): KnownBlock {
  return { type: 'section', text: mrkdwn(text) };
}
