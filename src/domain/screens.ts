import { z } from 'zod';
import { type CartTotal, FleetSnapshot } from './cart/cart.ts';
import type { CartDifference, CountedProduct } from './cart/compare.ts';
import { type FleetOrderId, FleetUserId, type SlackUserId } from './ids.ts';
import type { CartRow } from './line.ts';
import type { OrderChoice } from './order-form/choice.ts';
import type { DraftReport } from './orders/reports.ts';
import type { Stuck } from './orders/status.ts';
import type { PageOf } from './paging.ts';
import type { NoMatch } from './people/people.ts';
import type { DeviceRequest, RequestCard } from './request/request.ts';
import type { DeepReadonly } from './schema.ts';
import type { AcquisitionMode } from './vocabulary.ts';

/** What **Your cart** shows. The views page the rows; nothing is left out. */
export type CartScreen =
  | {
      readonly kind: 'cart';
      readonly fleetOrderId: FleetOrderId | null;
      readonly mode: AcquisitionMode;
      readonly rows: readonly CartRow[];
      /** Devices in Fleet's cart that are not known here (after Redis was lost): to be completed or removed. */
      readonly found: readonly CountedProduct[];
      readonly total: CartTotal;
      /** Fleet's cart is not what we know of it: both are shown before anything is sent. */
      readonly difference: CartDifference | null;
      /** What Fleet keeps as an unordered draft after the last line was removed; empty otherwise. */
      readonly keptByFleet: readonly CountedProduct[];
      readonly approver: SlackUserId | null;
      readonly approverName: string | null;
      readonly note: string;
    }
  /** The cart is locked by a request: it is shown with **Withdraw and edit**. */
  | { readonly kind: 'locked'; readonly request: DeviceRequest }
  /** `CART_ALREADY_EXISTS`: **Replace its contents** or **Leave it**. */
  | {
      readonly kind: 'exists';
      readonly fleetOrderId: FleetOrderId;
      readonly holds: readonly CountedProduct[];
      readonly total: CartTotal;
      /** What the person was adding. */
      readonly choice: OrderChoice;
    };

/**
 * What a person saw of their cart, as text to be digested: sending goes through only for exactly this. Who is asked and
 * the note are not part of it, since they are sent as they stand in the fields.
 */
export function fingerprintText(screen: Extract<CartScreen, { kind: 'cart' }>): string {
  const { mode, rows, found, total, difference } = screen;
  return JSON.stringify([
    'v1',
    mode,
    rows.map(({ key, quantity, line }) => [key, quantity, line.price?.amount ?? null, line.price?.currency ?? null]),
    found.map(({ productId, name, count }) => [productId, name, count]),
    [total.fleet, ...total.ours].map((money) => (money === null ? null : [money.amount, money.currency])),
    total.unpriced,
    difference === null ? null : [counted(difference.missing), counted(difference.extra), difference.total !== null],
  ]);
}

function counted(products: NonNullable<Extract<CartScreen, { kind: 'cart' }>['difference']>['missing']): unknown {
  return products.map(({ productId, name, count }) => [productId, name, count]);
}

/** `open`: what people put together or sent here. `all`: also what Fleet keeps besides. */
const cartFilters = ['open', 'pending', 'stuck', 'all'] as const;
export type CartFilter = (typeof cartFilters)[number];

export function isCartFilter(text: string): text is CartFilter {
  return (cartFilters as readonly string[]).includes(text);
}

/** One open cart or request of the company, for admins. */
export interface ListedCart {
  /** Null: Fleet has not said its number yet. */
  readonly fleetOrderId: FleetOrderId | null;
  /** Whose it is; null: Fleet names nobody. Text from people. */
  readonly who: string | null;
  readonly products: readonly { readonly name: string | null; readonly count: number }[];
  readonly total: CartTotal;
  /** Null: Fleet does not give it back. */
  readonly mode: AcquisitionMode | null;
  readonly cartState:
    | { readonly kind: 'draft' }
    /** Emptied here, or its request ended: Fleet keeps it as an unordered draft. */
    | { readonly kind: 'kept' }
    /** Put together in Fleet itself. */
    | { readonly kind: 'in_fleet' }
    | { readonly kind: 'request'; readonly request: DeviceRequest };
  /** Null: Fleet does not say when. */
  readonly since: number | null;
  readonly stuck: Stuck | null;
}

/** Oldest first; those whose age nobody knows stand last. */
export interface CartList extends PageOf<ListedCart> {
  readonly filter: CartFilter;
  /** False: what only Fleet knows is missing, because it could not be asked. */
  readonly isWhole: boolean;
  readonly now: number;
}

/** What Fleet says of an order or cart right now. */
export const KnownStateInFleet = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('order'),
    clientStatus: z.string(),
    orderNumber: z.string().nullable(),
    deviceNames: z.array(z.string()),
  }),
  z.object({ kind: z.literal('cart'), purchaserId: FleetUserId.nullable(), holds: FleetSnapshot }),
  z.object({ kind: z.literal('gone') }),
]);

/** `not_asked`: Fleet could not be asked. */
export type StateInFleet = DeepReadonly<z.infer<typeof KnownStateInFleet>> | { readonly kind: 'not_asked' };

/** One cart, request or order of a person. */
export interface StatusItem {
  /** With the status that Fleet was last heard to say. */
  readonly request: DeviceRequest;
  readonly stateInFleet: StateInFleet;
}

export interface PersonStatus {
  readonly draft: DraftReport | null;
  readonly items: readonly StatusItem[];
  /** There are requests older than those in `items`. */
  readonly hasOlder: boolean;
  /** For this person's signature. */
  readonly waiting: number;
}

/** One cart or order in full, as far as whoever asked may see it. */
export type OrderStatus =
  | { readonly kind: 'not_found' }
  | { readonly kind: 'could_not_look' }
  | { readonly kind: 'request'; readonly item: StatusItem }
  /** Not sent to anybody, or to be sent again. */
  | {
      readonly kind: 'draft';
      readonly fleetOrderId: FleetOrderId;
      /** Null: of whoever asks. Text from people. */
      readonly whose: string | null;
      readonly draft: DraftReport;
      /** It may have been ordered or removed in Fleet itself. */
      readonly stateInFleet: StateInFleet;
      /** How the last request for it ended, as far as whoever asked may see that. */
      readonly ended: DeviceRequest | null;
    }
  /** Not placed through this app: for admins only. */
  | {
      readonly kind: 'foreign';
      readonly fleetOrderId: FleetOrderId;
      /** Null: Fleet does not say. Text from people. */
      readonly whose: string | null;
      readonly stateInFleet: StateInFleet;
    };

/** What the Home tab shows one person. */
export interface HomeScreen {
  /** Why nothing can be ordered by this person; null: they can. */
  readonly trouble: NoMatch | { readonly kind: 'paused' } | null;
  readonly status: PersonStatus;
  /** Own requests with the signed value of their buttons; null: nothing is left to do. */
  readonly items: readonly (StatusItem & { readonly buttonValue: string | null })[];
  /** For this person's signature, oldest first. */
  readonly waiting: PageOf<RequestCard>;
  /** Null: no admin. */
  readonly company: { readonly open: number; readonly stuck: number; readonly unmatched: number } | null;
}
