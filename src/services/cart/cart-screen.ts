import type { DraftCart, FleetSnapshot } from '../../domain/cart/cart.ts';
import type { CartScreen } from '../../domain/cart/cart-screen.ts';
import { cartTotal } from '../../domain/cart/cart-total.ts';
import { compareCart, countProducts, expectedSnapshot } from '../../domain/cart/compare-cart.ts';
import type { SlackUserId } from '../../domain/ids.ts';
import { rowsOf } from '../../domain/order/order-line.ts';
import type { Person } from '../../domain/people/people.ts';
import type { ModalCarry } from '../../domain/work.ts';
import type { ServiceContext } from '../context.ts';
import { checkMaySign } from '../people/approvers.ts';

export type CartInFull = Extract<CartScreen, { kind: 'cart' }>;

export interface Asked {
  readonly approver: SlackUserId | null;
  readonly approverName: string | null;
  readonly note: string;
}

/** `inFleet`: what Fleet says right now. Null: it was not asked, or could not be. */
export function cartScreen(draft: DraftCart, inFleet: FleetSnapshot | null, asked: Asked): CartInFull {
  const isFound = draft.standing === 'found';
  const holds = inFleet ?? (isFound ? null : draft.fleetHolds);
  const isOurs = draft.standing === 'ours' && draft.lines.length > 0;
  const expected = expectedSnapshot(draft.lines, draft.fleetHolds ?? inFleet);
  return {
    kind: 'cart',
    fleetOrderId: draft.fleetOrderId,
    mode: draft.mode,
    rows: rowsOf(draft.lines),
    found: isFound && draft.fleetHolds !== null ? countProducts(draft.fleetHolds) : [],
    // Of a cart that is not settled yet Fleet's total is about other devices.
    total: cartTotal(draft.lines, isOurs ? holds : null),
    difference: isOurs && inFleet !== null ? compareCart(expected, inFleet) : null,
    keptByFleet: draft.standing === 'emptied' && holds !== null ? countProducts(holds) : [],
    ...asked,
  };
}

/** The approver as chosen in the modal, else the one chosen last; only while they may sign. */
export async function askedApprover(context: ServiceContext, requester: Person, carry: ModalCarry): Promise<Asked> {
  const approver = carry.approver ?? (await context.store.preferences(requester.slackUserId)).lastApprover;
  if (approver === null) return { approver: null, approverName: null, note: carry.note };
  const may = await checkMaySign(context, { slackUserId: approver, requester });
  return may.ok
    ? { approver, approverName: may.person.name, note: carry.note }
    : { approver: null, approverName: null, note: carry.note };
}
