import type { AuditEntry } from '../../domain/audit.ts';
import type { DraftCart } from '../../domain/cart/cart.ts';
import type { SlackUserId } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';

/** The draft was changed meanwhile, by somebody who needs no lease (a request that ended): read it again. */
export class Overtaken extends Error {
  override name = 'Overtaken';
}

/** Of a draft that is in memory only. */
export const NEVER_SAVED = 0;

/** Null: the draft is given up, and the next order starts afresh. */
export async function saveDraft(
  { store }: ServiceContext,
  slackUserId: SlackUserId,
  { before, is, audit = [] }: { before: DraftCart; is: DraftCart | null; audit?: readonly AuditEntry[] },
): Promise<DraftCart> {
  const was = before.revision === NEVER_SAVED ? null : before.revision;
  if (is === null && was === null) return before;
  const saved = is === null ? null : { ...is, revision: before.revision + 1 };
  const committed = await store.commit({ draft: { slackUserId, was, is: saved }, audit });
  if (committed !== 'committed') throw new Overtaken();
  return saved ?? { ...before, revision: NEVER_SAVED };
}
