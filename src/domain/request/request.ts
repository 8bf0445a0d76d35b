import { z } from 'zod';
import { CartTotal, FleetSnapshot } from '../cart/cart.ts';
import { CartDifference, LinesChange } from '../cart/compare.ts';
import { FleetFailure } from '../failures/failure.ts';
import {
  FleetOrderId,
  FleetUserId,
  RequestId,
  SlackChannelId,
  SlackMessageTs,
  SlackUserId,
  WorkspaceId,
} from '../ids.ts';
import { decimalOf, type Money, OrderLine } from '../line.ts';
import { Person } from '../people/people.ts';
import { AcquisitionMode, type DeepReadonly, looseObject } from '../vocabulary.ts';

const by = Person;
const at = z.number();
/** Statuses that people were told of: each once, even if Fleet returns to it. */
const toldOf = z.array(z.string()).exactOptional();

/** What people had been told when Fleet turned out to have ordered it all the same. */
export const Despite = z.union([
  looseObject({ kind: z.enum(['declined', 'changes_requested', 'withdrawn']), by }),
  /** `pending`: an approval had come back as not gone through. */
  looseObject({ kind: z.enum(['pending', 'expired', 'gone']) }),
]);
export type Despite = DeepReadonly<z.infer<typeof Despite>>;
const despite = Despite.exactOptional();

export const RequestState = z.discriminatedUnion('kind', [
  looseObject({ kind: z.literal('pending') }),
  looseObject({
    kind: z.literal('validating'),
    by,
    at,
    /** Set by compare-and-set right before a validate leaves: a run that finds it set looks up the outcome. */
    validateSentAt: z.number().nullable(),
    /** The minute's requests to Fleet are used up: it waits, and resumes automatically. */
    isBusy: z.boolean().exactOptional(),
  }),
  looseObject({
    kind: z.literal('unconfirmed'),
    by,
    at,
    /** When the last validate was given up. A second one leaves 60 s later at the earliest. */
    gaveUpAt: z.number(),
    looks: z.number(),
    /** Fleet or a gateway refused in a way that proves nothing: told if a look finds that it still is a cart. */
    refusal: FleetFailure.nullable().catch(null).exactOptional(),
  }),
  looseObject({
    kind: z.literal('ordered'),
    by,
    at,
    clientStatus: z.string(),
    /** False: it was ordered without a 200 for us, so Fleet did not confirm who signed. */
    signatoryConfirmed: z.boolean(),
    toldOf,
    despite,
  }),
  looseObject({ kind: z.literal('declined'), by, at, reason: z.string() }),
  looseObject({ kind: z.literal('changes_requested'), by, at, wish: z.string() }),
  looseObject({ kind: z.literal('withdrawn'), by, at }),
  looseObject({ kind: z.literal('expired'), at }),
  looseObject({
    kind: z.literal('closed_elsewhere'),
    at,
    /** `ordered`: validated in Fleet's own cockpit. `gone`: removed there. */
    how: z.enum(['ordered', 'gone']),
    clientStatus: z.string().nullable(),
    toldOf,
    despite,
    /** Found archived or failed without ever having been seen as an order: Fleet doesn't say whether it was one. */
    isPutAway: z.literal(true).exactOptional(),
  }),
]);
export type RequestState = DeepReadonly<z.infer<typeof RequestState>>;
export type RequestStateKind = RequestState['kind'];

/** A cart that waits for a signature, from sending to its end. */
export const DeviceRequest = looseObject({
  id: RequestId,
  tenant: WorkspaceId,
  fleetOrderId: FleetOrderId,
  /** Also Fleet's purchaser: `purchaser_id` is always the requester's own. */
  requester: Person,
  /** The current approver: the first one asked, or who it was reassigned to. */
  approver: Person,
  mode: AcquisitionMode,
  lines: z.array(OrderLine),
  total: CartTotal,
  note: z.string(),
  /** Digest of lines, mode, purchaser and total: what a press on Approve signs. */
  fingerprint: z.string(),
  /** What Fleet's cart must still hold when Approve is pressed. */
  expectedInFleet: FleetSnapshot,
  createdAt: z.number(),
  expiresAt: z.number(),
  lastRemindedAt: z.number().nullable(),
  /** When the current approver was asked; left out: they were the first. */
  askedAt: z.number().exactOptional(),
  /** Who was asked before, and who changed that; null: they're away. Left out: nobody else was asked. */
  reassigned: looseObject({ from: Person, by: Person.nullable() }).exactOptional(),
  previousRequestId: RequestId.nullable(),
  /** How the previous request ended and what changed since. Left out: there is none, or its lines aren't known. */
  followUp: looseObject({
    end: z.enum(['declined', 'changes_requested', 'withdrawn', 'expired']),
    by: Person.nullable(),
    change: LinesChange,
  }).exactOptional(),
  state: RequestState,
  // The three `catch`es: an unreadable detail that is only shown must not make the whole request unreadable.
  /** What differed when Approve was last pressed: shown until the approver decides again. */
  difference: CartDifference.nullable().catch(null),
  /** Why Fleet rejected the last attempt: shown while the request is pending again. */
  problem: FleetFailure.nullable().catch(null),
  /** The approver cannot be reached or may no longer sign: the requester is asked to choose another. */
  approverGone: z.boolean().catch(false),
  /** How many approvals came back from Fleet: a button from before one signs nothing. Left out: none. */
  sentBack: z.int().exactOptional(),
  /**
   * After an end without an order. `unchecked`: Fleet wasn't asked since. `told`: people were told that it's being
   * checked. Left out: an older release ended it.
   */
  ending: z.enum(['unchecked', 'told', 'checked']).exactOptional(),
  /** Its cart was sent again: what becomes of the order is the newer request's. */
  isSuperseded: z.literal(true).exactOptional(),
  /** When Fleet first showed neither a cart nor an order. Any other change starts the search again. */
  missingSince: z.number().nullable().exactOptional(),
  /** An approval that was sent without a clear answer and came back: Fleet may still carry it out. */
  unansweredApproval: looseObject({ by, at }).exactOptional(),
  /** Rises by one with every save; compare-and-set compares it. */
  revision: z.number().int(),
  /**
   * Random and new with every save: a Redis that lost its last second counts the same revisions again, but never with
   * the same nonce. Left out: not saved since an older release.
   */
  nonce: z.string().exactOptional(),
});
export type DeviceRequest = DeepReadonly<z.infer<typeof DeviceRequest>>;

/**
 * Where a copy of a card is in Slack. Stored apart from the request, since posting a copy does not change the request.
 * A shared copy shows no names, prices, notes or reasons.
 */
export const CardCopy = looseObject({
  kind: z.enum(['requester', 'approver', 'shared']),
  /** Whose card it is; null for a shared one. */
  slackUserId: SlackUserId.nullable(),
  channel: SlackChannelId,
  ts: SlackMessageTs,
  /** The revision that it shows; 0: it must be drawn again. */
  shows: z.number(),
  /** The nonce of that save. */
  nonce: z.string().exactOptional(),
});
export type CardCopy = DeepReadonly<z.infer<typeof CardCopy>>;

export function isSameSave(one: DeviceRequest, other: DeviceRequest): boolean {
  return one.revision === other.revision && one.nonce === other.nonce;
}

/** What a copy that was just drawn shows. */
export function shownOf({ revision, nonce = '' }: DeviceRequest): Pick<CardCopy, 'shows' | 'nonce'> {
  return { shows: revision, nonce };
}

/** Older or newer: after Redis lost its last second, a card may be ahead of its request. */
export function isShown({ shows, nonce = '' }: CardCopy, request: DeviceRequest): boolean {
  return shows === request.revision && nonce === (request.nonce ?? '');
}

/** The devices that a person already has in Fleet. */
export interface DevicesHeld {
  readonly name: string;
  readonly count: number;
  /** The first ones by name. */
  readonly devices: readonly string[];
}

/** One copy of a request's card. */
export interface RequestCard {
  readonly request: DeviceRequest;
  readonly side: CardCopy['kind'];
  /** Signed. Every button carries it. Null: this copy has no buttons (shared, or a former approver's). */
  readonly buttonValue: string | null;
  /** What the people on the request already have. Anyone Fleet does not answer for is left out. */
  readonly devices: readonly DevicesHeld[];
}

const openStates = ['pending', 'validating', 'unconfirmed'] as const satisfies readonly RequestStateKind[];

/** A decision or Fleet's answer is outstanding, and the cart is locked. */
export function isOpen(state: RequestState): boolean {
  return (openStates as readonly RequestStateKind[]).includes(state.kind);
}

/** Nothing was ordered from here, and the cart can be sent again. */
export function isEndedUnordered({ kind }: RequestState): boolean {
  return kind === 'declined' || kind === 'changes_requested' || kind === 'withdrawn' || kind === 'expired';
}

/** It ended without an order, and Fleet hasn't yet said that this is so. */
export function isBeingChecked({ state, ending }: DeviceRequest): boolean {
  return isEndedUnordered(state) && (ending === 'unchecked' || ending === 'told');
}

/** It ended without an order, which someone may still place in Fleet. */
export function isWatched({ state }: DeviceRequest): boolean {
  return isEndedUnordered(state) || (state.kind === 'closed_elsewhere' && state.how === 'gone');
}

/** Where one copy of a card is in Slack. */
export const CopyPlace = z.object({ channel: SlackChannelId, ts: SlackMessageTs });
export type CopyPlace = DeepReadonly<z.infer<typeof CopyPlace>>;

const side = z.object({ slackUserId: SlackUserId, fleetUserId: FleetUserId });

/**
 * What every button of a card carries, signed: enough to rebuild the request from the card and from Fleet after a loss
 * of Redis, and to find the other copy. The lines do not fit: a button's value holds 2,000 characters.
 */
export const CardValue = z.object({
  tenant: WorkspaceId,
  requestId: RequestId,
  fleetOrderId: FleetOrderId,
  requester: side,
  approver: side,
  expiresAt: z.number(),
  fingerprint: z.string(),
  /** As in the request when the card was drawn. */
  sentBack: z.int().exactOptional(),
  /** Nothing else keeps it. Clipped where JSON makes it too long; left out if there is none. */
  note: z.string().exactOptional(),
  otherCopy: CopyPlace.nullable(),
});
export type CardValue = DeepReadonly<z.infer<typeof CardValue>>;

/** What a modal opened from a card carries, signed: the button's value, and where the card is. */
export const CardModalMemory = z.object({ card: z.string(), copy: CopyPlace.nullable() });

type SignedFields = Pick<DeviceRequest, 'requester' | 'mode' | 'lines' | 'total' | 'expectedInFleet'>;

/**
 * The text that a request's fingerprint digests. It covers any difference too, so that an older card without it can no
 * longer be approved. Without lines (after a loss of Redis) it covers what Fleet holds instead.
 */
export function signedText(request: SignedFields, difference: CartDifference | null): string {
  const { requester, mode, lines, total, expectedInFleet } = request;
  const text = canonicalText({ purchaserId: requester.fleetUserId, mode, lines, total });
  if (lines.length > 0 && difference === null) return text;
  return JSON.stringify([text, expectedInFleet, difference]);
}

interface SignedContent {
  readonly purchaserId: FleetUserId;
  readonly mode: AcquisitionMode;
  readonly lines: readonly OrderLine[];
  readonly total: CartTotal;
}

/**
 * What is sent to Fleet, and the total. Cards of earlier releases carry its digest, so a change needs a new version.
 * The order of the lines does not matter.
 */
export function canonicalText({ purchaserId, mode, lines, total }: SignedContent): string {
  return JSON.stringify([
    'v1',
    purchaserId,
    mode,
    lines.map(lineText).toSorted(),
    total.fleet === null ? null : moneyText(total.fleet),
    total.ours.map(moneyText).toSorted(),
    total.unpriced,
  ]);
}

function lineText(line: OrderLine): string {
  return JSON.stringify([
    line.productId,
    line.deliveryCountry,
    line.keyboardLayout,
    line.fleetUserId,
    line.shippingAddressId,
  ]);
}

function moneyText({ amount, currency }: Money): string {
  return `${currency} ${decimalOf(amount)?.toFixed() ?? amount}`;
}
