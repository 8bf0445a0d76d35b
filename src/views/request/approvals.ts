import type { KnownBlock } from '@slack/types';
import type { Deputy } from '../../domain/request/decide.ts';
import type { RequestCard } from '../../domain/request/request.ts';
import type { PageOf } from '../../domain/screens.ts';
import type { Message } from '../../domain/surfaces.ts';
import { context, type PageValue, pagingButtons, rangeText, section } from '../blocks.ts';
import { message } from '../guard.ts';
import { failureText, sentence } from '../notices.ts';
import { deputyBlocks } from '../people/deputy.ts';
import { clipMrkdwn, counted, isBlank, literal, modeLabel, quote, slackDate } from '../text.ts';
import { cardButtons, cardTitles, sentBackTitle } from './card.ts';
import { deviceCount, differenceText, followUpText, modeOf, rowTexts, totalText } from './rows.ts';
import { whyAskedText } from './state.ts';

const ROWS = 4;
const ROW_CHARACTERS = 600;

/** Marks a press in this list, which is drawn again afterwards. */
const BLOCK = 'approvals';

export function approvalsPageOf(blockId: string): number | null {
  const [, page] = /^approvals\.(\d{1,4})\./u.exec(blockId) ?? [];
  return page === undefined ? null : Number(page);
}

const nothingWaitsText =
  'Nothing is waiting for your approval. `/fleet status` shows your own cart, requests and orders.';

/** "1 request is waiting for your approval" */
export function waitingText(count: number): string {
  return `${counted(count, 'request')} ${count === 1 ? 'is' : 'are'} waiting for your approval`;
}

/** `/fleet approvals`: each request with its card's buttons. */
export function approvalsMessage(
  waiting: PageOf<RequestCard>,
  value: PageValue,
  /** The reader's backup; left out unless the reader is an approver. */
  away?: { readonly deputy: Deputy | null },
): Message {
  const deputy = away === undefined ? [] : deputyBlocks(away.deputy);
  if (waiting.count === 0) {
    const { text, blocks } = sentence(nothingWaitsText);
    return { text, blocks: [...blocks, ...deputy] };
  }
  const title = waitingText(waiting.count);
  const range = waiting.rows.length === waiting.count ? '' : ` · ${rangeText(waiting)}`;
  return message(title, [
    section(`*${title}*${range}, oldest first`),
    ...waiting.rows.flatMap((card) => [
      { type: 'divider' as const },
      ...approvalBlocks(card, `${BLOCK}.${waiting.page}.${card.request.id}`),
    ]),
    context('What you decide here also updates the cards in your messages.'),
    ...pagingButtons(waiting, value),
    ...deputy,
  ]);
}

/** Everything an approver has to read before deciding, with the card's buttons. */
export function approvalBlocks({ request, buttonValue, devices }: RequestCard, blockId: string): KnownBlock[] {
  const { requester, fleetOrderId, note, expiresAt, difference, problem, lines, reassigned } = request;
  const rows = rowTexts(request);
  const left = rows.length - ROWS;
  const mode = modeOf(request);
  const facts = [
    `*Total:* ${totalText(request.total, mode)}${mode === null ? '' : ` · ${modeLabel(mode)}`}`,
    ...(isBlank(note) ? [] : [quote(note, 200)]),
    ...devices.map(
      ({ name, count }) => `${literal(name)} has ${count === 0 ? 'no devices yet' : counted(count, 'device')}`,
    ),
    `Expires ${slackDate(expiresAt)}`,
    ...(reassigned === undefined ? [] : [whyAskedText(reassigned, 'approver')]),
  ];
  const followUp = followUpText(request);
  const buttons =
    buttonValue === null ? [] : cardButtons({ request, side: 'approver', value: buttonValue, isClipped: true });
  return [
    section(`*${literal(requester.name)} ${cardTitles.approver}: ${deviceCount(request)} (order ${fleetOrderId})*`),
    section(
      [
        ...rows.slice(0, ROWS).map((row) => clipMrkdwn(row, ROW_CHARACTERS)),
        ...(left > 0 ? [`… and ${counted(left, 'more row')}. *Show all devices* lists them all.`] : []),
      ].join('\n'),
    ),
    section(facts.join('\n')),
    ...(followUp === null ? [] : [section(followUp)]),
    ...(difference === null ? [] : [section(differenceText(difference, lines.length === 0))]),
    ...(problem === null ? [] : [section(`*${sentBackTitle(problem)}* ${failureText(problem, 'approval')}`)]),
    ...buttons.map((block) => ({ ...block, block_id: blockId })),
  ];
}
