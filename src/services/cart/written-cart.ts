import type { DraftCart, FleetSnapshot } from '../../domain/cart/cart.ts';
import type { FleetFailure } from '../../domain/failures/fleet-failure.ts';
import type { FleetOrderId } from '../../domain/ids.ts';
import type { CartIsOver } from './cart-is-over.ts';
import type { Later } from './cart-outcome.ts';

/** What became of bringing a changed draft to Fleet. The draft is as it is stored now. */
export type WrittenCart =
  | { readonly kind: 'written'; readonly draft: DraftCart; readonly inFleet: FleetSnapshot | null }
  /** `CART_ALREADY_EXISTS`: nothing was created, and this is what stands in its way. */
  | {
      readonly kind: 'exists';
      readonly draft: DraftCart;
      readonly fleetOrderId: FleetOrderId;
      readonly inFleet: FleetSnapshot;
    }
  /** Somebody changed the cart in Fleet: nothing was sent. */
  | { readonly kind: 'changed_elsewhere'; readonly draft: DraftCart; readonly inFleet: FleetSnapshot }
  | { readonly kind: 'over'; readonly draft: DraftCart; readonly trouble: CartIsOver }
  | { readonly kind: 'refused'; readonly draft: DraftCart; readonly failure: FleetFailure }
  | Later;
