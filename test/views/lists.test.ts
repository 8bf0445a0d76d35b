import { describe, expect, it } from 'vitest';
import { createFaults } from '../../sandbox/slack/faults.ts';
import { judgeMessage } from '../../sandbox/slack/judge/judge.ts';
import type { FleetOrderId, RequestId } from '../../src/domain/ids.ts';
import { draftReport } from '../../src/domain/orders/reports.ts';
import type { DeviceRequest } from '../../src/domain/request/request.ts';
import { pageOf } from '../../src/domain/screens.ts';
import type { Message } from '../../src/domain/surfaces.ts';
import { clientStatuses } from '../../src/domain/vocabulary.ts';
import { noticeMessage } from '../../src/views/notice-message.ts';
import { cartListMessage } from '../../src/views/orders/list.ts';
import { sharedStatus } from '../../src/views/orders/shared.ts';
import { orderStatusMessage, statusMessage } from '../../src/views/orders/status.ts';
import { approvalsMessage, approvalsPageOf } from '../../src/views/request/approvals.ts';
import { ageText } from '../../src/views/text.ts';
import { aDraft, aLine, aSnapshot, product } from '../domain/a-line.ts';
import { anna, aRequest } from '../domain/a-request.ts';

const core = { faults: createFaults() };
/** What Slack was given, once its own judge has taken it. */
function taken(message: Message): string {
  expect(judgeMessage(core, { ...message })).toEqual([]);
  return JSON.stringify(message);
}
const evil = `<!channel> *bold* &amp; <https://evil|Approve> \`code\` ${'x'.repeat(10_000)}`;
const value = (page: number) => `signed ${page}`;

const aBigRequest = (index: number, text: string): DeviceRequest =>
  aRequest({
    ...{ id: `r${index}` as RequestId, fleetOrderId: (42 + index) as FleetOrderId, note: text },
    requester: { ...anna, name: text },
    lines: Array.from({ length: 30 }, (_, line) =>
      aLine({ productId: product(line + 1), productName: text, configuration: text, assigneeName: text }),
    ),
    difference: { missing: [{ productId: product(1), name: text, count: 1 }], extra: [], total: null },
  });

describe('the list of carts', () => {
  const list = (text: string) => ({
    ...pageOf(
      Array.from({ length: 40 }, (_, index) => index),
      1,
      15,
    ),
    ...{ filter: 'all' as const, isWhole: true, now: 10 },
    rows: Array.from({ length: 15 }, (_, index) => ({
      ...{ fleetOrderId: index as FleetOrderId, who: text, mode: 'LEASING' as const, since: 1 },
      products: [{ name: text, count: 2 }],
      total: aRequest().total,
      cartState: { kind: 'request' as const, request: aBigRequest(index, text) },
      stuck: 'approver_gone' as const,
    })),
  });

  it('is taken by Slack with and without a table, whatever people wrote, and cuts no row', () => {
    for (const message of Object.values(cartListMessage(list(evil), value))) {
      const text = taken(message);
      expect(text).toContain('16 to 30 of 40');
      expect(text).not.toContain('not shown here');
    }
    expect(taken(cartListMessage(list(evil), value).plain)).not.toContain('<!channel>');
  });

  it.each(['open', 'pending', 'stuck', 'all'] as const)('says what else there is when %s is empty', (filter) => {
    const empty = { ...pageOf([], 0, 15), filter, isWhole: true, now: 1, rows: [] };

    expect(taken(cartListMessage(empty, value).table)).toContain('/fleet');
  });
});

describe('the list of approvals', () => {
  it('shows every request whole enough to decide, with its own buttons, whatever people wrote', () => {
    const cards = [0, 1, 2].map((index) => {
      const request = aBigRequest(index, evil);
      return { request, side: 'approver' as const, buttonValue: 'v'.repeat(1_500), devices: [] };
    });

    const shown = approvalsMessage(pageOf(cards, 0, 3), value);

    const text = taken(shown);
    expect(text).not.toContain('<!channel>');
    expect(text).not.toContain('not shown here');
    expect(text.match(/approve_request/g)).toHaveLength(3);
    expect(text.match(/show_all_lines/g)).toHaveLength(3);
    expect(text.match(/and 26 more rows/g)).toHaveLength(3);
  });

  it('knows the page that a press came from', () => {
    expect(approvalsPageOf('approvals.3.rabc')).toBe(3);
    expect(approvalsPageOf('status_share')).toBeNull();
  });
});

describe('a status', () => {
  it('is taken by Slack however much there is, and says what was left out', () => {
    const items = Array.from({ length: 20 }, (_, index) => ({
      request: aBigRequest(index, evil),
      stateInFleet: { kind: 'order' as const, clientStatus: evil, orderNumber: evil, deviceNames: [evil] },
    }));

    const text = taken(statusMessage({ draft: null, items, hasOlder: true, waiting: 2 }, { whose: evil }));

    expect(text).not.toContain('<!channel>');
    expect(text).toContain('more: add a number to');
    expect(text).toContain('2 requests waiting for approval by');
  });
});

describe('a cart that is not sent', () => {
  it.each(['cart', 'order'] as const)('is taken by Slack while it is a %s there, in full and in a channel', (kind) => {
    const { lines } = aBigRequest(1, evil);
    const holds = aSnapshot([101, 102], '1.00', { names: [evil, null] });
    const draft = draftReport(aDraft({ lines, standing: 'found', fleetHolds: holds }));
    const inFleet = { cart: { kind: 'cart' as const, purchaserId: null, holds }, order: placed }[kind];
    const declined = { kind: 'declined' as const, by: anna, at: 1, reason: evil };
    const ended = { ...aBigRequest(1, evil), state: declined };
    const fleetOrderId = 42 as FleetOrderId;
    const status = {
      kind: 'draft' as const,
      fleetOrderId,
      whose: evil,
      draft,
      stateInFleet: inFleet,
      lastRequest: ended,
    };
    const foreign = { kind: 'foreign' as const, fleetOrderId, whose: evil, stateInFleet: inFleet };

    for (const one of [status, foreign]) {
      expect(taken(orderStatusMessage(one, { share: 'signed', page: value }))).not.toContain('<!channel>');
      const shared = sharedStatus(one);
      expect(shared === null ? '' : taken(shared)).toContain(' 42');
    }
  });
  const placed = { kind: 'order' as const, clientStatus: evil, orderNumber: evil, deviceNames: [evil, evil] };
});

describe('news of an order', () => {
  it.each(
    clientStatuses.flatMap((one) => (['signatory', 'requester', 'admins'] as const).map((who) => [one, who] as const)),
  )('%s for %s is a whole sentence with a next step', (clientStatus, reader) => {
    const notice = {
      kind: 'order_status',
      reader,
      fleetOrderId: 42 as FleetOrderId,
      clientStatus,
      requester: anna,
    } as const;

    const { text } = noticeMessage(notice);

    expect(text).toMatch(/order 42/i);
    expect(text).toContain('/fleet status 42');
    expect(text).not.toContain('  ');
  });
});

it.each([
  [59_999, 'just now'],
  [60_000, '1 minute'],
  [3_599_999, '59 minutes'],
  [7_200_000, '2 hours'],
  [86_400_000, '1 day'],
  [40 * 86_400_000, '40 days'],
])('%d ms are “%s”', (ms, text) => {
  expect(ageText(ms)).toBe(text);
});
