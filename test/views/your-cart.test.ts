import { describe, expect, it } from 'vitest';
import { emptyCartMemory } from '../../src/domain/cart/cart.ts';
import type { RequestId, SlackUserId } from '../../src/domain/ids.ts';
import { rowKeyOf } from '../../src/domain/line.ts';
import { noCarry } from '../../src/domain/order-form/choice.ts';
import {
  approverOptions,
  busyCartModal,
  cartMemoryText,
  foundCartText,
  noApproverText,
  readCartMemory,
  readYourCart,
  yourCartModal,
} from '../../src/views/cart/modal.ts';
import { cartPage, pageOfProblem } from '../../src/views/cart/rows.ts';
import { lockedOrderText, waitingModal, waitingTexts } from '../../src/views/cart/states.ts';
import { aLine, euros, product } from '../domain/a-line.ts';
import { anna, aRequest, clara, finalStates, states } from '../domain/a-request.ts';
import { aChoice } from '../domain/an-order-form.ts';
import { aCartScreen, buttons, buttonTexts, faultsOf, inputOf, manyLines, textOf } from './a-cart-screen.ts';

describe('somebody who wants another device while their cart is locked', () => {
  it.each([
    [states.pending, 'while this cart is waiting for approval.'],
    [states.validating, 'while Fleet is processing this cart.'],
    [states.declined, ''],
  ])('reads why they cannot add one: %#', (state, why) => {
    expect(lockedOrderText(aRequest({ state }))).toMatch(why === '' ? /^$/u : new RegExp(`${why}$`, 'u'));
  });
});

describe('a cart that came back', () => {
  const back = (lastEnd: ReturnType<typeof aCartScreen>['lastEnd']) => yourCartModal(aCartScreen({ lastEnd }), '');

  it('shows what was asked, why it was declined or that it expired', () => {
    expect(textOf(back(states.changes_requested))).toContain('*Clara Rossi asked for changes:*\n> A smaller one');
    expect(textOf(back(states.declined))).toContain('*Clara Rossi declined this:*\n> Too dear');
    expect(textOf(back(states.expired))).toContain('without a decision');
    expect(textOf(back(states.withdrawn))).toBe(textOf(yourCartModal(aCartScreen(), '')));
  });

  it('shows the longest wish within what Slack takes', () => {
    const wish = '<&>'.repeat(400);
    expect(faultsOf(back({ ...states.changes_requested, wish }))).toEqual([]);
  });

  it('offers to put back what Fleet still keeps of it', () => {
    const view = yourCartModal(
      aCartScreen({ keptByFleet: [{ productId: product(101), name: 'MacBook', count: 2 }], canPutBack: true }, []),
      '',
    );
    expect(buttonTexts(view)).toEqual(['Put back in cart', 'Add a device']);
    expect(textOf(view)).toContain('Fleet keeps these as an unordered draft:\n• 2 × MacBook\nPut them back');
    expect(faultsOf(view)).toEqual([]);
  });
});

describe('Your cart', () => {
  it('shows rows with their buttons, the total, Approver and Note', () => {
    const view = yourCartModal(aCartScreen(), 'signed');

    expect(view).toMatchObject({
      callback_id: 'your_cart',
      title: { text: 'Your cart' },
      submit: { text: 'Send for approval' },
      private_metadata: 'signed',
    });
    expect(textOf(view)).toContain('× 2');
    expect(textOf(view)).toContain('France · French (AZERTY) · for Anna Keller · €54.90/month each');
    expect(textOf(view)).toContain('*Total:* €109.80/month');
    expect(buttons(view)).toMatchObject([
      {
        action_id: 'edit_row',
        text: { text: 'Edit' },
        value: rowKeyOf(aLine()),
        accessibility_label: 'Edit: MacBook Pro 14 for Anna Keller',
      },
      { action_id: 'remove_row', text: { text: 'Remove' }, value: rowKeyOf(aLine()) },
      { action_id: 'add_device', text: { text: 'Add another device' } },
    ]);
    expect(inputOf(view, 'approver')).toMatchObject({
      label: { text: 'Approver' },
      element: { action_id: 'approver' },
    });
    expect(inputOf(view, 'note')).toMatchObject({
      label: { text: 'Note to the approver' },
      optional: true,
      element: { max_length: 500 },
    });
    expect(faultsOf(view)).toEqual([]);
  });

  it('fills in what was chosen last and written before', () => {
    const approver = 'U0CLARA' as SlackUserId;
    const named = yourCartModal(aCartScreen({ approver, approverName: 'Clara Rossi', note: 'n'.repeat(600) }), '');
    const unnamed = yourCartModal(aCartScreen({ approver }), '');

    expect(inputOf(named, 'approver')?.element).toMatchObject({
      initial_option: { text: { text: 'Clara Rossi' }, value: approver },
    });
    expect(inputOf(named, 'note')?.element).toMatchObject({ initial_value: `${'n'.repeat(499)}…` });
    expect(inputOf(unnamed, 'approver')?.element).toMatchObject({ initial_option: { text: { text: approver } } });
  });

  it('labels our own sum, never adds currencies, and shows both totals where they differ', () => {
    const chf = { amount: '60', currency: 'CHF' as never };
    const ours = yourCartModal(aCartScreen({ total: { fleet: null, ours: [euros('54.9'), chf], unpriced: 1 } }), '');
    const both = yourCartModal(
      aCartScreen({ total: { fleet: euros('100'), ours: [euros('109.8')], unpriced: 0 } }),
      '',
    );

    expect(textOf(ours)).toContain('(our sum, excluding 1 device with no price)');
    expect(textOf(ours)).toContain('€54.90/month + CHF');
    expect(textOf(both)).toContain('€100.00/month according to Fleet (the items above add up to €109.80/month)');
  });

  it('says news, and what is wrong with the whole cart, above everything else', () => {
    const view = yourCartModal(aCartScreen({ news: 'Saved.', problem: { row: null, text: 'Look at it.' } }), '');

    expect(view.blocks.slice(0, 2)).toMatchObject([{ text: { text: 'Look at it.' } }, { text: { text: 'Saved.' } }]);
  });

  it('marks the row that something is wrong with, wherever it stands', () => {
    const lines = manyLines(60);
    const row = rowKeyOf(lines[50] ?? aLine());
    const screen = aCartScreen({ problem: { row, text: 'No longer offered.' } }, lines);

    expect(pageOfProblem(screen)).toBe(1);
    const marked = yourCartModal(screen, '', 1).blocks.filter((block) =>
      JSON.stringify(block).includes('No longer offered'),
    );
    expect(marked).toHaveLength(1);
    expect(pageOfProblem(aCartScreen())).toBeNull();
    expect(pageOfProblem(aCartScreen({ problem: { row: 'gone', text: '' } }))).toBeNull();
  });

  it('shows both versions where Fleet holds something else', () => {
    const difference = {
      missing: [{ productId: product(101), name: 'MacBook', count: 2 }],
      extra: [{ productId: null, name: null, count: 1 }],
      total: { from: euros('109.8'), to: null },
    };
    const text = textOf(yourCartModal(aCartScreen({ difference }), ''));

    expect(text).toContain('Only here: 2 × MacBook');
    expect(text).toContain("Only in Fleet's cart: 1 × unnamed device");
    expect(text).toContain('Total in Fleet: *unknown* (was €109.80)');
    const totalOnly = { missing: [], extra: [], total: { from: null, to: euros('1') } };
    expect(textOf(yourCartModal(aCartScreen({ difference: totalOnly }), ''))).toContain("Fleet's total has changed");
    const devicesOnly = { ...difference, total: null };
    expect(textOf(yourCartModal(aCartScreen({ difference: devicesOnly }), ''))).not.toContain('Total in Fleet');
  });

  it('says that it is empty and what Fleet keeps, and offers no sending', () => {
    const keptByFleet = [{ productId: product(101), name: 'MacBook', count: 2 }];
    const emptied = yourCartModal(aCartScreen({ rows: [], keptByFleet }), '');

    expect(textOf(emptied)).toContain('Fleet keeps these as an unordered draft:\n• 2 × MacBook');
    expect(emptied.submit).toBeUndefined();
    expect(textOf(yourCartModal(aCartScreen({ rows: [] }), ''))).toBe('Your cart is empty.');
    expect(faultsOf(emptied)).toEqual([]);
  });

  it('offers to complete or remove what was found, and no sending before', () => {
    const found = [
      { productId: product(101), name: 'MacBook', count: 2 },
      { productId: null, name: null, count: 1 },
    ];
    const view = yourCartModal(aCartScreen({ rows: [], found }), '');

    expect(buttons(view).map(({ text, value }) => [text.text, value])).toEqual([
      ['Complete', '101'],
      ['Remove', '101'],
      ['Remove', 'none'],
      ['Add another device', 'add'],
    ]);
    expect(view.submit).toBeUndefined();
    expect(textOf(view)).toContain(foundCartText);
  });

  it('shows text from people and Fleet literally', () => {
    const nasty = '<!channel> *x* <https://evil|Approve>';
    const line = aLine({ productName: nasty, configuration: nasty, assigneeName: nasty });
    const difference = { missing: [], extra: [{ productId: null, name: nasty, count: 1 }], total: null };
    const view = yourCartModal(aCartScreen({ difference, found: difference.extra }, [line]), '');

    expect(textOf(view)).not.toContain('<!channel>');
    expect(textOf(view)).not.toContain('<https');
    expect(textOf(view)).not.toContain('*x*');
    expect(faultsOf(view)).toEqual([]);
  });
});

describe('a cart that is longer than a view', () => {
  it.each([
    [0, 1],
    [40, 1],
    [41, 2],
    [200, 5],
  ])('of %i rows has %i pages that Slack takes, with every row on one of them', (count, pages) => {
    const screen = aCartScreen({ note: 'n'.repeat(500) }, manyLines(count, { productName: 'W'.repeat(3000) }));

    const views = Array.from({ length: pages }, (_, page) => yourCartModal(screen, 'm'.repeat(2000), page));

    const shown = views.flatMap((view) => buttons(view).filter((one) => one.action_id === 'edit_row'));
    expect(new Set(shown.map(({ value }) => value)).size).toBe(count);
    for (const view of views) expect(faultsOf(view)).toEqual([]);
    expect(cartPage(screen, 99).page).toBe(pages - 1);
  });

  it('leads to the next page and back', () => {
    const screen = aCartScreen({}, manyLines(100));
    const turns = (page: number) =>
      buttons(yourCartModal(screen, '', page))
        .filter((one) => one.action_id === 'show_cart_page')
        .map(({ text, value }) => [text.text, value]);

    expect(turns(0)).toEqual([['Next', '1']]);
    expect(turns(1)).toEqual([
      ['Previous', '0'],
      ['Next', '2'],
    ]);
    expect(turns(2)).toEqual([['Previous', '1']]);
  });
});

describe('a cart that cannot be edited', () => {
  it('waits for a signature, with the way back to editing', () => {
    const view = yourCartModal({ kind: 'locked', request: aRequest() }, 'signed', 0, 'Sent.');

    expect(textOf(view)).toContain('Sent.');
    expect(textOf(view)).toContain('*Clara Rossi* has until');
    expect(buttonTexts(view)).toEqual(['Withdraw and edit']);
    expect(view.submit).toBeUndefined();
    expect(faultsOf(view)).toEqual([]);
    const long = aRequest({ lines: manyLines(200) });
    expect(textOf(yourCartModal({ kind: 'locked', request: long }, '')).match(/MacBook/g)).toHaveLength(200);
  });

  it('names the other Slack account that sent it, where alone it can be withdrawn', () => {
    const request = aRequest();
    const view = yourCartModal({ kind: 'locked', request, isFromOtherAccount: true }, '');

    expect(textOf(view)).toContain(`your other Slack account, <@${request.requester.slackUserId}>`);
    expect(textOf(view)).toContain('*Clara Rossi* has until');
    expect(buttons(view)).toEqual([]);
    expect(faultsOf(view)).toEqual([]);
  });

  it.each([states.validating, states.unconfirmed])('has no button while it is $kind', (state) => {
    const view = yourCartModal({ kind: 'locked', request: aRequest({ state }) }, '');

    expect(textOf(view)).toContain('sending it to Fleet');
    expect(buttons(view)).toEqual([]);
  });

  it.each(finalStates)('says that it is over when it is $kind', (state) => {
    expect(textOf(yourCartModal({ kind: 'locked', request: aRequest({ state }) }, ''))).toContain(
      'decided or withdrawn',
    );
  });

  it('exists in Fleet already: replace or leave it', () => {
    const total = { fleet: euros('19.90'), ours: [], unpriced: 0 };
    const holds = [{ productId: product(131), name: 'UltraSharp 27', count: 2 }];
    const exists = { kind: 'exists', fleetOrderId: 42 as never, holds, total, choice: aChoice() } as const;
    const view = yourCartModal(exists, '');

    expect(textOf(view)).toContain('• 2 × UltraSharp 27\nTotal: €19.90');
    expect(buttonTexts(view)).toEqual(['Replace its contents', 'Leave it']);
    expect(faultsOf(view)).toEqual([]);
    const many = Array.from({ length: 40 }, (_, index) => ({
      productId: (500 + index) as never,
      name: `${'Workstation '.repeat(10)}${index}`,
      count: 1,
    }));
    expect(textOf(yourCartModal({ ...exists, holds: many }, ''))).toContain('*Leave it* changes nothing.');
    const bare = yourCartModal({ ...exists, holds: [], total: { ...total, fleet: null } }, '');
    expect(textOf(bare)).toContain('• nothing\n*Replace');
  });

  it('is worked on, and says what it waits for', () => {
    expect(textOf(busyCartModal('Sending…', 'signed'))).toBe('Sending…');
    expect(textOf(waitingModal('Your cart', 'fleet_is_busy'))).toContain(waitingTexts.fleet_is_busy);
  });
});

describe('what the modal carries', () => {
  const memory = {
    ...emptyCartMemory,
    carry: { approver: clara.slackUserId, note: 'Please', words: 'mac' },
    approverName: 'Clara Rossi',
    seen: 'f'.repeat(64),
    page: 2,
    requestId: 'r1' as RequestId,
    existing: { fleetOrderId: 42 as never, order: '{}' },
  };

  it('comes back as it was', () => {
    expect(readCartMemory(cartMemoryText(memory))).toEqual(memory);
    expect(readCartMemory(cartMemoryText(emptyCartMemory))).toEqual(emptyCartMemory);
  });

  it.each([[null], ['{'], ['{}'], ['null']])('is nothing that this release reads: %s', (text) => {
    expect(readCartMemory(text)).toBeNull();
  });

  it('stays below Slack’s limit with the longest texts', () => {
    const long = { approver: clara.slackUserId, note: '\u0001"😀'.repeat(500), words: '"'.repeat(500) };

    expect(
      cartMemoryText({ ...memory, existing: null, carry: long, approverName: '"'.repeat(500) }).length,
    ).toBeLessThan(2800);
  });

  it('counts less than what stands in the fields now', () => {
    const values = {
      approver: { approver: { selected_option: { value: 'U0DAN', text: { text: 'Tom &amp; &lt;Dan&gt;' } } } },
      note: { note: { value: 'x'.repeat(600) } },
    };

    expect(readYourCart({ state: { values } }, memory)).toEqual({
      carry: { approver: 'U0DAN', isNoteShown: true, note: `${'x'.repeat(499)}…`, words: 'mac' },
    });
    const endless = { approver: {}, note: { note: { value: `${'x'.repeat(498)}😀😀` } } };
    expect(readYourCart({ state: { values: endless } }, memory).carry.note).toBe(`${'x'.repeat(498)}…`);
    expect(readYourCart({ state: { values: {} } }, memory)).toEqual({ carry: memory.carry });
  });

  it.each([
    ['nothing', null],
    ['a row that only says something', { value: 'says', text: { text: noApproverText('x') } }],
  ])('takes %s for no approver', (_, selected_option) => {
    const values = { approver: { approver: { selected_option } }, note: { note: { value: null } } };

    expect(readYourCart({ state: { values } }, memory)).toEqual({
      carry: { ...noCarry, words: 'mac', isNoteShown: true },
    });
  });
});

it('offers approvers by every word of their name', () => {
  expect(approverOptions([clara], 'ROSSI cla')).toEqual([
    { text: { type: 'plain_text', text: 'Clara Rossi', emoji: false }, value: 'U0CLARA' },
  ]);
  expect(approverOptions([anna, clara], '')).toHaveLength(2);
  expect(approverOptions([{ ...anna, name: 'Jörg Müller' }], 'muller')).toMatchObject([{ value: anna.slackUserId }]);
  const namesakes = [anna, { ...clara, name: anna.name }];
  expect(approverOptions(namesakes, '').map(({ description }) => description?.text)).toEqual(
    namesakes.map(({ fleetUserId }) => `Fleet user ${fleetUserId}`),
  );
  expect(approverOptions([], ' zed ')[0]?.text.text).toBe(noApproverText('zed'));
});
