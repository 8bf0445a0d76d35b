import type { AcquisitionMode } from '../failures/fleet-words.ts';
import type {
  ChangeId,
  CurrencyCode,
  FleetOrderId,
  FleetProductId,
  FleetUserId,
  RequestId,
  SlackUserId,
} from '../ids.ts';
import type { Money, OrderLine } from '../order/order-line.ts';

/** What Fleet last said it holds. Device ids are left out: they change with every patch. */
export interface FleetSnapshot {
  /** One entry for each device, null where Fleet ties it to no product. */
  readonly productIds: readonly (FleetProductId | null)[];
  readonly names: readonly (string | null)[];
  readonly rent: string | null;
  readonly currency: CurrencyCode | null;
}

/** The cart in progress of one Slack person: the lines as sent, beside Fleet's id for them. */
export interface DraftCart {
  readonly purchaserId: FleetUserId;
  /** Null until the first line was added. */
  readonly fleetOrderId: FleetOrderId | null;
  readonly mode: AcquisitionMode;
  readonly lines: readonly OrderLine[];
  readonly fleetHolds: FleetSnapshot | null;
  /**
   * `ours`: `lines` is what Fleet holds. `emptied`: the person removed the last line (or the request ended) and Fleet
   * keeps `fleetHolds` as an unordered draft. `found`: the cart was found in Fleet and its lines are not known here.
   */
  readonly standing: 'ours' | 'emptied' | 'found';
  /** Set before `POST /carts` goes out and cleared by its answer: when set on reading, look before creating. */
  readonly creatingSince: number | null;
  /** The request that locks this cart while it is pending, validating or unconfirmed. */
  readonly lockedBy: RequestId | null;
  /** The last changes that were carried out, newest last: a job that runs twice finds itself here. */
  readonly appliedChanges: readonly ChangeId[];
  readonly revision: number;
}

/** What a person chose last, kept beyond one cart. */
export interface Preferences {
  readonly lastCountry: string | null;
  readonly lastApprover: SlackUserId | null;
}

/** The total to show and to sign: Fleet's own where it states one, our sums by currency beside it. */
export interface CartTotal {
  readonly fleet: Money | null;
  /** Never added across currencies. */
  readonly ours: readonly Money[];
  /** Lines without a price: our sum is then a lower bound and says so. */
  readonly unpriced: number;
}
