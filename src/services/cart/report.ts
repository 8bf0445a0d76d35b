import { cartTotal, type DraftCart, type FleetSnapshot } from '../../domain/cart/cart.ts';
import { countProducts } from '../../domain/cart/compare.ts';
import type { CartNews, CartTrouble } from '../../domain/cart/trouble.ts';
import { type FleetFailure, mayHaveHappened } from '../../domain/failures/failure.ts';
import { adviceFor } from '../../domain/failures/table.ts';
import type { FleetOrderId } from '../../domain/ids.ts';
import { type OrderLine, rowKeyOf } from '../../domain/line.ts';
import type { OrderPurpose } from '../../domain/order-form/state.ts';
import type { Person } from '../../domain/people/people.ts';
import type { CartChange, WorkItem } from '../../domain/work.ts';
import { ADDRESSES_KEY } from '../catalog/addresses.ts';
import { dropCountry, noteKeyboardRequired } from '../catalog/learned.ts';
import { findRejectedRow } from '../catalog/prices.ts';
import type { ServiceContext } from '../context.ts';
import { prepareChange } from './lines.ts';
import { type CartInFull, type CartOutcome, cartScreen, retryLater, screenOutcome, sendFields } from './outcome.ts';
import type { CartSession, ChangeWork, WrittenCart } from './session.ts';

/** What was being filled in comes back with its values; a press in the cart shows the cart as it is. */
export async function troubleOutcome(
  session: CartSession,
  { change, carry }: ChangeWork,
  draft: DraftCart,
  trouble: CartTrouble,
  inFleet: FleetSnapshot | null = null,
): Promise<CartOutcome> {
  const purpose = purposeOf(change, draft);
  const isAboutRow = trouble.kind === 'fleet' && trouble.row !== null;
  if ('choice' in change && purpose !== null && !isAboutRow)
    return { kind: 'form', trouble, choice: change.choice, purpose };
  const asked = await sendFields(session.context, session.person, carry);
  return screenOutcome(cartScreen(draft, inFleet, asked), { trouble });
}

export async function reportRefusal(
  session: CartSession,
  work: ChangeWork,
  { draft, failure }: { readonly draft: DraftCart; readonly failure: FleetFailure },
): Promise<CartOutcome> {
  const { context, person } = session;
  if (failure.kind === 'rate_limited') return retryLater(failure.retryAfterMs, 'fleet_is_busy');
  // It may have been added: a form with its values would invite to add it twice.
  if (mayHaveHappened(failure)) return { kind: 'sentence', trouble: { kind: 'fleet', failure, row: null } };
  const advice = adviceFor(failure);
  const prepared = advice.findsBadLine ? await prepareChange(session, draft, work.change) : null;
  const lines = prepared?.ok === true ? prepared.draft.lines : draft.lines;
  const bad = prepared?.ok === true ? await findRejectedRow(session, lines, prepared.draft.mode) : null;
  if (bad === null) await noteKeyboardOfNewLine(context, work.change, failure);
  await reportCartFailure(context, failure, { about: person, fleetOrderId: draft.fleetOrderId, lines });
  if (advice.pausesOrdering) return { kind: 'sentence', trouble: { kind: 'paused' } };
  // The bad row is one that was there before: it is marked there. Otherwise it is the one in the form.
  const row = bad !== null && hasRow(draft.lines, bad.row) ? bad.row : null;
  return troubleOutcome(session, work, draft, { kind: 'fleet', failure: bad?.failure ?? failure, row });
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
    default:
      return change satisfies never;
  }
}

/** A row that is gone from the cart cannot be saved into it again: what was filled in can be added. */
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

function hasRow(lines: readonly OrderLine[], row: string): boolean {
  return lines.some((line) => rowKeyOf(line) === row);
}

const HOUR = 60 * 60 * 1000;

/** What a refusal means beyond the person who met it: ordering pauses, admins are told, stale lists are dropped. */
export async function reportCartFailure(
  context: ServiceContext,
  failure: FleetFailure,
  { about, fleetOrderId, lines }: { about: Person; fleetOrderId: FleetOrderId | null; lines: readonly OrderLine[] },
): Promise<void> {
  const advice = adviceFor(failure);
  if (advice.refreshesAddresses) await context.store.cache.forget(ADDRESSES_KEY);
  const countries = new Set(lines.map((line) => line.deliveryCountry));
  const [country, ...others] = countries;
  // Which of several countries Fleet means it does not say.
  if (advice.dropsCountryForADay && country !== undefined && others.length === 0) await dropCountry(context, country);
  // What pauses ordering is told by whoever watches Fleet, once for everybody.
  if (advice.tellAdmins && !advice.pausesOrdering) {
    await context.store.commit({
      once: `told.${noticeId(context, failure, about)}`,
      work: [tellAdmins(context, failure, about, fleetOrderId)],
    });
  }
}

function tellAdmins(
  context: ServiceContext,
  failure: FleetFailure,
  about: Person,
  fleetOrderId: FleetOrderId | null,
): WorkItem {
  return {
    id: `tell-admins.${noticeId(context, failure, about)}`,
    work: {
      kind: 'notify',
      tenant: context.workspaceId,
      to: { kind: 'admins' },
      notice: { kind: 'fleet_needs_admin', failure, about, fleetOrderId },
    },
  };
}

/** The same about the same person once an hour: a hundred tries are one message. */
function noticeId({ seal, now }: ServiceContext, failure: FleetFailure, about: Person): string {
  const hour = Math.floor(now() / HOUR);
  const what = failure.kind === 'rejected' ? failure.code : failure.kind;
  return seal.digest(`${failure.operation} ${what} ${about.fleetUserId} ${hour}`).slice(0, 24);
}
