import type { AcquisitionMode } from '../failures/fleet-words.ts';
import type { FleetOrderId, SlackUserId } from '../ids.ts';
import type { OrderChoice } from '../order/order-form.ts';
import type { CartRow } from '../order/order-line.ts';
import type { DeviceRequest } from '../request/request.ts';
import type { CartTotal } from './cart.ts';
import type { CartDifference, CountedProduct } from './cart-difference.ts';

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
