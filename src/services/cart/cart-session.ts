import type { AuditEntry } from '../../domain/audit.ts';
import type { DraftCart } from '../../domain/cart/cart.ts';
import type { AcquisitionMode } from '../../domain/failures/fleet-words.ts';
import type { ChangeId } from '../../domain/ids.ts';
import type { Person } from '../../domain/people/people.ts';
import { type DeviceRequest, isOpen } from '../../domain/request/request.ts';
import type { Lease } from '../../store/store.ts';
import type { ServiceContext, WithSettings } from '../context.ts';
import { matchPerson } from '../people/match-person.ts';
import { type CartOutcome, later } from './cart-outcome.ts';
import type { ChangeWork, SendWork } from './cart-work.ts';
import { NEVER_SAVED, Overtaken } from './save-draft.ts';

/** One person's turn at their cart: nobody else changes it meanwhile. */
export interface CartSession extends WithSettings {
  readonly person: Person;
  readonly changeId: ChangeId;
  readonly lease: Lease;
}

/** Longer than the slowest write of Fleet's; a crashed run's lease is over soon after its job is taken up again. */
export const LEASE_MS = 30_000;
const BUSY_MS = 500;
const MOST_REMEMBERED = 50;

/** After so many answers that confirm nothing a person is told, instead of waiting in front of the modal. */
export const MAX_TRIES = 3;
const TRIES_KEPT_MS = 7 * 24 * 60 * 60 * 1000;

export function leaseName(slackUserId: string): string {
  return `cart.${slackUserId}`;
}

/** Runs `work` while nobody else changes this person's cart; later where somebody does, or did meanwhile. */
export async function inCartSession(
  context: ServiceContext,
  { slackUserId, changeId }: ChangeWork | SendWork,
  work: (session: CartSession) => Promise<CartOutcome>,
): Promise<CartOutcome> {
  const match = await matchPerson(context, slackUserId);
  if (match.kind !== 'matched') return { kind: 'sentence', trouble: { kind: 'not_matched', match } };
  const lease = await context.store.lease(leaseName(slackUserId), LEASE_MS);
  if (lease === null) return later(BUSY_MS);
  try {
    const settings = await context.store.settings();
    return await work({ context, settings, person: match.person, changeId, lease });
  } catch (error) {
    if (error instanceof Overtaken) return later(BUSY_MS);
    throw error;
  } finally {
    await lease.release();
  }
}

export function newDraft(person: Person, mode: AcquisitionMode): DraftCart {
  return {
    purchaserId: person.fleetUserId,
    fleetOrderId: null,
    mode,
    lines: [],
    fleetHolds: null,
    standing: 'ours',
    creatingSince: null,
    lockedBy: null,
    appliedChanges: [],
    revision: NEVER_SAVED,
  };
}

/** Before everything that writes to Fleet: whoever lost the lease must not go on beside the one who has it. */
export async function holdOn({ lease }: CartSession): Promise<void> {
  if (!(await lease.extend(LEASE_MS))) throw new Overtaken();
}

/** Which try of this change just failed, counted over all runs and instances. */
export function countTry({ context, changeId }: CartSession): Promise<number> {
  return context.store.count(`tried.${changeId}`, TRIES_KEPT_MS);
}

export function applied(draft: DraftCart, changeId: ChangeId): DraftCart {
  const others = draft.appliedChanges.filter((one) => one !== changeId);
  return { ...draft, appliedChanges: [...others, changeId].slice(-MOST_REMEMBERED) };
}

/** The request that locks the cart. One that has ended meanwhile locks nothing, whatever the draft still says. */
export async function lockOf({ store }: ServiceContext, draft: DraftCart | null): Promise<DeviceRequest | null> {
  if (draft?.lockedBy == null) return null;
  const request = await store.request(draft.lockedBy);
  return request !== null && isOpen(request.state) ? request : null;
}

export function cartAudit(
  { context, person }: CartSession,
  did: string,
  draft: DraftCart,
  outcome: string,
): AuditEntry {
  return {
    at: context.now(),
    by: { slackUserId: person.slackUserId, fleetUserId: person.fleetUserId },
    did,
    requestId: null,
    fleetOrderId: draft.fleetOrderId,
    from: null,
    to: null,
    surface: 'modal',
    outcome,
  };
}
