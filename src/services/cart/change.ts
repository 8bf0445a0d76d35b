import type { DraftCart } from '../../domain/cart/cart.ts';
import { createdAs } from '../../domain/cart/compare.ts';
import type { ChangeOutcome } from '../../domain/cart/trouble.ts';
import type { AcquisitionMode } from '../../domain/vocabulary.ts';
import type { CartChange } from '../../domain/work.ts';
import type { ServiceContext } from '../context.ts';
import { prepareChange } from './lines.ts';
import {
  cartNews,
  cartScreen,
  existsOutcome,
  otherChanges,
  reportRejection,
  screenOutcome,
  sendFields,
  troubleOutcome,
} from './outcome.ts';
import {
  type CartOutcome,
  type CartSession,
  type ChangeWork,
  cartAudit,
  earlierOutcome,
  findLockingRequest,
  inCartSession,
  itemId,
  keepOutcome,
  newDraft,
  retryLater,
  saveDraft,
  troubleIn,
  type WrittenCart,
  withAppliedChange,
  writtenOutcome,
} from './session.ts';
import { createCart, patchCart, recordCreatedCart, resolveCreation } from './write.ts';

/** Carries out one accepted change of a person's cart. Safe to repeat at any point, also concurrently. */
export async function changeCartInFleet(context: ServiceContext, work: ChangeWork): Promise<CartOutcome> {
  const outcome = await inCartSession(context, work, (session) => changeUnderLease(session, work));
  if (outcome.kind !== 'later') await context.store.endChange(work.slackUserId, itemId(work));
  return outcome;
}

async function changeUnderLease(session: CartSession, work: ChangeWork): Promise<CartOutcome> {
  const { context, person } = session;
  const stored = await context.store.draft(person.slackUserId);
  const draft = stored ?? newDraft(person, session.settings.defaultMode);
  const request = await findLockingRequest(context, cartToChange(draft, work.change));
  const earlier = await earlierOutcome(session);
  if (request !== null) return screenOutcome({ kind: 'locked', request }, { trouble: troubleIn(earlier) });
  if (earlier !== null) return showAgain(session, work, draft, earlier);
  if (draft.creatingSince === null) return applyChange(session, work, draft);

  const creation = await resolveCreation(context, person, draft);
  switch (creation.kind) {
    case 'found': {
      const request = await findLockingRequest(context, creation.draft);
      return request === null ? applyChange(session, work, creation.draft) : screenOutcome({ kind: 'locked', request });
    }
    case 'not_there':
      return applyChange(session, work, creation.draft);
    case 'too_early':
      return retryLater(creation.afterMs, 'fleet_did_not_confirm');
    case 'unknown':
      return reportRejection(session, work, { draft, failure: creation.failure });
  }
}

/** An earlier run got this far, and may not have been shown. */
async function showAgain(
  session: CartSession,
  work: ChangeWork,
  draft: DraftCart,
  earlier: ChangeOutcome,
): Promise<CartOutcome> {
  if (earlier.kind === 'written')
    return toOutcome(session, work, await recordCreatedCart(session, draft), earlier.repriced);
  const seen = earlier.kind === 'changed_elsewhere' && draft.standing !== 'found' ? draft.fleetHolds : null;
  return troubleOutcome(session, work, { draft, trouble: earlier, ...(seen === null ? {} : { inFleet: seen }) });
}

function cartToChange(draft: DraftCart, change: CartChange): Parameters<typeof findLockingRequest>[1] {
  return change.kind === 'replace_existing' ? { ...draft, fleetOrderId: change.fleetOrderId } : draft;
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
      ? reportRejection(session, work, { draft, failure: trouble.failure })
      : troubleOutcome(session, work, { draft, trouble });
  }
  const { repriced } = prepared;
  return toOutcome(session, work, await writeToFleet({ ...session, repriced }, draft, prepared.draft), repriced);
}

async function writeToFleet(session: CartSession, before: DraftCart, after: DraftCart): Promise<WrittenCart> {
  const { context, person, changeId } = session;
  const { fleetOrderId } = after;
  if (after.standing !== 'found' && after.lines.length > 0)
    return fleetOrderId === null
      ? createCart(session, before, after)
      : patchCart(session, before, { ...after, fleetOrderId });

  // Only saved: found devices are still to be completed, or the last line went and Fleet can't empty or delete a cart.
  const stillHeld = before.standing === 'found' ? (before.foundAs ?? null) : (after.fleetHolds ?? createdAs(before));
  const kept = after.standing === 'emptied' ? { ...after, fleetHolds: stillHeld } : after;
  const draft = await saveDraft(context, person.slackUserId, {
    before,
    after: withAppliedChange(kept, changeId),
    audit: [cartAudit(session, 'cart_changed', after, after.standing)],
    ...keepOutcome(session, writtenOutcome(session)),
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
    case 'exists': {
      const { fleetOrderId } = written;
      const purchaserId = session.person.fleetUserId;
      const request = await findLockingRequest(session.context, { purchaserId, fleetOrderId });
      return request === null ? existsOutcome(work, written) : screenOutcome({ kind: 'locked', request });
    }
    case 'over':
      return troubleOutcome(session, work, written);
    case 'changed_elsewhere':
      return troubleOutcome(session, work, { ...written, trouble: { kind: 'changed_elsewhere' } });
    case 'rejected':
      return reportRejection(session, work, written);
    case 'written': {
      const [fields, others] = await Promise.all([
        sendFields(session, session.person, work.carry, written.draft),
        otherChanges(session),
      ]);
      const screen = cartScreen(written.draft, written.inFleet, fields, others);
      return screenOutcome(screen, { news: cartNews(work.change, screen), repriced });
    }
  }
}
