import { cartTotal, type DraftCart, type FleetSnapshot } from '../../domain/cart/cart.ts';
import { compareCart, countProducts, expectedSnapshot } from '../../domain/cart/compare.ts';
import { type AcceptedChange, withPending } from '../../domain/cart/pending.ts';
import type { CartNews, CartTrouble } from '../../domain/cart/trouble.ts';
import { type FleetFailure, mayHaveHappened } from '../../domain/failures/failure.ts';
import { adviceFor } from '../../domain/failures/table.ts';
import type { FleetOrderId, SlackUserId } from '../../domain/ids.ts';
import { hasRow, type OrderLine } from '../../domain/line.ts';
import type { ModalCarry, OrderPurpose } from '../../domain/order-form/choice.ts';
import type { Person } from '../../domain/people/people.ts';
import { isLastRequestOf, putBack } from '../../domain/request/cart-after.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { CartScreen } from '../../domain/screens.ts';
import type { CartChange } from '../../domain/work.ts';
import { ADDRESSES_KEY } from '../catalog/addresses.ts';
import { noteRejectedRow } from '../catalog/prices.ts';
import { dropCountry, noteKeyboardRequired } from '../catalog/products.ts';
import type { ServiceContext, WithSettings } from '../context.ts';
import { checkMaySign } from '../people/approvers.ts';
import { namePerson } from '../people/match.ts';
import { prepareChange } from './lines.ts';
import { type CartOutcome, type CartSession, type ChangeWork, retryLater, type WrittenCart } from './session.ts';

type ScreenOutcome = Extract<CartOutcome, { kind: 'screen' }>;

export function screenOutcome(
  screen: CartScreen,
  { trouble = null, news = null, repriced = null }: Partial<Omit<ScreenOutcome, 'kind'>> = {},
): ScreenOutcome {
  return { kind: 'screen', screen, trouble, news, repriced };
}

export type CartInFull = Extract<CartScreen, { kind: 'cart' }>;

/**
 * `inFleet`: what Fleet holds now. Null: we didn't ask, or Fleet didn't answer. `accepted`: shown and marked as far as it
 * isn't in the draft; read it before the draft, so that a change which ends in between is in one of them.
 */
export function cartScreen(
  draft: DraftCart,
  inFleet: FleetSnapshot | null,
  fields: SendFields,
  accepted: readonly AcceptedChange[] = [],
): CartInFull {
  const { mode, rows, found, pending, lines } = withPending(draft, accepted);
  const holds = inFleet ?? (draft.standing === 'found' ? null : draft.fleetHolds);
  const isOurs = draft.standing === 'ours' && draft.lines.length > 0;
  const expected = expectedSnapshot(draft.lines, draft.fleetHolds ?? inFleet);
  const { last, ...shownFields } = fields;
  return {
    kind: 'cart',
    fleetOrderId: draft.fleetOrderId,
    ...{ mode, rows, found, pending },
    // Until every found device is completed or removed, and Fleet has every change, its total is about other devices.
    total: cartTotal(lines, isOurs && pending === null ? holds : null),
    difference: isOurs && inFleet !== null ? compareCart(expected, inFleet) : null,
    keptByFleet: draft.standing === 'emptied' && holds !== null ? countProducts(holds) : [],
    lastEnd: last?.state ?? null,
    canPutBack: last !== null && putBack(draft, last) !== null,
    ...shownFields,
  };
}

/** The fields for sending the cart, and what it was last sent as. */
export interface SendFields extends Pick<CartInFull, 'approver' | 'approverName' | 'note'> {
  readonly last: DeviceRequest | null;
}

/**
 * The approver chosen in the modal, or else the last one used, as long as they may sign. The note of a request that came
 * back is kept until the person changes it.
 */
export async function sendFields(
  { context, settings }: WithSettings,
  requester: Person,
  { approver: chosen, note: written, isNoteShown }: ModalCarry,
  draft: DraftCart,
): Promise<SendFields> {
  const slackUserId: SlackUserId | null =
    chosen ?? (await context.store.preferences(requester.slackUserId)).lastApprover;
  const [may, last] = await Promise.all([
    slackUserId === null ? null : checkMaySign(context, { slackUserId, requester, settings }),
    findLastRequest(context, draft),
  ]);
  const note = written === '' && isNoteShown !== true ? (last?.note ?? '') : written;
  return may?.ok
    ? { approver: slackUserId, approverName: (await namePerson(context, may.person)).name, note, last }
    : { approver: null, approverName: null, note, last };
}

/** What this cart was last sent as, if that ended without an order. */
export async function findLastRequest({ store }: ServiceContext, draft: DraftCart): Promise<DeviceRequest | null> {
  const last = draft.fleetOrderId === null ? null : await store.requestForOrder(draft.fleetOrderId);
  return last !== null && isLastRequestOf(draft, last) ? last : null;
}

/** The person's other accepted changes, besides the one being carried out. */
export async function otherChanges({ context, person, changeId }: CartSession): Promise<readonly AcceptedChange[]> {
  const accepted = await context.store.acceptedChanges(person.slackUserId);
  return accepted.filter((one) => one.changeId !== changeId);
}

interface CartFacts {
  readonly draft: DraftCart;
  readonly trouble: CartTrouble;
  /** What Fleet holds now, where we know. */
  readonly inFleet?: FleetSnapshot;
}

/** A form comes back with its values and the trouble; a press in the cart shows the cart with it. */
export async function troubleOutcome(
  session: CartSession,
  { change, carry }: ChangeWork,
  { draft, trouble, inFleet }: CartFacts,
): Promise<CartOutcome> {
  const purpose = purposeOf(change, draft);
  const isAboutRow = trouble.kind === 'fleet' && trouble.row !== null;
  if ('choice' in change && purpose !== null && !isAboutRow)
    return { kind: 'form', trouble, choice: change.choice, purpose };
  const [fields, others] = await Promise.all([
    sendFields(session, session.person, carry, draft),
    otherChanges(session),
  ]);
  return screenOutcome(cartScreen(draft, inFleet ?? null, fields, others), { trouble });
}

/** Fleet rejected the change: find the row it is about, report it, and show it. */
export async function reportRejection(
  session: CartSession,
  work: ChangeWork,
  { draft, failure }: { readonly draft: DraftCart; readonly failure: FleetFailure },
): Promise<CartOutcome> {
  const { context, person } = session;
  if (failure.kind === 'rate_limited') return retryLater(failure.retryAfterMs, 'fleet_is_busy');
  // It may have been added: a form that keeps its values would invite them to add it twice.
  if (mayHaveHappened(failure)) return { kind: 'sentence', trouble: { kind: 'fleet', failure, row: null } };
  const advice = adviceFor(failure);
  const prepared = advice.findsBadLine ? await prepareChange(session, draft, work.change) : null;
  const lines = prepared?.ok === true ? prepared.draft.lines : draft.lines;
  const rejected = prepared?.ok === true ? await noteRejectedRow(session, lines, prepared.draft.mode) : null;
  if (rejected === null) await noteKeyboardOfNewLine(context, work.change, failure);
  await reportCartFailure(context, failure, { about: person, fleetOrderId: draft.fleetOrderId, lines });
  if (advice.pausesOrdering) return { kind: 'sentence', trouble: { kind: 'paused' } };
  // A row that was in the cart before is marked there; a new one is still in the form.
  const row = rejected !== null && hasRow(draft.lines, rejected.row) ? rejected.row : null;
  const trouble = { kind: 'fleet', failure: rejected?.failure ?? failure, row } as const;
  return troubleOutcome(session, work, { draft, trouble });
}

/** Fleet accepted the existing lines before, so the missing layout belongs to the new one. */
async function noteKeyboardOfNewLine(
  context: ServiceContext,
  change: CartChange,
  failure: FleetFailure,
): Promise<void> {
  if (!('choice' in change) || change.choice.productId === null) return;
  const { productId, keyboardLayout } = change.choice;
  await noteKeyboardRequired(context, { productId, keyboardLayout }, failure);
}

export function existsOutcome(
  { change }: ChangeWork,
  { fleetOrderId, inFleet }: Extract<WrittenCart, { kind: 'exists' }>,
): CartOutcome {
  if (!('choice' in change)) return { kind: 'sentence', trouble: { kind: 'row_gone' } };
  const holds = countProducts(inFleet);
  return screenOutcome({ kind: 'exists', fleetOrderId, holds, total: cartTotal([], inFleet), choice: change.choice });
}

export function cartNews(change: CartChange, screen: CartInFull): CartNews {
  const left = screen.found.reduce((sum, { count }) => sum + count, 0);
  switch (change.kind) {
    case 'add':
      return { kind: 'added', count: change.choice.quantity };
    case 'edit':
      return { kind: 'saved' };
    case 'replace_existing':
      return { kind: 'replaced' };
    case 'remove':
    case 'remove_found':
      return screen.rows.length === 0 && left === 0 ? { kind: 'emptied' } : { kind: 'removed' };
    case 'complete_found':
      return { kind: 'completed', left };
  }
}

/** A row that is gone can't be saved, but what was filled in can still be added. */
function purposeOf(change: CartChange, draft: DraftCart): OrderPurpose | null {
  switch (change.kind) {
    case 'add':
    case 'replace_existing':
      return { kind: 'add' };
    case 'edit':
      return hasRow(draft.lines, change.row) ? { kind: 'edit', row: change.row } : { kind: 'add' };
    case 'complete_found':
      return draft.fleetHolds?.productIds.includes(change.productId) && draft.standing === 'found'
        ? { kind: 'complete_found', productId: change.productId }
        : { kind: 'add' };
    default:
      return null;
  }
}

const HOUR_MS = 60 * 60 * 1000;

/** What a rejection means beyond the person who met it: stale lists are dropped, and admins are told. */
export async function reportCartFailure(
  context: ServiceContext,
  failure: FleetFailure,
  { about, fleetOrderId, lines }: { about: Person; fleetOrderId: FleetOrderId | null; lines: readonly OrderLine[] },
): Promise<void> {
  const { store, workspaceId } = context;
  const advice = adviceFor(failure);
  if (advice.refreshesAddresses) await store.cache.forget(ADDRESSES_KEY);
  // Fleet doesn't say which of several countries it means.
  const [country, ...others] = new Set(lines.map((line) => line.deliveryCountry));
  if (advice.dropsCountryForADay && country !== undefined && others.length === 0) await dropCountry(context, country);
  // Admins hear of a pause from `watchFleet`, once for everyone.
  if (!advice.tellAdmins || advice.pausesOrdering) return;
  const id = noticeId(context, failure, about);
  const notice = { kind: 'fleet_needs_admin', failure, about, fleetOrderId } as const;
  await store.commit({
    once: `told.${id}`,
    work: [{ id: `tell-admins.${id}`, work: { kind: 'notify', tenant: workspaceId, to: { kind: 'admins' }, notice } }],
  });
}

/** The same failure for the same person is one message an hour, however often they try. */
function noticeId({ seal, now }: ServiceContext, failure: FleetFailure, about: Person): string {
  const hour = Math.floor(now() / HOUR_MS);
  const what = failure.kind === 'rejected' ? failure.code : failure.kind;
  return seal.digest(`${failure.operation} ${what} ${about.fleetUserId} ${hour}`).slice(0, 24);
}
