import type { DraftCart } from '../../domain/cart/cart.ts';
import { snapshotOf } from '../../domain/cart/compare-cart.ts';
import type { FleetFailure } from '../../domain/failures/fleet-failure.ts';
import type { Person } from '../../domain/people/people.ts';
import type { ServiceContext } from '../context.ts';
import { holdsLines, newestCart } from './create-cart.ts';
import { SETTLES_AFTER_MS } from './creation-wait.ts';
import { saveDraft } from './save-draft.ts';

export type SettledCreation =
  /** The cart was there: it is ours from here on. */
  | { readonly kind: 'found'; readonly draft: DraftCart }
  /** Not there, and long enough ago: creating again makes no second one. */
  | { readonly kind: 'not_there'; readonly draft: DraftCart }
  | { readonly kind: 'too_early'; readonly afterMs: number }
  | { readonly kind: 'unknown'; readonly failure: FleetFailure };

/** A create went out whose outcome is not known: look in Fleet before anything else. */
export async function settleCreation(
  context: ServiceContext,
  person: Person,
  draft: DraftCart,
): Promise<SettledCreation> {
  const found = await newestCart(context, person.fleetUserId, (inFleet) => holdsLines(draft, inFleet));
  if (!found.ok) return { kind: 'unknown', failure: found.failure };
  if (found.value !== null) {
    const { fleetOrderId } = found.value;
    const is = { ...draft, fleetOrderId, creatingSince: null, fleetHolds: snapshotOf(found.value) };
    return { kind: 'found', draft: await saveDraft(context, person.slackUserId, { before: draft, is }) };
  }
  const ago = context.now() - (draft.creatingSince ?? 0);
  return ago < SETTLES_AFTER_MS ? { kind: 'too_early', afterMs: SETTLES_AFTER_MS - ago } : { kind: 'not_there', draft };
}
