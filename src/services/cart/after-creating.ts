import type { DraftCart } from '../../domain/cart/cart.ts';
import type { CartTrouble } from '../../domain/cart/cart-trouble.ts';
import type { Person } from '../../domain/people/people.ts';
import type { ServiceContext } from '../context.ts';
import { LEASE_MS, leaseName, newDraft } from './cart-session.ts';
import { Overtaken, saveDraft } from './save-draft.ts';
import { settleCreation } from './settle-creation.ts';

/** A create whose outcome is not known is settled by whoever holds the lease: it may be on its way right now. */
export async function afterCreating(
  context: ServiceContext,
  person: Person,
): Promise<{ readonly draft: DraftCart; readonly trouble: CartTrouble | null }> {
  const { store } = context;
  const lease = await store.lease(leaseName(person.slackUserId), LEASE_MS);
  const draft = await store.draft(person.slackUserId);
  if (draft === null || draft.creatingSince === null || lease === null) {
    await lease?.release();
    if (draft === null) throw new Overtaken();
    return { draft, trouble: draft.creatingSince === null ? null : notConfirmed };
  }
  try {
    const settled = await settleCreation(context, person, draft);
    switch (settled.kind) {
      case 'found':
        return { draft: settled.draft, trouble: null };
      case 'not_there':
        await saveDraft(context, person.slackUserId, { before: draft, is: null });
        return { draft: newDraft(person, draft.mode), trouble: null };
      case 'too_early':
        return { draft, trouble: notConfirmed };
      case 'unknown':
        return { draft, trouble: { kind: 'fleet', failure: settled.failure, row: null } };
      default:
        return settled satisfies never;
    }
  } finally {
    await lease.release();
  }
}

const notConfirmed: CartTrouble = {
  kind: 'fleet',
  failure: { operation: 'createCart', kind: 'no_answer', why: 'timeout' },
  row: null,
};
