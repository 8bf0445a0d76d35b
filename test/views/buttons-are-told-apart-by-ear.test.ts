import { expect, it } from 'vitest';
import type { FleetOrderId, RequestId } from '../../src/domain/ids.ts';
import type { OrderLine } from '../../src/domain/line.ts';
import type { DeviceRequest, RequestCard } from '../../src/domain/request/request.ts';
import { pageOf } from '../../src/domain/screens.ts';
import { defaultSettings } from '../../src/domain/settings/settings.ts';
import { yourCartModal } from '../../src/views/cart/modal.ts';
import { homeView } from '../../src/views/orders/home.ts';
import { orderStatusMessage } from '../../src/views/orders/status.ts';
import { approvalsMessage } from '../../src/views/request/approvals.ts';
import { requestCard, shortCard } from '../../src/views/request/card.ts';
import { settingsModal } from '../../src/views/settings/root.ts';
import { aDraft, aLine, product } from '../domain/a-line.ts';
import { anna, aRequest, states } from '../domain/a-request.ts';
import { aCartScreen, manyLines } from './a-cart-screen.ts';
import { spokenButtons } from './taken-by-slack.ts';

const requests = (over: Partial<DeviceRequest> = {}): DeviceRequest[] =>
  [1, 2].map((id) => aRequest({ id: `r${id}` as RequestId, fleetOrderId: (41 + id) as FleetOrderId, ...over }));
const cards = (side: RequestCard['side'], over: Partial<DeviceRequest> = {}): RequestCard[] =>
  requests(over).map((request) => ({ request, side, buttonValue: 'signed', devices: [] }));
const items = (over: Partial<DeviceRequest> = {}) =>
  requests(over).map((request) => ({ request, stateInFleet: { kind: 'not_asked' as const }, buttonValue: 'signed' }));
const value = (page: number) => `signed ${page}`;

const aCartReport = { cart: aDraft(), rows: [], held: [], total: aRequest().total };
const home = (own: ReturnType<typeof items>) =>
  homeView({
    trouble: null,
    status: { draft: aCartReport, items: own, hasOlder: false, waiting: 2 },
    items: own,
    waiting: pageOf(cards('approver'), 0, 10),
    company: null,
  });
const cart = (over: Parameters<typeof aCartScreen>[0], lines: readonly OrderLine[]) =>
  yourCartModal(aCartScreen(over, lines), 'signed');
const found = [1, 2].map((id) => ({ productId: product(id), name: 'MacBook Pro 14', count: 1 }));
const longName = { ...anna, name: '😀'.repeat(100) };

/** Each view and message that has rows with buttons, with two rows that are as alike as they can be. */
const shown: readonly (readonly [string, unknown])[] = [
  ['the approvals', approvalsMessage(pageOf(cards('approver'), 0, 3), value)],
  [
    'the approvals of a person with a long name',
    approvalsMessage(pageOf(cards('approver', { requester: longName }), 0, 3), value),
  ],
  ["approvers' cards", cards('approver').map(requestCard)],
  ["requesters' cards", cards('requester').map(requestCard)],
  ["requesters' cards whose approver is gone", cards('requester', { approverGone: true }).map(shortCard)],
  ["requesters' cards whose approver has a long name", cards('requester', { approver: longName }).map(shortCard)],
  ['Home with requests that wait', home(items())],
  ['Home with requests to change', home(items({ state: states.changes_requested }))],
  [
    'orders in full',
    [1, 2].map((id) =>
      orderStatusMessage(
        {
          kind: 'request',
          item: { request: aRequest({ fleetOrderId: id as FleetOrderId }), stateInFleet: { kind: 'not_asked' } },
        },
        { share: 'signed', page: value },
      ),
    ),
  ],
  ['the settings', settingsModal({ settings: defaultSettings, isPaused: true, unmatched: 2 })],
  [
    'the cart with rows for no one yet',
    cart(
      {},
      [1, 2].map((id) => aLine({ productId: product(id), assigneeName: null })),
    ),
  ],
  ['the cart with two rows for one person', cart({}, [aLine(), aLine({ configuration: 'M4 · 32 GB' })])],
  ['the cart with two pages', cart({}, manyLines(90))],
  [
    'the cart with names that begin alike',
    cart(
      {},
      ['a', 'b'].map((end) => aLine({ productName: `${'x'.repeat(100)}${end}` })),
    ),
  ],
  ['the cart with devices of Fleet', cart({ found }, [aLine()])],
];

it.each(shown)('no two buttons sound alike: %s', (_, view) => {
  const buttons = spokenButtons(view);

  expect(buttons.length).toBeGreaterThan(1);
  expect(buttons.filter((one, index) => buttons.indexOf(one) !== index)).toEqual([]);
  for (const one of buttons) {
    expect(one.length).toBeLessThanOrEqual(75);
    expect(Buffer.from(one).toString()).toBe(one);
  }
});

it('says whose order, how many devices and how much it costs, and begins with what the button shows', () => {
  const [approve, decline] = spokenButtons(cards('approver').map(requestCard));
  const [withdraw, remind] = spokenButtons(cards('requester').map(requestCard));

  expect(approve).toBe('Approve order 42 from Anna Keller: 2 devices, €109.80/month');
  expect(decline).toBe('Decline order 42 from Anna Keller: 2 devices, €109.80/month');
  expect(withdraw).toBe('Withdraw order 42: 2 devices, €109.80/month');
  expect(remind).toBe('Remind Clara Rossi of order 42: 2 devices, €109.80/month');
});

it('leaves the next step of a request that was sent again to the newer one', () => {
  const superseded = home(items({ state: states.changes_requested, isSuperseded: true }));

  expect(spokenButtons(superseded).filter((one) => one.startsWith('Open your cart'))).toEqual(['Open your cart']);
});
