import { cartTotal, type DraftCart, type FleetSnapshot } from '../../domain/cart/cart.ts';
import { compareCart, countProducts, expectedSnapshot } from '../../domain/cart/compare.ts';
import type { CartNews, CartTrouble } from '../../domain/cart/trouble.ts';
import type { SlackUserId } from '../../domain/ids.ts';
import { rowsOf } from '../../domain/line.ts';
import type { OrderChoice } from '../../domain/order-form/choice.ts';
import type { ModalCarry, OrderPurpose } from '../../domain/order-form/state.ts';
import type { Person } from '../../domain/people/people.ts';
import { isLastRequestOf, putBack } from '../../domain/request/cart-after.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { CartScreen } from '../../domain/screens.ts';
import type { AcquisitionMode } from '../../domain/vocabulary.ts';
import type { ServiceContext, WithSettings } from '../context.ts';
import { checkMaySign } from '../people/approvers.ts';

/** What the waiting modal shows next. */
export type CartOutcome =
  | {
      readonly kind: 'screen';
      readonly screen: CartScreen;
      readonly trouble: CartTrouble | null;
      readonly news: CartNews | null;
      /** The mode in which all other lines were repriced. */
      readonly repriced: AcquisitionMode | null;
    }
  /** Rejected: the form comes back with its values. */
  | {
      readonly kind: 'form';
      readonly trouble: CartTrouble;
      readonly choice: OrderChoice;
      readonly purpose: OrderPurpose;
    }
  /** There is no cart or form to show with it. */
  | { readonly kind: 'sentence'; readonly trouble: CartTrouble }
  | RetryLater;

export type ShownOutcome = Exclude<CartOutcome, RetryLater>;

export interface RetryLater {
  readonly kind: 'later';
  readonly afterMs: number;
  /** What people are told while they wait. Null: nothing, it takes a moment. */
  readonly why: 'fleet_is_busy' | 'fleet_did_not_confirm' | null;
}

export function retryLater(afterMs: number, why: RetryLater['why'] = null): RetryLater {
  return { kind: 'later', afterMs, why };
}

type ScreenOutcome = Extract<CartOutcome, { kind: 'screen' }>;

export function screenOutcome(
  screen: CartScreen,
  { trouble = null, news = null, repriced = null }: Partial<Omit<ScreenOutcome, 'kind'>> = {},
): ScreenOutcome {
  return { kind: 'screen', screen, trouble, news, repriced };
}

export type CartInFull = Extract<CartScreen, { kind: 'cart' }>;

/** `inFleet`: what Fleet holds now. Null: we didn't ask, or Fleet didn't answer. */
export function cartScreen(draft: DraftCart, inFleet: FleetSnapshot | null, fields: SendFields): CartInFull {
  const isFound = draft.standing === 'found';
  const holds = inFleet ?? (isFound ? null : draft.fleetHolds);
  const isOurs = draft.standing === 'ours' && draft.lines.length > 0;
  const expected = expectedSnapshot(draft.lines, draft.fleetHolds ?? inFleet);
  const { last, ...shownFields } = fields;
  return {
    kind: 'cart',
    fleetOrderId: draft.fleetOrderId,
    mode: draft.mode,
    rows: rowsOf(draft.lines),
    found: isFound && draft.fleetHolds !== null ? countProducts(draft.fleetHolds) : [],
    // Until every found device is completed or removed, Fleet's total is about other devices.
    total: cartTotal(draft.lines, isOurs ? holds : null),
    difference: isOurs && inFleet !== null ? compareCart(expected, inFleet) : null,
    keptByFleet: draft.standing === 'emptied' && holds !== null ? countProducts(holds) : [],
    lastEnd: last?.state ?? null,
    canPutBack: last !== null && putBack(draft, last) !== null,
    ...shownFields,
  };
}

/** The fields for sending the cart, and what it was last sent as. */
export interface SendFields extends Pick<CartInFull, 'approver' | 'approverName' | 'note'> {
  readonly last: DeviceRequest | null;
}

/**
 * The approver chosen in the modal, or else the last one used, as long as they may sign. The note of a request that came
 * back is kept until the person changes it.
 */
export async function sendFields(
  { context, settings }: WithSettings,
  requester: Person,
  { approver: chosen, note: written, isNoteShown }: ModalCarry,
  draft: DraftCart,
): Promise<SendFields> {
  const slackUserId: SlackUserId | null =
    chosen ?? (await context.store.preferences(requester.slackUserId)).lastApprover;
  const [may, last] = await Promise.all([
    slackUserId === null ? null : checkMaySign(context, { slackUserId, requester, settings }),
    findLastRequest(context, draft),
  ]);
  const note = written === '' && isNoteShown !== true ? (last?.note ?? '') : written;
  return may?.ok
    ? { approver: slackUserId, approverName: may.person.name, note, last }
    : { approver: null, approverName: null, note, last };
}

/** What this cart was last sent as, if that ended without an order. */
export async function findLastRequest({ store }: ServiceContext, draft: DraftCart): Promise<DeviceRequest | null> {
  const last = draft.fleetOrderId === null ? null : await store.requestForOrder(draft.fleetOrderId);
  return last !== null && isLastRequestOf(draft, last) ? last : null;
}
