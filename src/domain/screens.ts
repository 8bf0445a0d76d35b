import { z } from 'zod';
import { type CartTotal, FleetSnapshot } from './cart/cart.ts';
import type { CartDifference, CountedProduct } from './cart/compare.ts';
import type { CartWithPending, FoundDevice, ShownRow } from './cart/pending.ts';
import { type FleetOrderId, FleetUserId, type SlackUserId } from './ids.ts';
import type { OrderChoice } from './order-form/choice.ts';
import type { Stuck } from './orders/listing.ts';
import type { DraftReport } from './orders/reports.ts';
import type { NoMatch } from './people/people.ts';
import type { DeviceRequest, RequestCard, RequestState } from './request/request.ts';
import type { AcquisitionMode, DeepReadonly } from './vocabulary.ts';

export interface PageOf<T> {
  readonly rows: readonly T[];
  /** From 0. */
  readonly page: number;
  readonly pages: number;
  readonly count: number;
  /** The first row's number among all rows, from 1. */
  readonly first: number;
}

export function pageOf<T>(items: readonly T[], wanted: number, size: number): PageOf<T> {
  const place = pageAt(items.length, wanted, size);
  return { ...place, rows: items.slice(place.first - 1, place.first - 1 + size) };
}

/** Of a list whose rows are elsewhere. If it got shorter, a page beyond its end shows the last page. */
export function pageAt(count: number, wanted: number, size: number): Omit<PageOf<never>, 'rows'> {
  const pages = Math.max(1, Math.ceil(count / size));
  const page = Math.min(wanted, pages - 1);
  return { page, pages, count, first: page * size + 1 };
}

/** What **Your cart** shows: all rows, which the views page. */
export type CartScreen =
  | {
      readonly kind: 'cart';
      readonly fleetOrderId: FleetOrderId | null;
      readonly mode: AcquisitionMode;
      readonly rows: readonly ShownRow[];
      /** Devices in Fleet's cart that we have no lines for (Redis was lost): to be completed or removed. */
      readonly found: readonly FoundDevice[];
      readonly pending: CartWithPending['pending'];
      readonly total: CartTotal;
      /** Fleet's cart differs from ours: the person sees both before anything is sent. */
      readonly difference: CartDifference | null;
      /** What Fleet keeps as an unordered draft after the last line was removed. Otherwise empty. */
      readonly keptByFleet: readonly CountedProduct[];
      /** How the request that this cart was last sent as ended without an order. Null: it wasn't sent, or is another cart by now. */
      readonly lastEnd: RequestState | null;
      /** What Fleet keeps is what that request held: it can be the cart again. */
      readonly canPutBack: boolean;
      readonly approver: SlackUserId | null;
      readonly approverName: string | null;
      readonly note: string;
    }
  /** A request locks the cart: shown with **Withdraw and edit** to the Slack account that sent it. */
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
 * What a person saw of their cart, as text to digest: only exactly this can be sent. Approver and note are not part of
 * it, because the submission carries them.
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

/** `open`: put together or sent in Slack. `all`: includes carts created in Fleet. */
const cartFilters = ['open', 'pending', 'stuck', 'all'] as const;
export type CartFilter = (typeof cartFilters)[number];

export function isCartFilter(text: string): text is CartFilter {
  return (cartFilters as readonly string[]).includes(text);
}

/** One open cart or request of the company, for admins. */
export interface ListedCart {
  /** Null: Fleet hasn't given it a number yet. */
  readonly fleetOrderId: FleetOrderId | null;
  /** Whose it is. Null: Fleet doesn't say. Text from people. */
  readonly who: string | null;
  readonly products: readonly { readonly name: string | null; readonly count: number }[];
  readonly total: CartTotal;
  /** Null: Fleet doesn't return it. */
  readonly mode: AcquisitionMode | null;
  readonly cartState:
    | { readonly kind: 'draft' }
    /** Fleet keeps it as an unordered draft. `ended`: how its request did; null: its last device was removed here. */
    | { readonly kind: 'kept'; readonly ended: RequestState['kind'] | null }
    /** Put together in Fleet itself. */
    | { readonly kind: 'in_fleet' }
    | { readonly kind: 'request'; readonly request: DeviceRequest };
  /** Null: Fleet doesn't say. */
  readonly since: number | null;
  readonly stuck: Stuck | null;
}

/** Oldest first; those of unknown age come last. */
export interface CartList extends PageOf<ListedCart> {
  readonly filter: CartFilter;
  /** False: carts that only Fleet knows are missing, because it didn't answer. */
  readonly isWhole: boolean;
  readonly now: number;
}

/** What Fleet says about an order or cart now. */
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

/** `not_asked`: we couldn't ask Fleet. */
export type StateInFleet = DeepReadonly<z.infer<typeof KnownStateInFleet>> | { readonly kind: 'not_asked' };

/** One cart, request or order of a person. */
export interface StatusItem {
  /** With the last status that we heard from Fleet. */
  readonly request: DeviceRequest;
  readonly stateInFleet: StateInFleet;
}

export interface PersonStatus {
  readonly draft: DraftReport | null;
  readonly items: readonly StatusItem[];
  /** There are requests older than those in `items`. */
  readonly hasOlder: boolean;
  /** How many requests wait for this person's approval. */
  readonly waiting: number;
}

/** One cart or order in full, as far as the asking person may see it. */
export type OrderStatus =
  | { readonly kind: 'not_found' }
  | { readonly kind: 'could_not_look' }
  | { readonly kind: 'request'; readonly item: StatusItem }
  /** Not sent yet, or to be sent again. */
  | {
      readonly kind: 'draft';
      readonly fleetOrderId: FleetOrderId;
      /** Null: the asking person's own. Text from people. */
      readonly whose: string | null;
      readonly draft: DraftReport;
      /** It may have been ordered or removed in Fleet. */
      readonly stateInFleet: StateInFleet;
      /** The last request for it, which is over, if the asking person may see it. */
      readonly lastRequest: DeviceRequest | null;
    }
  /** Not placed in Slack: for admins only. */
  | {
      readonly kind: 'foreign';
      readonly fleetOrderId: FleetOrderId;
      /** Null: Fleet does not say. Text from people. */
      readonly whose: string | null;
      readonly stateInFleet: StateInFleet;
    };

/** Of a person's own requests and orders, as many as Home shows; `/fleet status` shows more. */
export const HOME_ITEMS = 12;

/** What the Home tab shows one person. */
export interface HomeScreen {
  /** Why this person can't order. Null: they can. */
  readonly trouble: NoMatch | { readonly kind: 'paused' } | null;
  readonly status: PersonStatus;
  /** Own requests with the signed value of their buttons. Null: nothing is left to do. */
  readonly items: readonly (StatusItem & { readonly buttonValue: string | null })[];
  /** Requests that wait for this person's approval, oldest first. */
  readonly waiting: PageOf<RequestCard>;
  /** Null: no admin. */
  readonly company: { readonly open: number; readonly stuck: number; readonly unmatched: number } | null;
}
