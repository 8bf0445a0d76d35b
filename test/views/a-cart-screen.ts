import type { ActionsBlock, Button, KnownBlock } from '@slack/types';
import { createFaults } from '../../sandbox/slack/faults.ts';
import { judgeView } from '../../sandbox/slack/judge/judge.ts';
import type { FleetOrderId, FleetUserId } from '../../src/domain/ids.ts';
import { type OrderLine, rowsOf } from '../../src/domain/line.ts';
import type { ModalView } from '../../src/domain/surfaces.ts';
import type { ShownCart } from '../../src/views/cart/rows.ts';
import { aLine, euros } from '../domain/a-line.ts';

export type Cart = ShownCart;

export function aCartScreen(over: Partial<Cart> = {}, lines: readonly OrderLine[] = [aLine(), aLine()]): Cart {
  return {
    kind: 'cart',
    fleetOrderId: 42 as FleetOrderId,
    mode: 'LEASING',
    rows: rowsOf(lines),
    found: [],
    total: { fleet: euros('109.80'), ours: [euros('109.8')], unpriced: 0 },
    difference: null,
    keptByFleet: [],
    lastEnd: null,
    canPutBack: false,
    pending: null,
    approver: null,
    approverName: null,
    note: '',
    news: null,
    problem: null,
    ...over,
  };
}

/** Rows that no two of are the same. */
export const manyLines = (count: number, over: Partial<OrderLine> = {}): OrderLine[] =>
  Array.from({ length: count }, (_, index) => aLine({ fleetUserId: (1000 + index) as FleetUserId, ...over }));

/** What stands there to be read, without buttons and fields. */
export const textOf = (view: ModalView): string =>
  view.blocks.flatMap((block) => (block.type === 'section' && block.text ? [block.text.text] : [])).join('\n');

export const buttons = (view: ModalView): Button[] =>
  view.blocks
    .filter((block): block is ActionsBlock => block.type === 'actions')
    .flatMap(({ elements }) => elements.filter((one): one is Button => one.type === 'button'));

export const buttonTexts = (view: ModalView) => buttons(view).map(({ text }) => text.text);

export const inputOf = (view: ModalView, blockId: string) =>
  view.blocks.find((block): block is Extract<KnownBlock, { type: 'input' }> => block.block_id === blockId);

export const faultsOf = (view: ModalView) => judgeView({ faults: createFaults() }, view, 'modal');
