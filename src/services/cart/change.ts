import type { DraftCart } from '../../domain/cart/cart.ts';
import type { AcquisitionMode } from '../../domain/vocabulary.ts';
import type { ServiceContext } from '../context.ts';
import { createCart, recordCreatedCart, resolveCreation } from './create.ts';
import { prepareChange } from './lines.ts';
import { type CartOutcome, cartScreen, retryLater, screenOutcome, sendFields } from './outcome.ts';
import { patchCart } from './patch.ts';
import { cartNews, existsOutcome, reportRefusal, troubleOutcome } from './report.ts';
import {
  type CartSession,
  type ChangeWork,
  cartAudit,
  findLockingRequest,
  inCartSession,
  newDraft,
  saveDraft,
  type WrittenCart,
  withAppliedChange,
} from './session.ts';

/** Carries out one accepted change of a person's cart. Safe to repeat at any point, also concurrently. */
export function changeCartInFleet(context: ServiceContext, work: ChangeWork): Promise<CartOutcome> {
  return inCartSession(context, work, (session) => changeUnderLease(session, work));
}

async function changeUnderLease(session: CartSession, work: ChangeWork): Promise<CartOutcome> {
  const { context, person } = session;
  const stored = await context.store.draft(person.slackUserId);
  const request = await findLockingRequest(context, stored);
  if (request !== null) return screenOutcome({ kind: 'locked', request });
  const draft = stored ?? newDraft(person, session.settings.defaultMode);
  if (draft.creatingSince === null) return applyChange(session, work, draft);

  const creation = await resolveCreation(context, person, draft);
  switch (creation.kind) {
    case 'found':
    case 'not_there':
      return applyChange(session, work, creation.draft);
    case 'too_early':
      return retryLater(creation.afterMs, 'fleet_did_not_confirm');
    case 'unknown':
      return reportRefusal(session, work, { draft, failure: creation.failure });
    default:
      return creation satisfies never;
  }
}

async function applyChange(session: CartSession, work: ChangeWork, draft: DraftCart): Promise<CartOutcome> {
  const isApplied = draft.appliedChanges.includes(session.changeId);
  // An earlier run died right after its create, before it read the new cart. Unread, the cart can't be sent.
  if (isApplied && draft.creatingSince === null)
    return toOutcome(session, work, await recordCreatedCart(session, draft), null);
  // An earlier run saved the lines but couldn't bring them to Fleet.
  const prepared = isApplied
    ? ({ ok: true, draft, repriced: null } as const)
    : await prepareChange(session, draft, work.change);
  if (!prepared.ok) {
    const { trouble } = prepared;
    return trouble.kind === 'fleet'
      ? reportRefusal(session, work, { draft, failure: trouble.failure })
      : troubleOutcome(session, work, { draft, trouble });
  }
  return toOutcome(session, work, await writeToFleet(session, draft, prepared.draft), prepared.repriced);
}

async function writeToFleet(session: CartSession, before: DraftCart, after: DraftCart): Promise<WrittenCart> {
  const { context, person, changeId } = session;
  const { fleetOrderId } = after;
  if (after.standing !== 'found' && after.lines.length > 0)
    return fleetOrderId === null
      ? createCart(session, before, after)
      : patchCart(session, before, { ...after, fleetOrderId });

  // Only saved: found devices are still to be completed, or the last line went and Fleet can't empty or delete a cart.
  const kept = before.standing === 'found' && after.standing === 'emptied' ? { ...after, fleetHolds: null } : after;
  const draft = await saveDraft(context, person.slackUserId, {
    before,
    after: withAppliedChange(kept, changeId),
    audit: [cartAudit(session, 'cart_changed', after, after.standing)],
  });
  return { kind: 'written', draft, inFleet: null };
}

async function toOutcome(
  session: CartSession,
  work: ChangeWork,
  written: WrittenCart,
  repriced: AcquisitionMode | null,
): Promise<CartOutcome> {
  switch (written.kind) {
    case 'later':
      return written;
    case 'exists':
      return existsOutcome(work, written);
    case 'over':
      return troubleOutcome(session, work, written);
    case 'changed_elsewhere':
      return troubleOutcome(session, work, { ...written, trouble: { kind: 'changed_elsewhere' } });
    case 'refused':
      return reportRefusal(session, work, written);
    case 'written': {
      const fields = await sendFields(session, session.person, work.carry);
      const screen = cartScreen(written.draft, written.inFleet, fields);
      return screenOutcome(screen, { news: cartNews(work.change, screen), repriced });
    }
    default:
      return written satisfies never;
  }
}
