import type { DraftCart, FleetSnapshot } from '../../domain/cart/cart.ts';
import { compareCart, expectedSnapshot } from '../../domain/cart/compare.ts';
import type { CartTrouble } from '../../domain/cart/trouble.ts';
import type { FleetFailure } from '../../domain/failures/failure.ts';
import { adviceFor } from '../../domain/failures/table.ts';
import type { FleetOrderId } from '../../domain/ids.ts';
import type { Person } from '../../domain/people/people.ts';
import { fingerprintText } from '../../domain/screens.ts';
import { findDisallowedRow } from '../cart/lines.ts';
import { reconcileCart } from '../cart/open.ts';
import {
  type CartInFull,
  type CartOutcome,
  cartScreen,
  retryLater,
  type SendFields,
  screenOutcome,
  sendFields,
} from '../cart/outcome.ts';
import { patchLines } from '../cart/patch.ts';
import { reportCartFailure } from '../cart/report.ts';
import type { CartSession, SendWork } from '../cart/session.ts';
import { noteRejectedRow, overLimitNow } from '../catalog/prices.ts';
import { admitSigner } from '../people/approvers.ts';

interface SendReady {
  readonly kind: 'ready';
  readonly draft: DraftCart & { readonly fleetOrderId: FleetOrderId };
  readonly inFleet: FleetSnapshot;
  readonly approver: Person;
}

/** Whether what stands in Fleet may be sent for approval now: exactly what was seen, to somebody who may sign. */
export async function checkSending(session: CartSession, work: SendWork): Promise<SendReady | CartOutcome> {
  const { context, person } = session;
  const looked = await reconcileCart(session, person);
  if (looked.kind === 'locked') return screenOutcome(looked);
  const { draft, inFleet } = looked;
  const carry = { approver: work.approverSlackUserId, note: work.note, words: '' };
  const asked = await sendFields(session, person, carry);
  const screen = cartScreen(draft, inFleet, asked);
  if (looked.trouble !== null) return showTrouble(session, screen, looked.trouble);
  const { fleetOrderId } = draft;
  const unfit = unfitToSend(screen);
  if (unfit !== null) return screenOutcome(screen, { trouble: unfit });
  const may = await admitSigner(context, { slackUserId: work.approverSlackUserId, requester: person });
  if (!may.ok) return screenOutcome(screen, { trouble: approverTrouble(may.refusal.kind) });
  const forbidden =
    (await findDisallowedRow(session, draft.lines)) ?? (await overLimitNow(session, draft.lines, draft.mode));
  if (forbidden !== null) return screenOutcome(screen, { trouble: forbidden });
  // Any difference is part of what is digested: it was shown before, with both versions, or it is shown now.
  const isSeen = context.seal.digest(fingerprintText(screen)) === work.seen;
  if (!isSeen || inFleet === null || fleetOrderId === null)
    return screenOutcome(screen, { trouble: { kind: 'not_as_seen' } });
  return restoreCartInFleet(
    session,
    { kind: 'ready', draft: { ...draft, fleetOrderId }, inFleet, approver: may.person },
    asked,
  );
}

/** Fleet holds other devices, and the person saw that and sent all the same: what stands here takes their place. */
async function restoreCartInFleet(
  session: CartSession,
  ready: SendReady,
  asked: SendFields,
): Promise<SendReady | CartOutcome> {
  const { draft, inFleet } = ready;
  const difference = compareCart(expectedSnapshot(draft.lines, inFleet), inFleet);
  if (difference === null) return ready;
  const written = await patchLines(session, draft, draft);
  switch (written.kind) {
    case 'later':
      return written;
    case 'over':
      return screenOutcome(cartScreen(written.draft, null, asked), { trouble: written.trouble });
    case 'refused':
      return showRefusal(session, cartScreen(written.draft, inFleet, asked), written.draft, written.failure);
    case 'exists':
    case 'changed_elsewhere':
      return screenOutcome(cartScreen(written.draft, written.inFleet, asked), { trouble: { kind: 'not_as_seen' } });
    case 'written': {
      const now = written.inFleet;
      const stays = now !== null && compareCart(expectedSnapshot(draft.lines, draft.fleetHolds ?? now), now) === null;
      return stays
        ? { ...ready, draft: { ...written.draft, fleetOrderId: draft.fleetOrderId }, inFleet: now }
        : screenOutcome(cartScreen(written.draft, now, asked), { trouble: { kind: 'not_as_seen' } });
    }
    default:
      return written satisfies never;
  }
}

async function showRefusal(
  session: CartSession,
  screen: CartInFull,
  draft: DraftCart,
  failure: FleetFailure,
): Promise<CartOutcome> {
  const bad = adviceFor(failure).findsBadLine ? await noteRejectedRow(session, draft.lines, draft.mode) : null;
  return showTrouble(session, screen, { kind: 'fleet', failure: bad?.failure ?? failure, row: bad?.row ?? null });
}

async function showTrouble(session: CartSession, screen: CartInFull, trouble: CartTrouble): Promise<CartOutcome> {
  if (trouble.kind !== 'fleet') return screenOutcome(screen, { trouble });
  const { failure } = trouble;
  if (failure.kind === 'rate_limited') return retryLater(failure.retryAfterMs, 'fleet_is_busy');
  const { fleetOrderId } = screen;
  const lines = screen.rows.map(({ line }) => line);
  await reportCartFailure(session.context, failure, { about: session.person, fleetOrderId, lines });
  return screenOutcome(screen, { trouble: adviceFor(failure).pausesOrdering ? { kind: 'paused' } : trouble });
}

function unfitToSend({ found, rows }: CartInFull): CartTrouble | null {
  if (found.length > 0) return { kind: 'found_left' };
  return rows.length === 0 ? { kind: 'nothing_to_send' } : null;
}

function approverTrouble(refusal: 'own_request' | 'not_eligible' | 'eligibility_unknown'): CartTrouble {
  switch (refusal) {
    case 'own_request':
      return { kind: 'own_approver' };
    case 'not_eligible':
      return { kind: 'approver_not_eligible' };
    case 'eligibility_unknown':
      return { kind: 'approver_unknown' };
    default:
      return refusal satisfies never;
  }
}
