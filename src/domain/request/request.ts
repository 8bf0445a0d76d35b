import type { CartTotal, FleetSnapshot } from '../cart/cart.ts';
import type { CartDifference } from '../cart/cart-difference.ts';
import type { FleetFailure } from '../failures/fleet-failure.ts';
import type { AcquisitionMode } from '../failures/fleet-words.ts';
import type { FleetOrderId, RequestId, SlackChannelId, SlackMessageTs, SlackUserId, TenantId } from '../ids.ts';
import type { OrderLine } from '../order/order-line.ts';
import type { Person } from '../people/people.ts';

/** A cart that somebody was asked to sign, from sending to its end. */
export interface DeviceRequest {
  readonly id: RequestId;
  readonly tenant: TenantId;
  readonly fleetOrderId: FleetOrderId;
  /** Also Fleet's purchaser: `purchaser_id` is always the requester's own. */
  readonly requester: Person;
  /** Who is asked, or whoever it was handed to. */
  readonly approver: Person;
  readonly mode: AcquisitionMode;
  readonly lines: readonly OrderLine[];
  readonly total: CartTotal;
  readonly note: string;
  /** Of lines, mode, purchaser and total: what a press on Approve signs. */
  readonly fingerprint: string;
  /** What Fleet's cart must still hold when Approve is pressed. */
  readonly expectedInFleet: FleetSnapshot;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly lastRemindedAt: number | null;
  /** When it was passed on to the present approver; left out: asked from the beginning. */
  readonly askedAt?: number;
  readonly previousRequestId: RequestId | null;
  readonly state: RequestState;
  /** What differed when Approve was last pressed: shown until the approver decides anew. */
  readonly difference: CartDifference | null;
  /** Why Fleet refused the last attempt: shown while it is pending again. */
  readonly problem: FleetFailure | null;
  /** The approver cannot be reached or may no longer sign: the requester is asked to choose another. */
  readonly approverGone: boolean;
  /** Rises by one with every save: what compare-and-set compares. */
  readonly revision: number;
}

export type RequestState =
  | { readonly kind: 'pending' }
  | {
      readonly kind: 'validating';
      readonly by: Person;
      readonly at: number;
      /** Set by compare-and-set right before a validate leaves: whoever finds it set must look, not send. */
      readonly validateSentAt: number | null;
      /** The minute's requests to Fleet are used up: it waits, and goes on by itself. */
      readonly isBusy?: boolean;
    }
  | {
      readonly kind: 'unconfirmed';
      readonly by: Person;
      readonly at: number;
      /** When the last validate was given up: a second one goes out at the earliest 60 s later. */
      readonly gaveUpAt: number;
      readonly looks: number;
    }
  | {
      readonly kind: 'ordered';
      readonly by: Person;
      readonly at: number;
      readonly clientStatus: string;
      /** False: Fleet moved on without our 200, so it did not confirm who signed. */
      readonly signatoryConfirmed: boolean;
      /** The statuses that somebody was told of: each once, also when Fleet comes back to it. */
      readonly toldOf?: readonly string[];
    }
  | { readonly kind: 'declined'; readonly by: Person; readonly at: number; readonly reason: string }
  | { readonly kind: 'changes_requested'; readonly by: Person; readonly at: number; readonly wish: string }
  | { readonly kind: 'withdrawn'; readonly by: Person; readonly at: number }
  | { readonly kind: 'expired'; readonly at: number }
  | {
      readonly kind: 'closed_elsewhere';
      readonly at: number;
      /** `ordered`: validated in Fleet's own cockpit. `gone`: removed there. */
      readonly how: 'ordered' | 'gone';
      readonly clientStatus: string | null;
      readonly toldOf?: readonly string[];
    };

export type RequestStateKind = RequestState['kind'];

/**
 * Where a card stands in Slack, kept beside the request and not in it: posting a copy is no change of the request.
 * A shared copy holds no names, prices, notes or reasons.
 */
export interface CardCopy {
  readonly kind: 'requester' | 'approver' | 'shared';
  /** Whose card it is; null for a shared one. */
  readonly slackUserId: SlackUserId | null;
  readonly channel: SlackChannelId;
  readonly ts: SlackMessageTs;
  /** The revision that it shows: lower than the request's means it must be updated. */
  readonly shows: number;
}

const openStates = ['pending', 'validating', 'unconfirmed'] as const satisfies readonly RequestStateKind[];

/** Open: somebody or something still has to decide, and the cart is locked. */
export function isOpen(state: RequestState): boolean {
  return (openStates as readonly RequestStateKind[]).includes(state.kind);
}

/** Nothing came of it, and its cart can be sent again. */
export function isEndedUnordered({ kind }: RequestState): boolean {
  return kind === 'declined' || kind === 'changes_requested' || kind === 'withdrawn' || kind === 'expired';
}
