import { z } from 'zod';
import type { FleetFailure } from '../failures/failure.ts';
import { adviceFor } from '../failures/table.ts';
import type { CountryCode } from '../ids.ts';
import type { Money, RowKey } from '../line.ts';
import type { NoMatch, Person } from '../people/people.ts';
import { AcquisitionMode, type DeepReadonly, type OrderField } from '../vocabulary.ts';

/** Why a cart wasn't changed or sent. None of these orders anything. */
export type CartTrouble =
  | { readonly kind: 'fleet'; readonly failure: FleetFailure; readonly row: RowKey | null }
  /** Fleet rejects the key (revoked, read-only, company gone): no one can order until an admin fixes it. */
  | { readonly kind: 'paused' }
  | { readonly kind: 'row_gone' }
  | { readonly kind: 'found_gone' }
  | { readonly kind: 'too_many' }
  /** `productName` null: it isn't known which product group the device belongs to. */
  | {
      readonly kind: 'over_limit';
      readonly price: Money;
      readonly limit: Money;
      readonly mode: AcquisitionMode;
      readonly productName: string | null;
    }
  /** There is a limit for one device, and it can't be compared with this one's price. */
  | { readonly kind: 'limit_unproven'; readonly productName: string | null }
  /** The settings don't allow this (any more). */
  | {
      readonly kind: 'not_allowed';
      readonly field: 'delivery_country' | 'product';
      readonly row: RowKey;
      readonly productName: string;
      readonly deliveryCountry: CountryCode;
    }
  /** Fleet doesn't offer the choice there (any more). */
  | { readonly kind: 'not_offered'; readonly field: OrderField }
  /** What the field sent isn't one of its choices: it shows the earlier one again. */
  | { readonly kind: 'not_a_choice'; readonly field: OrderField }
  | { readonly kind: 'not_matched'; readonly match: NoMatch }
  /** Fleet's devices differ from those it last confirmed. We show them; repeating the change overwrites them. */
  | { readonly kind: 'changed_elsewhere' }
  | { readonly kind: 'gone_from_fleet' }
  /** Or closed without ever having been seen as an order, where the status says so. */
  | { readonly kind: 'ordered_already'; readonly clientStatus: string }
  /** Fleet names another purchaser for it by now. */
  | { readonly kind: 'not_yours' }
  | { readonly kind: 'nothing_to_send' }
  /** Some devices found in Fleet are neither completed nor removed. */
  | { readonly kind: 'found_left' }
  /** What would be sent isn't what the screen showed. It shows it now. */
  | { readonly kind: 'not_as_seen' }
  | { readonly kind: 'approver_missing' }
  | { readonly kind: 'approver_not_eligible' }
  /** It was sent, and has been decided or withdrawn since. */
  | { readonly kind: 'request_over' }
  | { readonly kind: 'own_approver' }
  | { readonly kind: 'approver_unknown' }
  /** Each request sent puts a message before its approver and is kept for a year. */
  | { readonly kind: 'sent_too_often' };

/** What a change came to, kept with what it did: a job that runs twice says what its first run found. */
export const ChangeOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('written'), repriced: AcquisitionMode.nullable() }),
  z.object({ kind: z.literal('changed_elsewhere') }),
  z.object({ kind: z.literal('gone_from_fleet') }),
  z.object({ kind: z.literal('ordered_already'), clientStatus: z.string() }),
  z.object({ kind: z.literal('not_yours') }),
]);
export type ChangeOutcome = DeepReadonly<z.infer<typeof ChangeOutcome>>;

/** A failure that pauses ordering is shown as the pause. */
export function fleetTrouble(failure: FleetFailure): CartTrouble {
  return adviceFor(failure).pausesOrdering ? { kind: 'paused' } : { kind: 'fleet', failure, row: null };
}

/** What a person is told after success. */
export type CartNews =
  | { readonly kind: 'added'; readonly count: number }
  | { readonly kind: 'saved' }
  | { readonly kind: 'removed' }
  | { readonly kind: 'emptied' }
  | { readonly kind: 'completed'; readonly left: number }
  | { readonly kind: 'replaced' }
  | { readonly kind: 'left_as_it_is' }
  | { readonly kind: 'sent'; readonly approver: Person };
