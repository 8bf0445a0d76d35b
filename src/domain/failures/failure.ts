import { z } from 'zod';
import type { DeepReadonly } from '../vocabulary.ts';

/**
 * Fleet's operations and the codes that their reference pages document for them. Codes marked (inferred) are not
 * printed on that operation's page, only in Fleet's guides or by analogy: docs/fleet-contract.md has each one's source.
 */
export const documentedCodes = {
  listProductGroups: ['DELIVERY_COUNTRY_NOT_FOUND', 'COMPANY_NOT_FOUND', 'INTERNAL_ERROR'], // all inferred
  listProducts: ['DELIVERY_COUNTRY_NOT_FOUND', 'PRODUCT_NOT_FOUND', 'COMPANY_NOT_FOUND', 'INTERNAL_ERROR'], // inferred
  getPricing: [
    'KEYBOARD_LAYOUT_REQUIRED',
    'COMPANY_NOT_FOUND',
    'COUNTRY_NOT_FOUND',
    'DELIVERY_COUNTRY_NOT_FOUND',
    'PRODUCT_NOT_FOUND',
    'PRODUCT_PRICING_UNAVAILABLE',
    'INTERNAL_ERROR',
  ],
  listCarts: ['COMPANY_NOT_FOUND', 'INVALID_PURCHASER', 'INTERNAL_ERROR'], // inferred
  createCart: [
    'KEYBOARD_LAYOUT_REQUIRED', // inferred from patch
    'INVALID_PURCHASER',
    'INVALID_USER', // inferred from patch
    'INVALID_ADDRESS', // inferred from patch
    'INVALID_ORDER_LINE',
    'INSUFFICIENT_SCOPE',
    'COMPANY_NOT_FOUND',
    'DELIVERY_COUNTRY_NOT_FOUND',
    'PRODUCT_NOT_FOUND',
    'PRODUCT_PRICING_UNAVAILABLE',
    'CART_ALREADY_EXISTS',
    'INTERNAL_ERROR',
  ],
  getCart: ['CART_NOT_FOUND', 'ORDER_NOT_FOUND'], // ORDER_NOT_FOUND: Fleet's guides only
  patchCart: [
    'KEYBOARD_LAYOUT_REQUIRED',
    'INVALID_PURCHASER',
    'INVALID_USER',
    'INVALID_ADDRESS',
    'INVALID_ORDER_LINE', // inferred from create
    'INSUFFICIENT_SCOPE',
    'CART_NOT_FOUND',
    'ORDER_NOT_FOUND', // inferred from get
    'COMPANY_NOT_FOUND',
    'DELIVERY_COUNTRY_NOT_FOUND',
    'PRODUCT_NOT_FOUND',
    'PRODUCT_PRICING_UNAVAILABLE',
    'ORDER_NOT_CART',
    'INTERNAL_ERROR',
  ],
  validateCart: [
    'PAYMENT_METHOD_REQUIRED',
    'INVALID_PURCHASER',
    'VALIDATE_CART_NO_DEVICES',
    'INVALID_USER', // Fleet's guides only
    'VALIDATE_CART_CONFLICT', // Fleet's guides only
    'INSUFFICIENT_SCOPE',
    'COMPANY_NOT_FOUND',
    'CART_NOT_FOUND',
    'ORDER_NOT_FOUND', // inferred from get
    'ORDER_NOT_CART',
    'ORDER_STATUS_TRANSITION_FORBIDDEN',
    'INTERNAL_ERROR',
  ],
  listOrders: ['COMPANY_NOT_FOUND', 'INTERNAL_ERROR'], // inferred
  getOrder: ['ORDER_NOT_FOUND', 'COMPANY_NOT_FOUND', 'INTERNAL_ERROR'], // all but the first inferred
  listUsers: ['COMPANY_NOT_FOUND', 'INTERNAL_ERROR'], // inferred
  getUser: ['USER_NOT_FOUND', 'COMPANY_NOT_FOUND', 'INTERNAL_ERROR'], // all but the first inferred
  listAddresses: ['COMPANY_NOT_FOUND', 'INTERNAL_ERROR'], // inferred: the page itself was never seen
  listUserAddresses: ['COMPANY_NOT_FOUND', 'INTERNAL_ERROR'], // inferred
  listDevices: ['COMPANY_NOT_FOUND', 'INTERNAL_ERROR'], // inferred
  createUser: [
    'USER_EMAIL_CONFLICT',
    'USER_EMAIL_NOT_ALLOWED',
    'INSUFFICIENT_SCOPE',
    'COMPANY_NOT_FOUND', // inferred
    'INTERNAL_ERROR', // inferred
  ],
  createAddress: ['INSUFFICIENT_SCOPE', 'COMPANY_NOT_FOUND', 'DELIVERY_COUNTRY_NOT_FOUND', 'INTERNAL_ERROR'],
  updateAddress: [
    'ADDRESS_NOT_FOUND',
    'EMPTY_PATCH_BODY', // inferred from devices
    'INSUFFICIENT_SCOPE',
    'COMPANY_NOT_FOUND',
    'DELIVERY_COUNTRY_NOT_FOUND',
    'INTERNAL_ERROR',
  ],
  updateDevice: [
    'DEVICE_NOT_FOUND',
    'DEVICE_MUTATION_FORBIDDEN',
    'EMPTY_PATCH_BODY',
    'INVALID_USER', // inferred from create
    'INSUFFICIENT_SCOPE',
    'COMPANY_NOT_FOUND', // inferred
    'INTERNAL_ERROR', // inferred
  ],
} as const;

export type FleetOperation = keyof typeof documentedCodes;
export type FleetCodeOf<Operation extends FleetOperation> = (typeof documentedCodes)[Operation][number];
type FleetCode = FleetCodeOf<FleetOperation>;

/** The operations that change something at Fleet: after one of these an unclear answer must be looked into. */
const fleetWrites = [
  'createCart',
  'patchCart',
  'validateCart',
  'createUser',
  'createAddress',
  'updateAddress',
  'updateDevice',
] as const satisfies readonly FleetOperation[];

export function isFleetWrite(operation: FleetOperation): boolean {
  return (fleetWrites as readonly FleetOperation[]).includes(operation);
}

/** Codes that mean the same everywhere have a kind of their own and never come as `rejected`. */
export type RejectionCode = Exclude<FleetCode, CommonCode>;
type CommonCode = 'INSUFFICIENT_SCOPE' | 'COMPANY_NOT_FOUND' | 'INTERNAL_ERROR';

const commonCodes: ReadonlySet<string> = new Set<CommonCode>([
  'INSUFFICIENT_SCOPE',
  'COMPANY_NOT_FOUND',
  'INTERNAL_ERROR',
]);
const rejectionCodes: ReadonlySet<string> = new Set(
  Object.values(documentedCodes)
    .flat()
    .filter((code) => !commonCodes.has(code)),
);

/** A code that is documented for another operation only is a rejection all the same. */
export function isRejectionCode(text: string): text is RejectionCode {
  return rejectionCodes.has(text);
}

export function isDocumentedFor(operation: FleetOperation, code: string): boolean {
  return (documentedCodes[operation] as readonly string[]).includes(code);
}

// Strict, unlike Fleet's other words: the failure table has a row for each of these.
const operation = z.custom<FleetOperation>(
  (value) => typeof value === 'string' && Object.hasOwn(documentedCodes, value),
);
const RejectionCode = z.custom<RejectionCode>((value) => typeof value === 'string' && isRejectionCode(value));
const status = z.number();

/** Why Fleet did not do what was asked. Exactly one member for every answer, and for the lack of one. */
export const FleetFailure = z.discriminatedUnion('kind', [
  z.object({ operation, kind: z.literal('rejected'), code: RejectionCode, status }),
  /** An undocumented code or a readable message: `words` is Fleet's own text, clipped to 300 characters. */
  z.object({ operation, kind: z.literal('rejected_in_words'), words: z.string(), status }),
  /** 401: the key is wrong or revoked. */
  z.object({ operation, kind: z.literal('unauthorized') }),
  z.object({ operation, kind: z.literal('insufficient_scope') }),
  z.object({ operation, kind: z.literal('company_not_found') }),
  /** Refused before anything happened: by Fleet (429) or by our own budget. */
  z.object({
    operation,
    kind: z.literal('rate_limited'),
    retryAfterMs: z.number(),
    /** By our own budget, for the share of the person who acted. */
    isOwnShare: z.literal(true).exactOptional(),
  }),
  /** 5xx, `INTERNAL_ERROR` included. */
  z.object({ operation, kind: z.literal('unavailable'), status }),
  /** No connection could be made: nothing was sent. */
  z.object({ operation, kind: z.literal('unreachable') }),
  /** Sent, and no complete answer came in time. */
  z.object({ operation, kind: z.literal('no_answer'), why: z.enum(['timeout', 'reset']) }),
  /** Answered with something that is not what the reference describes (HTML, broken JSON, too large, wrong shape). */
  z.object({ operation, kind: z.literal('unreadable'), issue: z.string(), status }),
]);
export type FleetFailure = DeepReadonly<z.infer<typeof FleetFailure>>;

/** Somebody answered no, even if that may not have been Fleet. */
export function isAnswer(failure: FleetFailure): boolean {
  if (failure.kind === 'unreadable') return failure.status >= 400 && failure.status < 500;
  return failure.kind === 'rejected' || failure.kind === 'rejected_in_words';
}

/** Fleet validates a body in words of its own, as its reference says. Other words may be a gateway's. */
function isValidation(status: number): boolean {
  return status === 400 || status === 422;
}

/**
 * Fleet said no, as opposed to not answering. Decides between "Fleet rejected the order" and "The order didn't go
 * through".
 */
export function isRejection(failure: FleetFailure): boolean {
  switch (failure.kind) {
    case 'rejected':
    case 'unauthorized':
    case 'insufficient_scope':
    case 'company_not_found':
      return true;
    case 'rejected_in_words':
      return !mayHaveHappened(failure);
    default:
      return false;
  }
}

/**
 * After this failure, could Fleet have carried the write out anyway? When true, look before asking again. Fleet
 * documents no idempotency key, so this is the only guard against ordering twice: only what its reference says refuses.
 */
export function mayHaveHappened(failure: FleetFailure): boolean {
  if (!isFleetWrite(failure.operation)) return false;
  switch (failure.kind) {
    case 'unavailable':
    case 'no_answer':
    case 'unreadable':
      return true;
    case 'rejected_in_words':
      // A patch can be repeated, and its caller reads the cart anyway.
      return failure.operation !== 'patchCart' && !isValidation(failure.status);
    case 'rejected':
    case 'unauthorized':
    case 'insufficient_scope':
    case 'company_not_found':
    case 'rate_limited':
    case 'unreachable':
      return false;
  }
}

/** Why Slack did not do what was asked: what the app must tell apart, and nothing else. */
export type SlackFailure =
  /** The modal was closed, or the message or user group does not exist (any more). */
  | { readonly kind: 'gone' }
  | { readonly kind: 'stale_view' }
  | { readonly kind: 'trigger_expired' }
  /** No membership, no such channel, archived. */
  | { readonly kind: 'cannot_post_there'; readonly error: string }
  /** Deactivated, unknown, or closed to the app. */
  | { readonly kind: 'cannot_reach_person'; readonly error: string }
  | { readonly kind: 'rate_limited'; readonly retryAfterMs: number }
  /** A payload that Slack refuses (`invalid_blocks`, too long): a fault of ours, or an image that does not load. */
  | { readonly kind: 'refused_payload'; readonly error: string; readonly details: readonly string[] }
  /** Token revoked, app uninstalled. */
  | { readonly kind: 'token_refused'; readonly error: string }
  /** Scope missing, or something in the workspace that the app is not let do. */
  | { readonly kind: 'not_allowed'; readonly error: string }
  | { readonly kind: 'unavailable' };

/** All that a log may say about a thrown value: its message can contain an email, an address or a token. */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

/** Redis didn't answer in time, or at all. We don't know whether it wrote anything, so a commit is looked up again. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable';
  /** Redis refused the command, or it was never sent: nothing was written. */
  readonly isRefused: boolean;
  constructor(message = '', isRefused = false) {
    super(message);
    this.isRefused = isRefused;
  }
}

/** The answer to a commit was lost: it may have been committed, even if a look-up right afterwards doesn't find it. */
export class CommitUnclear extends StoreUnavailable {}
