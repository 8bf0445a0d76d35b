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

/** Carries out one accepted change of one person's cart. Safe to run again at any point, and beside itself. */
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

  const settled = await resolveCreation(context, person, draft);
  switch (settled.kind) {
    case 'found':
    case 'not_there':
      return applyChange(session, work, settled.draft);
    case 'too_early':
      return retryLater(settled.afterMs, 'fleet_did_not_confirm');
    case 'unknown':
      return reportRefusal(session, work, { draft, failure: settled.failure });
    default:
      return settled satisfies never;
  }
}

/** What Fleet has of the draft is known: nothing is under way. */
async function applyChange(session: CartSession, work: ChangeWork, draft: DraftCart): Promise<CartOutcome> {
  const isApplied = draft.appliedChanges.includes(session.changeId);
  // A run that died right after its create had not read what Fleet made of it: unread, sending would be refused once.
  if (isApplied && draft.creatingSince === null)
    return toOutcome(session, work, await recordCreatedCart(session, draft), null);
  // Written down by an earlier run that could not bring it to Fleet: the lines are in it already.
  const prepared = isApplied
    ? ({ ok: true, draft, repriced: null } as const)
    : await prepareChange(session, draft, work.change);
  if (!prepared.ok) {
    const { trouble } = prepared;
    return trouble.kind === 'fleet'
      ? reportRefusal(session, work, { draft, failure: trouble.failure })
      : troubleOutcome(session, work, draft, trouble);
  }
  return toOutcome(session, work, await writeToFleet(session, draft, prepared.draft), prepared.repriced);
}

async function writeToFleet(session: CartSession, before: DraftCart, is: DraftCart): Promise<WrittenCart> {
  const { fleetOrderId } = is;
  // A cart that is not settled yet, and one whose last line went: Fleet has no delete, and a patch needs a line.
  if (is.standing === 'found' || is.lines.length === 0) {
    const kept = before.standing === 'found' && is.standing === 'emptied' ? { ...is, fleetHolds: null } : is;
    const audit = [cartAudit(session, 'cart_changed', is, is.standing)];
    const saved = { before, is: withAppliedChange(kept, session.changeId), audit };
    return {
      kind: 'written',
      draft: await saveDraft(session.context, session.person.slackUserId, saved),
      inFleet: null,
    };
  }
  return fleetOrderId === null ? createCart(session, before, is) : patchCart(session, before, { ...is, fleetOrderId });
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
      return troubleOutcome(session, work, written.draft, written.trouble);
    case 'changed_elsewhere':
      return troubleOutcome(session, work, written.draft, { kind: 'changed_elsewhere' }, written.inFleet);
    case 'refused':
      return reportRefusal(session, work, written);
    case 'written': {
      const { context, person } = session;
      const asked = await sendFields(context, person, work.carry);
      const screen = cartScreen(written.draft, written.inFleet, asked);
      return screenOutcome(screen, { news: cartNews(work.change, screen), repriced });
    }
    default:
      return written satisfies never;
  }
}
