import { cartTotal, type DraftCart, type FleetSnapshot } from '../../domain/cart/cart.ts';
import { compareCart, countProducts, expectedSnapshot } from '../../domain/cart/compare.ts';
import type { CartNews, CartTrouble } from '../../domain/cart/trouble.ts';
import type { SlackUserId } from '../../domain/ids.ts';
import { rowsOf } from '../../domain/line.ts';
import type { OrderChoice } from '../../domain/order-form/choice.ts';
import type { ModalCarry, OrderPurpose } from '../../domain/order-form/state.ts';
import type { Person } from '../../domain/people/people.ts';
import type { CartScreen } from '../../domain/screens.ts';
import type { AcquisitionMode } from '../../domain/vocabulary.ts';
import type { ServiceContext } from '../context.ts';
import { checkMaySign } from '../people/approvers.ts';

export type CartInFull = Extract<CartScreen, { kind: 'cart' }>;

export interface SendFields {
  readonly approver: SlackUserId | null;
  readonly approverName: string | null;
  readonly note: string;
}

/** `inFleet`: what Fleet says right now. Null: it was not asked, or could not be. */
export function cartScreen(draft: DraftCart, inFleet: FleetSnapshot | null, asked: SendFields): CartInFull {
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
export async function sendFields(context: ServiceContext, requester: Person, carry: ModalCarry): Promise<SendFields> {
  const approver = carry.approver ?? (await context.store.preferences(requester.slackUserId)).lastApprover;
  if (approver === null) return { approver: null, approverName: null, note: carry.note };
  const may = await checkMaySign(context, { slackUserId: approver, requester });
  return may.ok
    ? { approver, approverName: may.person.name, note: carry.note }
    : { approver: null, approverName: null, note: carry.note };
}

/** What becomes of the modal that waits. */
export type CartOutcome =
  | {
      readonly kind: 'screen';
      readonly screen: CartScreen;
      readonly trouble: CartTrouble | null;
      readonly news: CartNews | null;
      /** The mode that all other lines were priced in anew. */
      readonly repriced: AcquisitionMode | null;
    }
  /** Refused: the form comes back with its values. */
  | {
      readonly kind: 'form';
      readonly trouble: CartTrouble;
      readonly choice: OrderChoice;
      readonly purpose: OrderPurpose;
    }
  /** There is nothing to show around it. */
  | { readonly kind: 'sentence'; readonly trouble: CartTrouble }
  | RetryLater;

/** What a modal can show; `later` shows nothing new. */
export type ShownOutcome = Exclude<CartOutcome, RetryLater>;

export interface RetryLater {
  readonly kind: 'later';
  readonly afterMs: number;
  /** What people are told meanwhile; null: nothing, it takes a moment. */
  readonly why: 'fleet_is_busy' | 'fleet_did_not_confirm' | null;
}

export function retryLater(afterMs: number, why: RetryLater['why'] = null): RetryLater {
  return { kind: 'later', afterMs, why };
}

export function screenOutcome(
  screen: CartScreen,
  {
    trouble = null,
    news = null,
    repriced = null,
  }: Partial<Omit<Extract<CartOutcome, { kind: 'screen' }>, 'kind'>> = {},
): Extract<CartOutcome, { kind: 'screen' }> {
  return { kind: 'screen', screen, trouble, news, repriced };
}
