import { describe, expect, it } from 'vitest';
import type { FleetOrderId } from '../../../src/domain/ids.ts';
import { draftReport } from '../../../src/domain/orders/reports.ts';
import type { OrderStatus, PersonStatus, StateInFleet } from '../../../src/domain/screens.ts';
import { orderStatusMessage, statusMessage } from '../../../src/views/orders/status.ts';
import type { DraftStatus } from '../../../src/views/orders/status-text.ts';
import { noMatchText } from '../../../src/views/people/link.ts';
import { waitingText } from '../../../src/views/request/approvals.ts';
import { aDraft, aLine, aSnapshot, product } from '../../domain/a-line.ts';
import { aRequest, states } from '../../domain/a-request.ts';
import { wordsOfMessage } from '../taken-by-slack.ts';

const nothing: PersonStatus = { draft: null, items: [], hasOlder: false, waiting: 0 };
const { total } = aRequest();
const fleetOrderId = 42 as FleetOrderId;
const values = { share: null, page: (page: number) => `page ${page}` };
const linesOf = (count: number) =>
  Array.from({ length: count }, (_, index) => aLine({ productId: product(index), productName: `Thing ${index}` }));
const rebuilt = aRequest({ lines: [], expectedInFleet: aSnapshot([101, 131, 141]), total: { ...total, ours: [] } });
const shows = (status: Partial<PersonStatus>, whose: string | null = null) =>
  wordsOfMessage(statusMessage({ ...nothing, ...status }, { whose }));

describe('the status of somebody else, for an admin', () => {
  it('says that there is nothing', () => {
    expect(shows({}, 'Anna <!here>')).toEqual([
      "Anna &lt;!here&gt; has no cart, requests or orders here. `/fleet carts` lists everyone's open ones.",
    ]);
  });

  it('shows an open cart without the button that opens one’s own', () => {
    const draft = draftReport(aDraft());
    const theirs = shows({ draft }, 'Anna Keller');

    expect(theirs).toHaveLength(2);
    expect(theirs[1]).toMatch(/^\*Open cart 42\* · draft, not sent yet\n\*MacBook Pro 14\*/u);
    expect(shows({ draft })[0]).toMatch(/^\*Your cart 42\* · draft, not sent yet\n\*MacBook Pro 14\*/u);
    expect(shows({ draft })[1]).toBe('Open your cart');
    const unsaid = draftReport(aDraft({ fleetOrderId: null, fleetHolds: null }));
    expect(shows({ draft: unsaid })[0]).toMatch(/^\*Your cart\* · draft, not sent yet/u);
  });
});

describe('the status of one’s own', () => {
  it('says what to do where there is nothing yet', () => {
    expect(shows({})).toEqual(['You have no cart, requests or orders yet. `/fleet order` starts one.']);
  });

  it('invites no one to order who cannot', () => {
    const guest = wordsOfMessage(statusMessage(nothing, { noMatch: { kind: 'guest' } })).join();
    expect(guest).toContain(noMatchText({ kind: 'guest' }));
    expect(guest).not.toContain('/fleet order');
  });

  it.each([
    [1, '1 request'],
    [2, '2 requests'],
  ])('counts what waits for approval: %d', (waiting, said) => {
    expect(shows({ waiting })).toEqual([`${waitingText(waiting)}: see \`/fleet approvals\`.`]);
    expect(shows({ waiting }, 'Clara').at(-1)).toBe(`${said} waiting for approval by Clara.`);
  });
});

describe('a large order', () => {
  const request = aRequest({ lines: linesOf(130), state: { ...states.ordered, clientStatus: 'SHIPPED' } });
  const item = { request, stateInFleet: { kind: 'not_asked' } } as const;
  const page = (wanted: number) =>
    wordsOfMessage(orderStatusMessage({ kind: 'request', item }, { ...values, share: 'signed' }, wanted));
  const draft = draftReport(aDraft({ lines: linesOf(130) }));
  const things = (words: readonly string[]) =>
    [...words.join('\n').matchAll(/\*(Thing \d+)\*/gu)].map(([, name]) => name);

  it('keeps its total and its status on each page, and every row is on one of them', () => {
    const shown = [0, 1].map(page);

    for (const words of shown) {
      expect(words.slice(0, 3)).toEqual([
        '*Order 42*',
        expect.stringMatching(/^\*Total:\* €109\.80\/month\n/u),
        expect.stringMatching(/^\*Ordered\.\*[\s\S]*Shipped/u),
      ]);
      expect(words.at(-1)).toBe('Share in channel');
      expect(words.join()).not.toContain('not shown here');
    }
    expect(shown.map((words) => words[3])).toEqual(['Rows 1 to 87 of 130', 'Rows 88 to 130 of 130']);
    expect(shown.map((words) => words.at(-2))).toEqual(['Next', 'Previous']);
    expect(shown.flatMap(things)).toEqual(linesOf(130).map(({ productName }) => productName));
    expect(page(9)).toEqual(shown[1]);
  });

  it('is read whole page by page while it is a cart, too', () => {
    const status = {
      kind: 'draft',
      fleetOrderId,
      whose: null,
      lastRequest: null,
      draft,
      stateInFleet: { kind: 'gone' },
    } as const;
    const shown = [0, 1].map((wanted) => wordsOfMessage(orderStatusMessage(status, values, wanted)));

    for (const words of shown) expect(words[1]).toMatch(/^\*Total:\* /u);
    expect(shown.flatMap(things)).toHaveLength(130);
  });

  it('is named by five rows in the list, which then says where it stands', () => {
    expect(shows({ items: [item] })[0]).toMatch(
      /^\*Order 42\* · Thing 0, .*, Thing 4, … and 125 more rows\n\*Ordered\.\*[\s\S]*Shipped/u,
    );
    expect(shows({ draft })[0]).toMatch(/\*Thing 4\*[\s\S]*\n… and 125 more rows\n\*Total:\* .*$/u);
    const long = aDraft({ lines: linesOf(9).map((line) => ({ ...line, configuration: '&'.repeat(150) })) });
    expect(shows({ draft: draftReport(long) })[0]).toMatch(/\n… and 4 more rows\n\*Total:\* .*$/u);
  });
});

describe('a request that was restored from Fleet', () => {
  it('is listed by how many devices Fleet holds', () => {
    const [text] = shows({ items: [{ request: rebuilt, stateInFleet: { kind: 'gone' } }] });

    expect(text).toMatch(
      /^\*Order 42\* · 3 devices\n\*Waiting for .*\nFleet no longer has anything under this number\.$/u,
    );
  });

  it('names no mode in full: Fleet does not give it back', () => {
    const full = (request: typeof rebuilt) =>
      wordsOfMessage(
        orderStatusMessage({ kind: 'request', item: { request, stateInFleet: { kind: 'not_asked' } } }, values),
      );

    expect(full(rebuilt)[1]).toBe('*Total:* €109.80\nRequested by Anna Keller · Approver: Clara Rossi');
    expect(full(aRequest())[1]).toContain('*Total:* €109.80/month\n*Lease*\nRequested by');
  });
});

describe('one cart or order in full', () => {
  const full = (status: OrderStatus, share: string | null = null) =>
    wordsOfMessage(orderStatusMessage(status, { ...values, share }));

  const cart = (over: Partial<DraftStatus>, share: string | null = null) =>
    full(
      {
        ...{ kind: 'draft', fleetOrderId, whose: null, lastRequest: null, stateInFleet: { kind: 'not_asked' } },
        ...{ draft: draftReport(aDraft({ mode: 'BUY' })), ...over },
      },
      share,
    );

  it('shows one’s own cart with the way into it', () => {
    expect(cart({ stateInFleet: { kind: 'cart', purchaserId: null, holds: aSnapshot([101]) } }, 'signed')).toEqual([
      '*Cart 42* · draft, not sent for approval yet',
      '*Total:* €54.90\n*Buy*',
      expect.stringContaining('*MacBook Pro 14*'),
      'Open your cart',
      'Share in channel',
    ]);
  });

  it('shows somebody else’s by name, and how the last request for it ended', () => {
    const ended = aRequest({ state: states.declined });
    const shown = cart({ whose: 'Anna <!here>', lastRequest: ended });

    expect(shown[0]).toBe(
      "*Cart 42* of Anna &lt;!here&gt; · draft, not sent for approval (we couldn't check with Fleet right now)",
    );
    expect(shown.at(-2)).toMatch(/^The last request for it:\n/u);
    expect(shown).not.toContain('Open your cart');
  });

  it('says of an emptied one what Fleet keeps, whose mode it does not tell', () => {
    const draft = draftReport(aDraft({ lines: [], standing: 'emptied', fleetHolds: aSnapshot([101], '54.90') }));
    const [title, total, kept] = cart({
      draft,
      stateInFleet: { kind: 'cart', purchaserId: null, holds: aSnapshot([101]) },
    });

    expect(title).toBe('*Cart 42* · emptied. These stay in Fleet as an unordered draft:');
    expect(kept).toBeDefined();
    expect(total).toBe('*Total:* €54.90');
  });

  it.each<[StateInFleet, RegExp]>([
    [
      { kind: 'order', clientStatus: 'SHIPPED', orderNumber: null, deviceNames: [] },
      /^\*Order 42\* · ordered in Fleet\n🚚 Shipped/u,
    ],
    ...(['ARCHIVED', 'FAILED'] as const).map((clientStatus): [StateInFleet, RegExp] => [
      { kind: 'order', clientStatus, orderNumber: null, deviceNames: [] },
      /^\*Cart 42\* · closed in Fleet\. Fleet doesn't say whether it was ordered\. An admin can check in Fleet\.\n/u,
    ]),
    [{ kind: 'gone' }, /^\*Cart 42\* · no longer in Fleet, and nothing was ordered from here$/u],
  ])('does not call a cart open that Fleet says otherwise of: %j', (stateInFleet, said) => {
    expect(cart({ stateInFleet })[0]).toMatch(said);
  });

  it('shares what Fleet says of an order that is not ours', () => {
    const stateInFleet = { kind: 'gone' } as const;

    expect(full({ kind: 'foreign', fleetOrderId, whose: null, stateInFleet }, 'signed')).toEqual([
      '*Order 42* · started outside Slack',
      'Fleet no longer has anything under this number.',
      'Share in channel',
    ]);
  });

  it.each([
    [{ kind: 'not_found' }, /can't find a cart or order with that number\./u],
    [{ kind: 'could_not_look' }, /couldn't check with Fleet\. Try again/u],
  ] as const)('says of $kind what to do next', (status, said) => {
    expect(full(status, 'signed')).toEqual([expect.stringMatching(said)]);
  });
});
