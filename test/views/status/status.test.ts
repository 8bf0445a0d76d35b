import { describe, expect, it } from 'vitest';
import type { FleetOrderId } from '../../../src/domain/ids.ts';
import { rowsOf } from '../../../src/domain/order/order-line.ts';
import type { OrderStatus, PersonStatus } from '../../../src/domain/tracking/status-report.ts';
import { orderStatusMessage, statusMessage } from '../../../src/views/status/status.ts';
import { aDraft, aLine, aSnapshot, euros } from '../../domain/a-line.ts';
import { aRequest } from '../../domain/a-request.ts';
import { wordsOfMessage } from '../taken-by-slack.ts';

const nothing: PersonStatus = { draft: null, items: [], hasOlder: false, waiting: 0 };
const { total } = aRequest();
const rows = rowsOf([aLine()]);
const fleetOrderId = 42 as FleetOrderId;
const rebuilt = aRequest({ lines: [], expectedInFleet: aSnapshot([101, 131, 141]), total: { ...total, ours: [] } });
const shows = (status: Partial<PersonStatus>, whose: string | null = null) =>
  wordsOfMessage(statusMessage({ ...nothing, ...status }, whose));

describe('the status of somebody else, for an admin', () => {
  it('says that there is nothing', () => {
    expect(shows({}, 'Anna <!here>')).toEqual([
      "Anna &lt;!here&gt; has no open cart, request or order here. `/fleet carts` shows everybody's open ones.",
    ]);
  });

  it('shows an open cart without the button that opens one’s own', () => {
    const draft = { cart: aDraft(), rows, total };
    const theirs = shows({ draft }, 'Anna Keller');

    expect(theirs).toHaveLength(2);
    expect(theirs[1]).toMatch(/^\*Open cart\* · not sent yet, nothing is ordered\n\*MacBook Pro 14\*/u);
    expect(shows({ draft })[0]).toMatch(/^\*Your cart\* · not sent yet, nothing is ordered\n\*MacBook Pro 14\*/u);
    expect(shows({ draft })[1]).toBe('Open your cart');
  });
});

describe('the status of one’s own', () => {
  it('says what to do where there is nothing yet', () => {
    expect(shows({})).toEqual([
      'You have no cart, request or order yet. Nothing is ordered. `/fleet order` begins one.',
    ]);
  });

  it.each([
    [1, '1 request waits'],
    [2, '2 requests wait'],
  ])('counts what waits for a signature: %d', (waiting, said) => {
    expect(shows({ waiting })).toEqual([`${said} for your signature: \`/fleet approvals\` shows them.`]);
    expect(shows({ waiting }, 'Clara').at(-1)).toBe(`${said} for the signature of Clara.`);
  });
});

describe('a request that was restored from Fleet', () => {
  it('is listed by how many devices Fleet holds', () => {
    const [text] = shows({ items: [{ request: rebuilt, standing: { kind: 'gone' } }] });

    expect(text).toMatch(
      /^\*Order 42\* · 3 devices\n\*Waits for .*\nFleet no longer has anything under this number\.$/u,
    );
  });

  it('names no mode in full: Fleet does not give it back', () => {
    const full = (request: typeof rebuilt) =>
      wordsOfMessage(orderStatusMessage({ kind: 'request', item: { request, standing: { kind: 'not_asked' } } }, null));

    expect(full(rebuilt)[2]).toBe('*Total:* €109.80\nAsked by Anna Keller, to be signed by Clara Rossi');
    expect(full(aRequest())[2]).toContain('*Total:* €109.80 a month\n*Lease (monthly)*\nAsked by');
  });
});

describe('one cart or order in full', () => {
  const full = (status: OrderStatus, share: string | null = null) => wordsOfMessage(orderStatusMessage(status, share));

  it('shows one’s own cart with the way into it, and nothing to share', () => {
    const price = { fleet: euros('54.90'), ours: [], unpriced: 0 };

    expect(full({ kind: 'own_cart', fleetOrderId, mode: 'BUY', rows, total: price }, 'signed')).toEqual([
      '*Cart 42* · not sent yet, nothing is ordered',
      expect.stringContaining('*MacBook Pro 14*'),
      '*Total:* €54.90 once\n*Buy (once)*',
      'Open your cart',
    ]);
  });

  it('shares what Fleet says of an order that is not ours', () => {
    const standing = { kind: 'gone' } as const;

    expect(full({ kind: 'foreign', fleetOrderId, standing }, 'signed')).toEqual([
      '*Order 42* · not placed through Fleet for Slack\nFleet no longer has anything under this number.',
      'Share in channel',
    ]);
  });

  it.each([
    [{ kind: 'not_found' }, /no cart or order with this number that you can see\. Nothing was changed\./u],
    [{ kind: 'could_not_look' }, /could not be asked just now\. Nothing was changed and nothing was ordered\./u],
  ] as const)('says of $kind that nothing was changed', (status, said) => {
    expect(full(status, 'signed')).toEqual([expect.stringMatching(said)]);
  });
});
