import type { AcquisitionMode } from '../failures/fleet-words.ts';
import type { FleetOrderId } from '../ids.ts';
import type { PageOf } from '../page-of.ts';
import type { DeviceRequest } from '../request/request.ts';
import type { Stuck } from '../tracking/stuck.ts';
import type { CartTotal } from './cart.ts';

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
  readonly standing:
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
