import { describe, expect, it } from 'vitest';
import type { SlackUserId } from '../../../src/domain/ids.ts';
import type { DeviceRequest } from '../../../src/domain/request/request.ts';
import { pageOf } from '../../../src/domain/screens.ts';
import { deputyTitle } from '../../../src/views/people/deputy.ts';
import { approvalBlocks, approvalsMessage, waitingText } from '../../../src/views/request/approvals.ts';
import { aSnapshot, euros } from '../../domain/a-line.ts';
import { aRequest, dan, SENT_AT } from '../../domain/a-request.ts';
import { wordsOfMessage } from '../taken-by-slack.ts';

const card = (over: Partial<DeviceRequest> = {}) => ({
  ...{ request: aRequest(over), side: 'approver' as const, buttonValue: 'signed', devices: [] },
});
const shows = (...cards: readonly ReturnType<typeof card>[]) =>
  wordsOfMessage(approvalsMessage(pageOf(cards, 0, 3), (page) => `signed ${page}`));

describe('what an approver must have read before deciding', () => {
  it('is who asks, every row, total and mode, the note and the deadline', () => {
    const [title, who, rows, facts] = shows(card());

    expect(title).toBe(`*${waitingText(1)}*, oldest first`);
    expect(who).toBe('*Anna Keller needs your approval: 2 devices (order 42)*');
    expect(rows).toMatch(/^\*MacBook Pro 14\* · M4 · 16 GB · 512 GB × 2\nFrance/u);
    expect(facts).toMatch(/^\*Total:\* €109\.80\/month · Lease\n> For the new office\nExpires <!date[^>]*>$/u);
  });

  it('is why they are asked, and what changed since an earlier request', () => {
    const change = { removed: [], added: [], hasOtherChanges: false, mode: null, total: null };
    const words = shows(
      card({
        reassigned: { from: dan, by: dan },
        followUp: { end: 'declined', by: dan, change },
      }),
    );

    expect(words[3]).toContain("Dan O'Neil reassigned this to you.");
    expect(words[4]).toBe("*Sent again* after Dan O'Neil declined it. Nothing was changed.");
  });

  it('says which of many are shown, with the way to the others', () => {
    const words = wordsOfMessage(
      approvalsMessage(
        pageOf(
          Array.from({ length: 5 }, () => card()),
          1,
          2,
        ),
        (page) => `signed ${page}`,
      ),
    );

    expect(words[0]).toBe('*5 requests are waiting for your approval* · 3 to 4 of 5, oldest first');
    expect(words.slice(-2)).toEqual(['Previous', 'Next']);
  });

  it('names no mode after the lines were lost: Fleet does not give it back', () => {
    const total = { fleet: euros('150.00'), ours: [], unpriced: 0 };
    const [, , rows, facts] = shows(
      card({ lines: [], expectedInFleet: aSnapshot([101, 101], '150.00'), total, note: '' }),
    );

    expect(rows).toBe('*Device 101* × 2');
    expect(facts).toMatch(/^\*Total:\* €150\.00\nExpires /u);
  });

  it('holds why Fleet refused the last time', () => {
    const problem = {
      operation: 'validateCart',
      kind: 'rejected',
      code: 'PAYMENT_METHOD_REQUIRED',
      status: 400,
    } as const;

    expect(shows(card({ problem }))[4]).toMatch(/^\*Fleet rejected the order\.\* .*payment method/u);
  });

  it.each([
    [0, 'Anna Keller has no devices yet'],
    [1, 'Anna Keller has 1 device'],
    [2, 'Anna Keller has 2 devices'],
  ])('says what the people it is for already have: %d', (count, said) => {
    const devices = [{ name: 'Anna Keller', count, devices: [] }];
    const blocks = approvalBlocks({ ...card(), devices }, 'approvals.0.req1');

    expect(wordsOfMessage({ text: 'Approvals', blocks })[2]?.split('\n')).toContain(said);
  });

  it('has no buttons where nothing can be signed with them', () => {
    const blocks = approvalBlocks({ ...card(), buttonValue: null }, 'approvals.0.req1');

    expect(blocks.map(({ type }) => type)).toEqual(['section', 'section', 'section']);
  });
});

describe('being away', () => {
  const empty = pageOf<ReturnType<typeof card>>([], 0, 3);

  it('is offered below the list, also of nothing, and to approvers only', () => {
    const deputy = { slackUserId: 'U0DAN' as SlackUserId, until: SENT_AT };
    const below = (away?: { deputy: typeof deputy | null }) =>
      wordsOfMessage(approvalsMessage(empty, () => 'signed', away)).slice(1);

    expect(below()).toEqual([]);
    expect(below({ deputy: null })).toEqual([deputyTitle]);
    expect(below({ deputy })).toEqual([expect.stringContaining('<@U0DAN> is asked instead of you'), "I'm back"]);
  });
});
