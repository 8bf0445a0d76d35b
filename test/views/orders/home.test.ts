import { describe, expect, it } from 'vitest';
import type { RequestId } from '../../../src/domain/ids.ts';
import { rowsOf } from '../../../src/domain/line.ts';
import type { DeviceRequest } from '../../../src/domain/request/request.ts';
import { type HomeScreen, pageOf } from '../../../src/domain/screens.ts';
import { homeView } from '../../../src/views/orders/home.ts';
import { aDraft, aLine, aSnapshot, product } from '../../domain/a-line.ts';
import { aRequest, states } from '../../domain/a-request.ts';
import { wordsOfHome } from '../taken-by-slack.ts';

const screen: HomeScreen = {
  trouble: null,
  status: { draft: null, items: [], hasOlder: false, waiting: 0 },
  items: [],
  waiting: pageOf([], 0, 3),
  company: null,
};
const shows = (over: Partial<HomeScreen>) => wordsOfHome(homeView({ ...screen, ...over }));
const linesOf = (count: number) =>
  Array.from({ length: count }, (_, index) => aLine({ productId: product(index), productName: `Thing ${index}` }));
const draftOf = (count: number) => ({
  ...screen.status,
  draft: { cart: aDraft(), rows: rowsOf(linesOf(count)), held: [], total: aRequest().total },
});
const item = (over: Partial<DeviceRequest> = {}, buttonValue: string | null = null) => ({
  ...{ request: aRequest(over), stateInFleet: { kind: 'not_asked' } as const, buttonValue },
});
const items = (count: number) => Array.from({ length: count }, (_, index) => item({ id: `r${index}` as RequestId }));
const isLeftOut = (text: string) => text.startsWith('…');

describe('the Home tab', () => {
  it('begins with what can be ordered, or why nothing can be', () => {
    expect(shows({})[0]).toBe('Order equipment');
    expect(shows({ trouble: { kind: 'paused' } })[0]).toMatch(/^\*Ordering is paused:\*/u);
    expect(shows({ trouble: { kind: 'two_matches' } })[0]).toMatch(/^Your Slack email matches more than one/u);
    expect(shows({ trouble: { kind: 'paused' } })).not.toContain('Order equipment');
  });

  it('welcomes whoever has nothing here yet, and nobody else', () => {
    expect(shows({})).toContain('Welcome');
    for (const some of [{ items: items(1) }, { status: draftOf(1) }, { trouble: { kind: 'guest' } as const }])
      expect(shows(some)).not.toContain('Welcome');
  });

  it.each([
    [1, 0, '1 open cart or request', ''],
    [3, 1, '3 open carts and requests', '*1 stuck*: `/fleet carts stuck`\n'],
    [3, 2, '3 open carts and requests', '*2 stuck*: `/fleet carts stuck`\n'],
  ])('tells an admin of %d open and %d stuck', (open, stuck, first, second) => {
    expect(shows({ company: { open, stuck, unmatched: 1 } })).toContain(
      `${first}: \`/fleet carts\`\n${second}1 person without a Fleet account: \`/fleet settings\``,
    );
  });

  it('tells an admin nothing where nothing is open', () => {
    expect(shows({ company: { open: 0, stuck: 0, unmatched: 0 } })).not.toContain('Needs attention');
  });

  it('says how to see the others that wait', () => {
    const cards = [0, 1, 2, 3].map(() => ({
      request: aRequest(),
      side: 'approver' as const,
      buttonValue: null,
      devices: [],
    }));

    expect(shows({ waiting: pageOf(cards, 0, 3) }).filter(isLeftOut)).toEqual([
      '… and more: `/fleet approvals` shows all of them.',
    ]);
    expect(shows({ waiting: pageOf(cards.slice(1), 0, 3) }).filter(isLeftOut)).toEqual([]);
  });
});

describe('the cart on the Home tab', () => {
  it('shows five rows, and then how many more', () => {
    const cart = (count: number) => shows({ status: draftOf(count) }).find((text) => text.startsWith('*Draft*'));

    expect(cart(5)).toMatch(/^\*Draft\*, not sent yet\n[\s\S]*\*Thing 4\*/u);
    expect(cart(5)).not.toContain('…');
    expect(cart(6)).toMatch(/\n… and 1 more row\n\*Total:\* €109\.80\/month$/u);
  });
});

describe('requests and orders on the Home tab', () => {
  const first = (over: Partial<DeviceRequest>) =>
    shows({ items: [item(over)] }).find((text) => text.startsWith('*Order 42*'));

  it('are named by five products at most, and by how many devices where only Fleet knows them', () => {
    expect(first({})).toMatch(/^\*Order 42\* · MacBook Pro 14 × 2\n\*Waiting for Clara Rossi\*/u);
    expect(first({ lines: linesOf(7) })).toMatch(/ · Thing 0, .*, Thing 4, … and 2 more rows\n/u);
    expect(first({ lines: [], expectedInFleet: aSnapshot([101, 101, 131]) })).toMatch(/^\*Order 42\* · 3 devices\n/u);
  });

  it('have their own buttons, or the cart’s where changes were asked for', () => {
    const wished = item({ state: states.changes_requested });

    expect(shows({ items: [item({}, 'signed')] })).toEqual(
      expect.arrayContaining(['Show all devices', 'Withdraw', 'Remind']),
    );
    expect(shows({ items: [wished], status: draftOf(1) }).filter((text) => text === 'Open your cart')).toHaveLength(2);
    expect(shows({ items: [wished] })).not.toContain('Open your cart');
  });

  it.each([
    [12, false, []],
    [13, false, ['… and more: `/fleet status` shows more; add a number to see one.']],
    [1, true, ['… and more: `/fleet status` shows more; add a number to see one.']],
  ])('%d of them, older ones: %s, say how to see the others', (count, hasOlder, said) => {
    const words = shows({ items: items(count), status: { ...screen.status, hasOlder } });

    expect(words.filter(isLeftOut)).toEqual(said);
    expect(words.filter((text) => text.startsWith('*Order 42*')).length).toBeLessThanOrEqual(12);
  });
});
