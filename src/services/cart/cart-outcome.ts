import type { CartScreen } from '../../domain/cart/cart-screen.ts';
import type { CartNews, CartTrouble } from '../../domain/cart/cart-trouble.ts';
import type { AcquisitionMode } from '../../domain/failures/fleet-words.ts';
import type { OrderChoice } from '../../domain/order/order-form.ts';
import type { OrderPurpose } from '../../domain/order/order-memory.ts';

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
  | Later;

/** What a modal can show; `later` shows nothing new. */
export type ShownOutcome = Exclude<CartOutcome, Later>;

export interface Later {
  readonly kind: 'later';
  readonly afterMs: number;
  /** What people are told meanwhile; null: nothing, it takes a moment. */
  readonly why: 'fleet_is_busy' | 'fleet_did_not_confirm' | null;
}

export function later(afterMs: number, why: Later['why'] = null): Later {
  return { kind: 'later', afterMs, why };
}

export function shownScreen(
  screen: CartScreen,
  {
    trouble = null,
    news = null,
    repriced = null,
  }: Partial<Omit<Extract<CartOutcome, { kind: 'screen' }>, 'kind'>> = {},
): Extract<CartOutcome, { kind: 'screen' }> {
  return { kind: 'screen', screen, trouble, news, repriced };
}
