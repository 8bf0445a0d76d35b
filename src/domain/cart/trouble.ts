import type { FleetFailure } from '../failures/failure.ts';
import { adviceFor } from '../failures/table.ts';
import type { CountryCode } from '../ids.ts';
import type { Money, RowKey } from '../line.ts';
import type { NoMatch, Person } from '../people/people.ts';
import type { OrderField } from '../vocabulary.ts';

/** Why a change of the cart, or sending it, did not happen. Nothing was ordered by any of them. */
export type CartTrouble =
  | { readonly kind: 'fleet'; readonly failure: FleetFailure; readonly row: RowKey | null }
  /** A revoked or read-only key, or its company gone: the same for everybody until an admin settles it. */
  | { readonly kind: 'paused' }
  | { readonly kind: 'row_gone' }
  | { readonly kind: 'found_gone' }
  | { readonly kind: 'too_many' }
  /** `productName` null: it isn't known which product group the device belongs to. */
  | { readonly kind: 'over_limit'; readonly price: Money; readonly limit: Money; readonly productName: string | null }
  /** There is a limit for one device, and Fleet does not say what this one costs. */
  | { readonly kind: 'limit_unproven'; readonly productName: string }
  /** The settings let nobody order this (any more). */
  | {
      readonly kind: 'not_allowed';
      readonly field: 'delivery_country' | 'product';
      readonly row: RowKey;
      readonly productName: string;
      readonly deliveryCountry: CountryCode;
    }
  /** What was chosen is not (any more) what Fleet offers there. */
  | { readonly kind: 'not_offered'; readonly field: OrderField }
  | { readonly kind: 'not_matched'; readonly match: NoMatch }
  /** The cart's devices are others than the ones Fleet last confirmed: shown, and accepted by doing the same again. */
  | { readonly kind: 'changed_elsewhere' }
  | { readonly kind: 'gone_from_fleet' }
  | { readonly kind: 'ordered_already'; readonly clientStatus: string }
  | { readonly kind: 'nothing_to_send' }
  /** Devices that were found in Fleet are neither completed nor removed. */
  | { readonly kind: 'found_left' }
  /** What would be sent is not what stood on screen: it does now. */
  | { readonly kind: 'not_as_seen' }
  | { readonly kind: 'approver_missing' }
  | { readonly kind: 'approver_not_eligible' }
  /** Sent, and decided or withdrawn meanwhile. */
  | { readonly kind: 'request_over' }
  | { readonly kind: 'own_approver' }
  | { readonly kind: 'approver_unknown' };

/** A pause is told as one, whatever was asked. */
export function fleetTrouble(failure: FleetFailure): CartTrouble {
  return adviceFor(failure).pausesOrdering ? { kind: 'paused' } : { kind: 'fleet', failure, row: null };
}

/** What a person is told when it went well. */
export type CartNews =
  | { readonly kind: 'added'; readonly count: number }
  | { readonly kind: 'saved' }
  | { readonly kind: 'removed' }
  | { readonly kind: 'emptied' }
  | { readonly kind: 'completed'; readonly left: number }
  | { readonly kind: 'replaced' }
  | { readonly kind: 'left_as_it_is' }
  | { readonly kind: 'sent'; readonly approver: Person };
