import type { ActionsBlock, Button } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { createFaults } from '../../sandbox/slack/faults.ts';
import { judgeMessage, judgeView } from '../../sandbox/slack/judge/judge.ts';
import type { CartDifference, LinesChange } from '../../src/domain/cart/compare.ts';
import type { FleetFailure } from '../../src/domain/failures/failure.ts';
import type { Person } from '../../src/domain/people/people.ts';
import type { DeviceRequest, RequestCard, RequestState } from '../../src/domain/request/request.ts';
import type { Message, ModalView } from '../../src/domain/surfaces.ts';
import { allLinesModal } from '../../src/views/cart/rows.ts';
import { requestCard } from '../../src/views/request/card.ts';
import {
  checkingText,
  failedText,
  publicStateText,
  sentAgainText,
  signatoryUnconfirmedText,
  stateText,
  unknownSignerText,
  unwantedText,
} from '../../src/views/request/state.ts';
import { aLine, aSnapshot, euros, product } from '../domain/a-line.ts';
import { anna, aRequest, clara, dan, finalStates, states } from '../domain/a-request.ts';

const aCard = (over: Partial<RequestCard> = {}): RequestCard => ({
  request: aRequest(),
  side: 'approver',
  buttonValue: 'signed',
  devices: [],
  ...over,
});
const core = { faults: createFaults() };
/** Everything that a person reads, after Slack's own judge has taken it. */
function textOf(shown: Message): string {
  expect(judgeMessage(core, { ...shown })).toEqual([]);
  return JSON.stringify(shown.blocks);
}
const textOfModal = (view: ModalView): string => {
  expect(judgeView(core, { ...view }, 'modal')).toEqual([]);
  return JSON.stringify(view.blocks);
};
const shows = (over: Partial<RequestCard> = {}) => textOf(requestCard(aCard(over)));
const buttonsOf = ({ blocks }: Message): readonly Button[] =>
  blocks
    .filter((block): block is ActionsBlock => block.type === 'actions')
    .flatMap(({ elements }) => elements as Button[]);
const labels = (over: Partial<RequestCard> = {}) => buttonsOf(requestCard(aCard(over))).map(({ text }) => text.text);
const inState = (state: RequestState) => ({ request: aRequest({ state }) });

describe('a card that went from one approver to another', () => {
  const card = (by: Person | null, over: Partial<RequestCard> = {}) =>
    shows({ request: aRequest({ approver: dan, reassigned: { from: clara, by } }), ...over });

  it.each([
    [clara, 'Clara Rossi reassigned this to you.', 'Reassigned by Clara Rossi.'],
    [anna, 'Anna Keller asked you instead of Clara Rossi.', null],
    [null, "You're Clara Rossi's backup, and they're away.", 'Clara Rossi is away; this is their backup.'],
  ])('says who did that: %#', (by, toApprover, toRequester) => {
    expect(card(by)).toContain(toApprover);
    const own = card(by, { side: 'requester' });
    if (toRequester === null) expect(own).not.toContain('Clara Rossi');
    else expect(own).toContain(toRequester);
  });

  it('tells the former one who decides now, and who changed that', () => {
    expect(card(clara, { buttonValue: null })).toContain("*Reassigned* to Dan O'Neil, who decides now.");
    expect(card(anna, { buttonValue: null })).toContain("*Reassigned* by Anna Keller to Dan O'Neil, who decides now.");
    expect(card(null, { buttonValue: null })).toContain("*Reassigned* to Dan O'Neil, who decides now.");
  });
});

it("a requester's card says when their approver was last reminded, which is all that a press on Remind changes there", () => {
  const request = aRequest({ lastRemindedAt: 1_796_032_800_000 });
  expect(shows({ request, side: 'requester' })).toContain('Last reminder: <!date^1796032800^');
  expect(shows({ request })).not.toContain('Last reminder');
  expect(shows({ side: 'requester' })).not.toContain('Last reminder');
});

describe('a card of a cart that was sent again', () => {
  const same: LinesChange = { removed: [], added: [], hasOtherChanges: false, mode: null, total: null };
  const sentAgain = (followUp: NonNullable<DeviceRequest['followUp']>, over: Partial<RequestCard> = {}) =>
    shows({ request: aRequest({ followUp }), ...over });

  it.each([
    [{ end: 'changes_requested', by: clara }, 'after you asked for changes.'],
    [{ end: 'changes_requested', by: dan }, "after Dan O'Neil asked for changes."],
    [{ end: 'declined', by: clara }, 'after you declined it.'],
    [{ end: 'withdrawn', by: anna }, 'after it was withdrawn.'],
    [{ end: 'expired', by: null }, 'after it expired without a decision.'],
  ] as const)('says so, and that nothing was changed: %#', (end, after) => {
    expect(sentAgain({ ...end, change: same })).toContain(`*Sent again* ${after} Nothing was changed.`);
  });

  it('says what changed since', () => {
    const mouse = { productId: null, name: 'Mouse <!here>', count: 2 };
    const change: LinesChange = {
      ...{ removed: [mouse], added: [{ ...mouse, name: 'Dock', count: 1 }], hasOtherChanges: true, mode: 'BUY' },
      total: { from: euros('109.80'), to: euros('54.90') },
    };
    const text = sentAgain({ end: 'changes_requested', by: clara, change });
    for (const one of [
      '• Added: 1 × Dock',
      '• Removed: 2 × Mouse &lt;!here&gt;',
      '• Changed: country, keyboard, recipient or address',
      '• *Lease* instead of Buy',
      '• Total: €109.80 before, *€54.90* now',
    ])
      expect(text).toContain(one);
    expect(text).not.toContain('Nothing was changed');
  });

  it('says nothing of it to the requester, or once it is decided', () => {
    const followUp = { end: 'declined', by: clara, change: same } as const;
    expect(sentAgain(followUp, { side: 'requester' })).not.toContain('Sent again');
    expect(shows({ request: aRequest({ followUp, state: states.declined }) })).not.toContain('Sent again');
  });
});

describe("the approver's card", () => {
  it('says who asks, every row, the total, the mode, the note, the deadline', () => {
    const other = aLine({
      productId: product(131),
      productName: 'UltraSharp 27',
      configuration: '',
      keyboardLayout: null,
      fleetUserId: null,
      assigneeName: null,
      price: null,
    });
    const text = shows({ request: aRequest({ lines: [aLine(), aLine(), other] }) });

    expect(text).toContain('Anna Keller needs your approval: 3 devices (order 42)');
    expect(text).toContain('*MacBook Pro 14* · M4 · 16 GB · 512 GB × 2');
    expect(text).toContain('France · French (AZERTY) · for Anna Keller · €54.90/month each');
    expect(text).toContain('*UltraSharp 27*\\nFrance · unassigned · price unknown');
    expect(text).toContain('*Total:* €109.80/month');
    expect(text).toContain('Lease');
    expect(text).toContain('For the new office');
    expect(text).toContain(`<!date^${aRequest().expiresAt / 1000}^`);
  });

  it('never names an address, and a person without a name is said to have none', () => {
    const line = aLine({ shippingAddressId: 77 as never, assigneeName: null });
    const text = shows({ request: aRequest({ lines: [line], note: ' ' }) });
    expect(text).not.toContain('77');
    expect(text).toContain('for an unnamed person');
    expect(text).not.toContain('Note from');
  });

  it('says what the people it is for already have, where Fleet says so', () => {
    const devices = [
      { name: 'Anna Keller', count: 2, devices: ['MacBook Air 13', 'UltraSharp 27'] },
      { name: 'Eva Lind', count: 0, devices: [] },
      { name: 'Ben Martin', count: 1, devices: [] },
      { name: 'Gus', count: 2, devices: ['MX Master 3S'] },
    ];
    const text = shows({ devices });
    expect(text).toContain('Anna Keller has 2 devices: MacBook Air 13, UltraSharp 27');
    expect(text).toContain('Eva Lind has no devices yet.');
    expect(text).toContain('Gus has 2 devices: MX Master 3S and 1 more');
    expect(shows({ devices, side: 'requester' })).not.toContain('Ben Martin');
  });

  it.each([
    [6, 5, "Devices of 1 other person aren't shown."],
    [9, 5, "Devices of 4 other people aren't shown."],
    [5, 5, null],
  ])('for %i people, of whom %i are looked up, says how many are not', (people, shown, more) => {
    const name = (index: number) => `Person ${index}`;
    const lines = Array.from({ length: people * 2 }, (_, index) =>
      aLine({ fleetUserId: ((index % people) + 50) as never, assigneeName: name(index % people) }),
    );
    const nobody = [aLine({ fleetUserId: null, assigneeName: 'Somebody' }), aLine({ assigneeName: null })];
    const devices = Array.from({ length: shown }, (_, index) => ({ name: name(index), count: 1, devices: [] }));
    const text = shows({ request: aRequest({ lines: [...lines, ...nobody] }), devices });

    if (more === null) expect(text).not.toContain("aren't shown");
    else expect(text).toContain(more);
  });

  it('has its buttons, and Approve says what it signs', () => {
    const buttons = buttonsOf(requestCard(aCard()));

    expect(buttons.map(({ text }) => text.text)).toEqual(['Approve', 'Decline', 'Ask for changes', 'Reassign']);
    expect(buttons.every(({ value }) => value === 'signed')).toBe(true);
    expect(buttons[0]).toMatchObject({
      confirm: {
        confirm: { text: 'Approve' },
        text: {
          text: 'Total: €109.80/month. Fleet will name you as the person who signs the contract and gives you signatory permission.',
        },
      },
    });
  });

  it('keeps the warning whole in the dialog, however long the total', () => {
    const ours = Array.from({ length: 40 }, () => euros('123456789.99'));
    const [approve] = buttonsOf(
      requestCard(aCard({ request: aRequest({ total: { fleet: null, ours, unpriced: 3 } }) })),
    );
    expect(approve?.confirm?.text?.text).toMatch(/… Fleet will name you as the person who signs .* permission\.$/u);
    expect(approve?.confirm?.text?.text.length).toBeLessThanOrEqual(300);
  });

  it('loses its buttons on the card of a former approver', () => {
    const text = shows({ buttonValue: null, request: aRequest({ approver: dan }) });
    expect(text).toContain("*Reassigned* to Dan O'Neil, who decides now.");
    expect(text).not.toContain('"actions"');
  });
});

describe('where it goes', () => {
  it.each([
    ['Ben Martin', ' · ships to Ben Martin’s own address · '],
    ['', ' · ships to a colleague’s own address · '],
    [null, ' · ships to an address that we couldn’t check · '],
  ])("is said where it may be the home of somebody whom the device isn't for: %s", (shipsToOwnOf, said) => {
    const text = shows({ request: aRequest({ lines: [aLine({ shippingAddressId: 62 as never, shipsToOwnOf })] }) });

    expect(text.replaceAll("'", '’')).toContain(`for Anna Keller${said}`);
  });

  it('is not said otherwise', () => {
    expect(shows({ request: aRequest({ lines: [aLine({ shippingAddressId: 62 as never })] }) })).not.toMatch(
      /ships to/,
    );
  });
});

describe("the requester's card", () => {
  it('has Withdraw and Remind', () => {
    const [withdraw, remind] = buttonsOf(requestCard(aCard({ side: 'requester' })));
    expect(withdraw).toMatchObject({ text: { text: 'Withdraw' }, confirm: { confirm: { text: 'Withdraw' } } });
    expect(remind?.text.text).toBe('Remind');
    expect(shows({ side: 'requester' })).toContain('*Waiting for Clara Rossi*');
  });

  it('asks for another approver when theirs is gone', () => {
    const request = aRequest({ approverGone: true });
    expect(labels({ side: 'requester', request })).toEqual(['Withdraw', 'Choose another approver']);
    expect(shows({ side: 'requester', request })).toContain("Clara Rossi can't be reached or is no longer an approver");
    expect(shows({ request })).not.toContain('Choose another approver');
  });
});

describe('the outcome', () => {
  it('calls nothing approved before Fleet said so', () => {
    for (const side of ['approver', 'requester', 'shared'] as const) {
      for (const state of [states.pending, states.validating, states.unconfirmed]) {
        expect(shows({ side, ...inState(state) })).not.toMatch(/approved|\bordered by\b/iu);
      }
    }
    expect(shows(inState(states.validating))).toContain('*Sending to Fleet…* Clara Rossi pressed Approve');
    expect(shows(inState({ ...states.validating, isBusy: true }))).toContain(
      "*Sending to Fleet…* Fleet is busy; we'll keep trying. Clara Rossi pressed Approve",
    );
    expect(shows(inState(states.unconfirmed))).toContain('it may or may not be ordered');
  });

  it.each([states.validating, states.unconfirmed, ...finalStates])('has no buttons while or after $kind', (state) => {
    for (const side of ['approver', 'requester'] as const) expect(labels({ side, ...inState(state) })).toEqual([]);
  });

  it('keeps the name of who decided, and says that a declined or expired request ordered nothing', () => {
    expect(shows(inState(states.ordered))).toContain('*Ordered.* Approved by Clara Rossi');
    expect(shows(inState(states.ordered))).toContain('Being processed by Fleet');
    expect(shows(inState(states.declined))).toMatch(/\*Declined\* by Clara Rossi .* Nothing was ordered.*Too dear/u);
    expect(shows(inState(states.changes_requested))).toMatch(/\*Changes requested\* by Clara Rossi .*A smaller one/u);
    expect(shows(inState(states.withdrawn))).toMatch(/\*Withdrawn\* by Anna Keller/u);
    expect(shows(inState(states.expired))).toMatch(/\*Expired\* .* Nothing was ordered/u);
    expect(shows(inState(states.expired))).not.toMatch(/declined/iu);
  });

  it('says that it is being checked until Fleet was asked whether nothing was ordered', () => {
    for (const state of [states.declined, states.changes_requested, states.withdrawn, states.expired]) {
      for (const side of ['approver', 'requester', 'shared'] as const) {
        const text = shows({ side, request: aRequest({ state, ending: 'unchecked' }) });
        expect(text).toContain(checkingText);
        expect(text).not.toMatch(/Nothing was ordered|Not ordered/u);
        expect(shows({ side, request: aRequest({ state, ending: 'checked' }) })).toBe(
          shows({ side, ...inState(state) }),
        );
      }
    }
  });

  it('says of a request that was sent again only that: its number may have been ordered since', () => {
    for (const state of [states.declined, states.changes_requested, states.withdrawn, states.expired]) {
      for (const ending of ['unchecked', 'checked'] as const) {
        const request = aRequest({ state, ending, isSuperseded: true });
        const text = shows({ request });
        expect(text).toContain(sentAgainText);
        expect(text).not.toMatch(/nothing was ordered|edited/iu);
        expect(shows({ request, side: 'shared' })).toMatch(/Sent again/u);
        expect(shows({ request, side: 'shared' })).not.toMatch(/not ordered/iu);
      }
    }
  });

  it('says what people had been told when Fleet ordered it all the same, but to no channel', () => {
    const despite = { kind: 'declined', by: clara } as const;
    for (const state of [states.ordered, states.closed_elsewhere]) {
      const request = aRequest({ state: { ...state, despite } });
      expect(shows({ request })).toContain(`although Clara Rossi had declined it. ${unwantedText}`);
      expect(shows({ request, side: 'shared' })).not.toContain('although');
    }
  });

  it.each([
    ['FAILED', '❌ Failed', ` ${failedText}`],
    ['ARCHIVED', '🗄️ Archived', ''],
  ])('calls an order that is %s what Fleet calls it, and nothing else beside it', (clientStatus, shown, then) => {
    const despite = { kind: 'declined', by: clara } as const;
    const texts = [
      [states.ordered, 'Approved by Clara Rossi'],
      [{ ...states.ordered, signatoryConfirmed: false }, signatoryUnconfirmedText],
      [states.closed_elsewhere, 'Ordered in Fleet'],
    ] as const;
    for (const [state, facts] of texts) {
      const text = stateText(aRequest({ state: { ...state, clientStatus } }), 'requester');
      expect(text).toMatch(new RegExp(`^\\*${shown}\\.\\* .*${facts}`, 'u'));
      expect(text.endsWith(`.${then}`)).toBe(true);
      expect(text).not.toMatch(/\*Ordered|Closed/u);
      expect(publicStateText(aRequest({ state: { ...state, clientStatus } }))).toBe(`*${shown}*`);
      const afterAll = stateText(aRequest({ state: { ...state, clientStatus, despite } }), 'requester');
      expect(afterAll).toContain('Fleet had ordered this although Clara Rossi had declined it.');
      expect(afterAll).not.toContain(unwantedText);
    }
  });

  it('does not call an order what was put away in Fleet', () => {
    const state = { ...states.closed_elsewhere, clientStatus: 'ARCHIVED', isPutAway: true } as const;
    expect(shows(inState(state))).toMatch(/Closed in Fleet:\* Fleet doesn't say whether it was ordered.*Archived/u);
    expect(shows({ side: 'shared', ...inState(state) })).toMatch(/\*Closed in Fleet\*.*Archived/u);
    expect(shows({ side: 'shared', ...inState({ ...state, clientStatus: null }) })).toContain('*Closed in Fleet*');
  });

  it('says when Fleet did not confirm who signed', () => {
    const text = shows(inState({ ...states.ordered, signatoryConfirmed: false }));
    expect(text).toContain(signatoryUnconfirmedText);
    expect(text).not.toContain('Approved by');
  });

  it('tells the two ways of being closed elsewhere apart', () => {
    expect(shows(inState(states.closed_elsewhere))).toMatch(/Closed in Fleet:\* ordered.*Shipped/u);
    const unknown = { ...states.closed_elsewhere, clientStatus: null };
    expect(shows(inState(unknown))).toContain(unknownSignerText);
    const gone = { ...states.closed_elsewhere, how: 'gone', clientStatus: null } as const;
    expect(shows(inState(gone))).toContain('Fleet no longer has this cart');
  });

  it('shows how Fleet’s cart differs, and what Approve would do', () => {
    const difference = {
      missing: [{ productId: product(101), name: null, count: 1 }],
      extra: [{ productId: product(141), name: 'Mouse <!here>', count: 2 }],
      total: { from: euros('109.80'), to: null },
    };
    const text = shows({ request: aRequest({ difference }) });
    expect(text).toContain("Only in Fleet's cart: 2 × Mouse &lt;!here&gt;");
    expect(text).toContain("Not in Fleet's cart: 1 × unnamed device");
    expect(text).toContain('€109.80 before, *unknown* now');
    const price = (total: CartDifference['total']) =>
      shows({ request: aRequest({ difference: { missing: [], extra: [], total } }) });
    expect(price({ from: null, to: euros('5') })).toMatch(
      /The price changed.*unknown before, \*€5.00\* now.*total shown/u,
    );
    expect(price({ from: null, to: null })).toContain('The rows above show the new prices');
    expect(text).toContain("put Fleet's cart back to exactly what's listed above");
    expect(shows({ request: aRequest({ difference, state: states.declined }) })).not.toContain('Only in');
    const rebuilt = shows({ request: aRequest({ lines: [], difference: { ...difference, total: null } }) });
    expect(rebuilt).toContain('Approve to order what Fleet holds now');
  });

  it('shows why Fleet refused, with the buttons to decide again', () => {
    const problem: FleetFailure = {
      operation: 'validateCart',
      kind: 'rejected',
      code: 'PAYMENT_METHOD_REQUIRED',
      status: 400,
    };
    expect(shows({ request: aRequest({ problem }) })).toMatch(/Fleet rejected the order.*payment/iu);
    expect(labels({ request: aRequest({ problem }) })).toContain('Approve');
  });
});

describe('a shared copy', () => {
  it.each(Object.values(states))('holds number, products, countries and status and nothing else: $kind', (state) => {
    const request = aRequest({ state });
    const text = shows({ side: 'shared', buttonValue: null, request });

    expect(text).toContain('Order 42');
    expect(text).toContain('MacBook Pro 14 × 2 · France');
    for (const secret of [anna.name, clara.name, 'new office', '€', '54.90', '109.80', 'Too dear', 'smaller'])
      expect(text).not.toContain(secret);
    expect(text).not.toContain('"actions"');
  });

  it('counts the same product for two people as one row', () => {
    const lines = [aLine(), aLine({ fleetUserId: 12 as never, shippingAddressId: 3 as never, assigneeName: 'Ben' })];
    expect(shows({ side: 'shared', request: aRequest({ lines }) })).toContain('MacBook Pro 14 × 2 · France');
  });

  it('names what Fleet holds where the lines are lost', () => {
    const expectedInFleet = { ...aSnapshot([101, null]), names: ['MacBook', null] };
    const text = shows({ side: 'shared', request: aRequest({ lines: [], expectedInFleet }) });
    expect(text).toContain('MacBook\\nUnnamed device');
  });

  it('tells the ways of being closed elsewhere apart', () => {
    const shared = (state: RequestState) => shows({ side: 'shared', ...inState(state) });
    expect(shared({ ...states.closed_elsewhere, clientStatus: null })).toContain('*Ordered in Fleet*');
    expect(shared({ ...states.closed_elsewhere, how: 'gone' })).toContain('*Closed in Fleet*');
  });
});

describe('a request that was restored from Fleet', () => {
  it('shows what Fleet holds, and that it does not say the rest', () => {
    const expectedInFleet = { ...aSnapshot([101, 101, null], '150.00'), names: ['MacBook', 'MacBook', null] };
    const total = { fleet: euros('150.00'), ours: [], unpriced: 0 };
    const text = shows({ request: aRequest({ lines: [], expectedInFleet, total, note: '' }) });
    expect(text).toContain('3 devices (order 42)');
    expect(text).toContain('*MacBook* × 2');
    expect(text).toContain('Unnamed device');
    expect(text).toContain('*Total:* €150.00\\n');
    expect(text).toContain('We reloaded this request from Fleet');
  });
});

describe('a long request', () => {
  const lines = Array.from({ length: 60 }, (_, index) =>
    aLine({ productId: product(index + 1), productName: `Thing ${index}` }),
  );

  it('is clipped where it is seen, with a way to read all of it before Approve', () => {
    const card = aCard({ request: aRequest({ lines }) });
    expect(shows(card)).toContain('… and 48 more rows. *Show all devices* lists all 60 devices.');
    expect(labels(card)).toEqual(['Show all devices', 'Approve', 'Decline', 'Ask for changes', 'Reassign']);
    const all = textOfModal(allLinesModal(card.request));
    for (const line of lines) expect(all).toContain(`*${line.productName}*`);
  });

  it('names no button that is not there, and no command to whoever may not look any more', () => {
    const rest = (over: Partial<RequestCard>) => /… and 48 more rows[^"]*/u.exec(shows(over))?.[0];

    for (const side of ['approver', 'requester'] as const)
      expect(rest({ side, request: aRequest({ lines, state: states.ordered }) })).toBe(
        '… and 48 more rows. `/fleet status 42` lists all 60 devices.',
      );
    expect(rest({ request: aRequest({ lines }), buttonValue: null })).toBe('… and 48 more rows.');
  });

  it('is clipped by length too, and in one row', () => {
    const long = aLine({ productName: 'W'.repeat(5000), configuration: '&'.repeat(5000) });
    const wide = Array.from({ length: 10 }, (_, index) => ({ ...long, productId: product(index + 1) }));
    expect(shows({ request: aRequest({ lines: wide }) })).toContain('more row');
    textOfModal(allLinesModal(aRequest({ lines: wide })));
    expect(textOfModal(allLinesModal(aRequest({ lines: [] })))).toContain('2 devices');
  });
});

describe('what people and Fleet wrote', () => {
  const nasty = '<!channel> *bold* `code` <https://evil.test|Approve> & \n _x_ ~y~';
  it('stands literally in every field', () => {
    const who = { ...clara, name: nasty };
    const request = aRequest({
      requester: { ...anna, name: nasty },
      approver: who,
      note: nasty,
      lines: [aLine({ productName: nasty, configuration: nasty, assigneeName: nasty })],
    });
    const devices = [{ name: nasty, count: 1, devices: [nasty] }];
    const all = [
      shows({ request, devices }),
      shows({ request, side: 'requester' }),
      shows({ request: { ...request, approverGone: true } }),
      shows({ request, buttonValue: null }),
      ...[
        { ...states.declined, by: who, reason: nasty },
        { ...states.changes_requested, by: who, wish: nasty },
        { ...states.ordered, by: who, clientStatus: nasty },
      ].map((state) => shows({ request: { ...request, state } })),
      textOfModal(allLinesModal(request)),
    ];
    for (const text of all) {
      expect(text).not.toMatch(/<!channel>|<https:|\*bold\*|`code`/u);
    }
  });

  it('is clipped where it is too long', () => {
    const request = aRequest({
      note: 'n'.repeat(10_000),
      requester: { ...anna, name: 'x'.repeat(10_000) },
      state: { ...states.declined, reason: '&'.repeat(10_000) },
    });
    expect(shows({ request })).toContain('…');
    expect(shows({ request: { ...request, state: states.pending } })).toContain('…');
  });
});

describe('the total', () => {
  const total = (over: object) =>
    shows({ request: aRequest({ total: { fleet: null, ours: [], unpriced: 0, ...over } }) });
  it('is never more than what is known', () => {
    expect(total({})).toContain('*Total:* price unknown');
    expect(total({ ours: [euros('10')], unpriced: 1 })).toContain(
      '€10.00/month (our sum, excluding 1 device with no price)',
    );
    const francs = { amount: '20', currency: 'CHF' as never };
    expect(total({ ours: [euros('10'), francs] })).toMatch(/€10.00\/month \+ CHF\s?20.00\/month \(our sum\)/u);
    expect(total({ fleet: euros('10'), ours: [euros('12')] })).toContain('€10.00/month (our sum: €12.00/month)');
  });
});
