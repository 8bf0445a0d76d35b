import type { CartTotal, DraftCart } from '../cart/cart.ts';
import type { AcquisitionMode } from '../failures/fleet-words.ts';
import type { FleetOrderId } from '../ids.ts';
import type { CartRow } from '../order/order-line.ts';
import type { DeviceRequest } from '../request/request.ts';

/** What Fleet says of an order right now, or that it could not be asked. */
export type FleetStanding =
  | {
      readonly kind: 'order';
      readonly clientStatus: string;
      readonly orderNumber: string | null;
      readonly deviceNames: readonly string[];
    }
  | { readonly kind: 'cart'; readonly deviceNames: readonly (string | null)[] }
  | { readonly kind: 'gone' }
  | { readonly kind: 'not_asked' };

/** One cart, request or order of a person. */
export interface StatusItem {
  /** With the status that Fleet was last heard to say. */
  readonly request: DeviceRequest;
  readonly standing: FleetStanding;
}

export interface PersonStatus {
  readonly draft: { readonly cart: DraftCart; readonly rows: readonly CartRow[]; readonly total: CartTotal } | null;
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
  | {
      readonly kind: 'own_cart';
      readonly fleetOrderId: FleetOrderId;
      readonly mode: AcquisitionMode;
      readonly rows: readonly CartRow[];
      readonly total: CartTotal;
    }
  /** Not placed through this app: for admins only. */
  | { readonly kind: 'foreign'; readonly fleetOrderId: FleetOrderId; readonly standing: FleetStanding };
