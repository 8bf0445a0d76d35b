import { z } from 'zod';
import { CartTotal, FleetSnapshot } from '../cart/cart.ts';
import { CartDifference } from '../cart/compare.ts';
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
import { type Money, OrderLine } from '../line.ts';
import { decimalOf } from '../money.ts';
import { Person } from '../people/people.ts';
import { type DeepReadonly, looseObject } from '../schema.ts';
import { AcquisitionMode } from '../vocabulary.ts';

const by = Person;
const at = z.number();
/** The statuses that somebody was told of: each once, also when Fleet comes back to it. */
const toldOf = z.array(z.string()).exactOptional();

export const RequestState = z.discriminatedUnion('kind', [
  looseObject({ kind: z.literal('pending') }),
  looseObject({
    kind: z.literal('validating'),
    by,
    at,
    /** Set by compare-and-set right before a validate leaves: whoever finds it set must look, not send. */
    validateSentAt: z.number().nullable(),
    /** The minute's requests to Fleet are used up: it waits, and goes on by itself. */
    isBusy: z.boolean().exactOptional(),
  }),
  looseObject({
    kind: z.literal('unconfirmed'),
    by,
    at,
    /** When the last validate was given up: a second one goes out at the earliest 60 s later. */
    gaveUpAt: z.number(),
    looks: z.number(),
  }),
  looseObject({
    kind: z.literal('ordered'),
    by,
    at,
    clientStatus: z.string(),
    /** False: Fleet moved on without our 200, so it did not confirm who signed. */
    signatoryConfirmed: z.boolean(),
    toldOf,
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
  }),
]);
export type RequestState = DeepReadonly<z.infer<typeof RequestState>>;
export type RequestStateKind = RequestState['kind'];

/** A cart that somebody was asked to sign, from sending to its end. */
export const DeviceRequest = looseObject({
  id: RequestId,
  tenant: WorkspaceId,
  fleetOrderId: FleetOrderId,
  /** Also Fleet's purchaser: `purchaser_id` is always the requester's own. */
  requester: Person,
  /** Who is asked, or whoever it was handed to. */
  approver: Person,
  mode: AcquisitionMode,
  lines: z.array(OrderLine),
  total: CartTotal,
  note: z.string(),
  /** Of lines, mode, purchaser and total: what a press on Approve signs. */
  fingerprint: z.string(),
  /** What Fleet's cart must still hold when Approve is pressed. */
  expectedInFleet: FleetSnapshot,
  createdAt: z.number(),
  expiresAt: z.number(),
  lastRemindedAt: z.number().nullable(),
  /** When it was passed on to the present approver; left out: asked from the beginning. */
  askedAt: z.number().exactOptional(),
  previousRequestId: RequestId.nullable(),
  state: RequestState,
  // What is only shown is given up rather than the request with it: hence the three `catch`es.
  /** What differed when Approve was last pressed: shown until the approver decides anew. */
  difference: CartDifference.nullable().catch(null),
  /** Why Fleet refused the last attempt: shown while it is pending again. */
  problem: FleetFailure.nullable().catch(null),
  /** The approver cannot be reached or may no longer sign: the requester is asked to choose another. */
  approverGone: z.boolean().catch(false),
  /** Rises by one with every save: what compare-and-set compares. */
  revision: z.number().int(),
});
export type DeviceRequest = DeepReadonly<z.infer<typeof DeviceRequest>>;

/**
 * Where a card stands in Slack, kept beside the request and not in it: posting a copy is no change of the request.
 * A shared copy holds no names, prices, notes or reasons.
 */
export const CardCopy = looseObject({
  kind: z.enum(['requester', 'approver', 'shared']),
  /** Whose card it is; null for a shared one. */
  slackUserId: SlackUserId.nullable(),
  channel: SlackChannelId,
  ts: SlackMessageTs,
  /** The revision that it shows: lower than the request's means it must be updated. */
  shows: z.number(),
});
export type CardCopy = DeepReadonly<z.infer<typeof CardCopy>>;

/** What somebody already has in Fleet. */
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
  /** Signed: what every button carries. Null: this copy has no buttons (shared, or a former approver's). */
  readonly buttonValue: string | null;
  /** What the people it is for already have; those of whom Fleet does not say are left out. */
  readonly devices: readonly DevicesHeld[];
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

/** Where one copy of a card is in Slack. */
export const CopyPlace = z.object({ channel: SlackChannelId, ts: SlackMessageTs });
export type CopyPlace = DeepReadonly<z.infer<typeof CopyPlace>>;

const side = z.object({ slackUserId: SlackUserId, fleetUserId: FleetUserId });

/**
 * What every button of a card carries, signed: enough to rebuild the request from the card and from Fleet when Redis
 * was lost, and to find the other copy. The lines are not in it: a button's value holds 2,000 characters.
 */
export const CardValue = z.object({
  tenant: WorkspaceId,
  requestId: RequestId,
  fleetOrderId: FleetOrderId,
  requester: side,
  approver: side,
  expiresAt: z.number(),
  fingerprint: z.string(),
  otherCopy: CopyPlace.nullable(),
});
export type CardValue = DeepReadonly<z.infer<typeof CardValue>>;

/** What a modal that a card's button opened carries, signed: the button's value, and where the card is. */
export const CardModalMemory = z.object({ card: z.string(), copy: CopyPlace.nullable() });

type Signed = Pick<DeviceRequest, 'requester' | 'mode' | 'lines' | 'total' | 'expectedInFleet'>;

/**
 * What is digested into a request's fingerprint. With a difference it covers that too: a card from before, which does
 * not show it, signs nothing any more. Without lines (Redis was lost) it covers what Fleet was seen to hold instead.
 */
export function signedText(request: Signed, difference: CartDifference | null): string {
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
 * The text that is digested into a fingerprint: what is sent to Fleet, and the total. Cards of earlier releases carry
 * its digest, so it may change only together with its version; the order of the lines has no meaning.
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
