import type { FleetFailure } from './failures/fleet-failure.ts';
import type { ChangeId, FleetOrderId, FleetProductId, RequestId, SlackUserId, SlackViewId, TenantId } from './ids.ts';
import type { OrderChoice } from './order/order-form.ts';
import type { RowKey } from './order/order-line.ts';
import type { Person } from './people/people.ts';
import type { CardSide } from './request/signed-card.ts';
import type { Settings } from './settings/settings.ts';
import type { Stop } from './stop.ts';
import type { StatusReader } from './tracking/follow-order.ts';

/**
 * What was accepted and is still to be done. It is written to Redis in the same script as the change that asks for it,
 * and handed to the queue from there: docs/decisions/0004-accepted-first.md.
 */
export interface WorkItem {
  /** Unique for what it asks: the same item twice is carried out once. Letters, digits, `-`, `_` and `.` only. */
  readonly id: string;
  /** Epoch milliseconds; left out: at once. */
  readonly notBefore?: number;
  readonly work: Work;
}

export type Work =
  /** A submitted modal or a button in one that changes the cart. */
  | {
      readonly kind: 'change_cart';
      readonly tenant: TenantId;
      readonly slackUserId: SlackUserId;
      readonly changeId: ChangeId;
      readonly change: CartChange;
      readonly carry: ModalCarry;
      /** The modal that waits for the outcome. */
      readonly viewId: SlackViewId | null;
    }
  | {
      readonly kind: 'send_request';
      readonly tenant: TenantId;
      readonly slackUserId: SlackUserId;
      readonly changeId: ChangeId;
      readonly approverSlackUserId: SlackUserId;
      readonly note: string;
      /** What the person saw when sending: fingerprint of rows, mode and total. */
      readonly seen: string;
      readonly viewId: SlackViewId | null;
    }
  | { readonly kind: 'carry_out_approval'; readonly tenant: TenantId; readonly requestId: RequestId }
  | {
      readonly kind: 'look_up_unconfirmed';
      readonly tenant: TenantId;
      readonly requestId: RequestId;
      /** One look besides those that are planned: it plans none, and only finds out whether it was ordered. */
      readonly isExtra?: boolean;
    }
  /** Bring every copy of the card up to the request's revision. */
  | { readonly kind: 'update_cards'; readonly tenant: TenantId; readonly requestId: RequestId }
  | { readonly kind: 'remind'; readonly tenant: TenantId; readonly requestId: RequestId }
  | { readonly kind: 'expire'; readonly tenant: TenantId; readonly requestId: RequestId }
  /** The person whose press could not be answered in place, or somebody who must be told, gets a message. */
  | {
      readonly kind: 'tell';
      readonly tenant: TenantId;
      readonly to: NoticeTo;
      readonly notice: Notice;
    }
  /** A card that Redis did not know was pressed: rebuild the request from what the card carries and from Fleet. */
  | {
      readonly kind: 'rebuild_request';
      readonly tenant: TenantId;
      readonly card: CardSide;
      readonly pressedBy: SlackUserId;
      /** When it was pressed: the longer Fleet does not answer, the more seldom it is asked. */
      readonly since?: number;
    }
  /** Slack said that something about a person changed. */
  | { readonly kind: 'person_changed'; readonly tenant: TenantId; readonly slackUserId: SlackUserId }
  /** The data goes, unless the app is back by then. */
  | { readonly kind: 'erase_workspace'; readonly tenant: TenantId; readonly stop: Stop }
  | { readonly kind: 'refresh_directory'; readonly tenant: TenantId }
  | { readonly kind: 'follow_orders'; readonly tenant: TenantId }
  | { readonly kind: 'publish_home'; readonly tenant: TenantId; readonly slackUserId: SlackUserId };

export type CartChange =
  | { readonly kind: 'add'; readonly choice: OrderChoice }
  /** `row` is replaced by what is chosen now, in the quantity chosen now. */
  | { readonly kind: 'edit'; readonly row: RowKey; readonly choice: OrderChoice }
  | { readonly kind: 'remove'; readonly row: RowKey }
  /** A device that Fleet holds and we do not know (Redis was lost): what Fleet does not return was asked for. */
  | { readonly kind: 'complete_found'; readonly productId: FleetProductId; readonly choice: OrderChoice }
  | { readonly kind: 'remove_found'; readonly productId: FleetProductId | null }
  /** `CART_ALREADY_EXISTS`: the person chose to replace the existing cart's contents by what they were adding. */
  | { readonly kind: 'replace_existing'; readonly fleetOrderId: FleetOrderId; readonly choice: OrderChoice };

/** What the two modals hand to each other when one replaces the other in place. */
export interface ModalCarry {
  readonly approver: SlackUserId | null;
  readonly note: string;
  readonly words: string;
}

export type NoticeTo =
  | { readonly kind: 'person'; readonly slackUserId: SlackUserId }
  | { readonly kind: 'admins' }
  /** Everybody who may sign, and everybody who could by the list of before. */
  | { readonly kind: 'approvers'; readonly before: Settings['approvers'] };

/** A message to somebody, as data: the views put it into words. */
export type Notice =
  /** A sentence that a view function made when the work was accepted (already plain text, to be escaped when shown). */
  | { readonly kind: 'sentence'; readonly text: string }
  /** For admins: Fleet refused in a way that only they can settle. */
  | {
      readonly kind: 'fleet_needs_admin';
      readonly failure: FleetFailure;
      readonly about: Person | null;
      readonly fleetOrderId: FleetOrderId | null;
    }
  /** For admins: Fleet does not accept the key, so ordering pauses. With **Try again**. */
  | { readonly kind: 'ordering_paused'; readonly failure: FleetFailure }
  /** Fleet moved an order to where somebody has to do something, or wants to know of it. */
  | {
      readonly kind: 'order_status';
      readonly reader: StatusReader;
      readonly fleetOrderId: FleetOrderId;
      readonly clientStatus: string;
      readonly requester: Person;
    }
  /** For admins: the approver of a request cannot be reached or may no longer sign. */
  | {
      readonly kind: 'approver_gone';
      readonly requestId: RequestId;
      readonly approver: Person;
      readonly requester: Person;
    };
