import type { Person } from '../people/people.ts';
import type { SignRefusal } from './may-sign.ts';
import type { DeviceRequest, RequestStateKind } from './request.ts';

/** Why we say no to somebody who pressed or submitted. Nothing was changed by it. */
export type RequestRefusal =
  /** The card's value was not signed by us, was changed, or belongs to another workspace. */
  | { readonly kind: 'not_our_card' }
  /** The store does not know it: it is being rebuilt from the card and from Fleet. Never validated by this press. */
  | { readonly kind: 'being_rebuilt' }
  | { readonly kind: 'unknown_request' }
  | { readonly kind: 'not_the_approver'; readonly approver: Person }
  | { readonly kind: 'not_the_requester'; readonly requester: Person }
  /** Of the person who pressed, or of the one who was named. */
  | SignRefusal
  /** They left, or are somebody else in Fleet by now: nobody purchases in a name that is not theirs. */
  | { readonly kind: 'requester_changed'; readonly requester: Person }
  /** `by` is null where nobody decided (expired, closed elsewhere). */
  | { readonly kind: 'already_decided'; readonly by: Person | null; readonly state: RequestStateKind }
  /** Somebody approved and Fleet has not answered yet. */
  | { readonly kind: 'being_sent'; readonly by: Person }
  | { readonly kind: 'expired'; readonly expiresAt: number }
  /** The button stands on a card that shows something else than what would be signed now. */
  | { readonly kind: 'card_outdated' }
  | { readonly kind: 'reminded_lately'; readonly nextAt: number }
  | { readonly kind: 'approver_gone'; readonly approver: Person }
  | { readonly kind: 'approver_still_there'; readonly approver: Person }
  | { readonly kind: 'same_approver'; readonly approver: Person }
  | { readonly kind: 'ordering_paused' };

/** What the audit log says of a change, without who pressed where. */
export interface DecisionFacts {
  readonly did: string;
  readonly by: Person | 'fleet_for_slack';
  readonly outcome: string;
  /** Why settings let somebody sign their own request. */
  readonly reason?: string;
}

export type Decision =
  | { readonly ok: true; readonly request: DeviceRequest; readonly facts: DecisionFacts }
  | { readonly ok: false; readonly refusal: RequestRefusal };

/** With the request as it is now; null: it is not known. */
export interface Refused {
  readonly ok: false;
  readonly refusal: RequestRefusal;
  readonly request: DeviceRequest | null;
}
