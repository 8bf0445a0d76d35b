import type { ListedCart } from '../../domain/cart/cart-list.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { Stuck } from '../../domain/tracking/stuck.ts';
import { ageText } from '../age.ts';
import { totalText } from '../card/card-total.ts';
import { times } from '../format.ts';
import { clip } from '../text.ts';

const stuckTexts: Readonly<Record<Stuck, string>> = {
  fleet_unclear: 'Fleet has not answered clearly; it is being looked up',
  sending_long: 'sending takes long',
  approver_gone: 'the approver cannot be reached or may not sign any more; the requester has to choose another',
  fleet_refused: 'Fleet refused the last approval; the card says why',
  cart_differs: "Fleet's cart was changed; the approver has to decide anew",
  unanswered: 'reminded, and no decision yet',
  overdue: 'past its deadline',
  creating_long: 'Fleet has not confirmed the cart; it is being looked up',
};

export interface ListedText {
  readonly number: string;
  readonly who: string;
  readonly what: string;
  readonly total: string;
  readonly standing: string;
  readonly since: string;
}

/** One row in words. Plain text that holds what people and Fleet wrote: whoever shows it escapes it. */
export function listedText(cart: ListedCart, now: number): ListedText {
  const what = cart.products.map(({ name, count }) => times(clip(name ?? 'a device without a name', 60), count));
  const stuck = cart.stuck === null ? '' : ` – ${stuckTexts[cart.stuck]}`;
  return {
    number: cart.fleetOrderId === null ? '–' : String(cart.fleetOrderId),
    who: clip(cart.who ?? 'nobody named', 60),
    what: what.length === 0 ? 'nothing yet' : clip(what.join(', '), 160),
    total: clip(totalText(cart.total, cart.mode), 80),
    standing: clip(`${standingOf(cart)}${stuck}`, 200),
    since: cart.since === null ? 'Fleet does not say' : ageText(now - cart.since),
  };
}

function standingOf({ standing }: ListedCart): string {
  switch (standing.kind) {
    case 'draft':
      return 'Cart, not sent yet';
    case 'kept':
      return 'Emptied here; Fleet keeps it as an unordered draft';
    case 'in_fleet':
      return "Cart in Fleet's cockpit";
    case 'request':
      return requestStanding(standing.request);
    /* v8 ignore next 2 -- @preserve: the union is closed, the compiler proves that nothing comes here. */
    default:
      return standing satisfies never;
  }
}

function requestStanding({ state, approver }: DeviceRequest): string {
  const isSent = state.kind === 'validating' || state.kind === 'unconfirmed';
  return isSent ? `Approved by ${state.by.name}, being sent to Fleet` : `Waits for ${approver.name} to sign`;
}
