import type { DraftCart } from '../../domain/cart/cart.ts';
import type { CartTrouble } from '../../domain/cart/cart-trouble.ts';
import { changeCart, type LineChange } from '../../domain/cart/change-cart.ts';
import type { AcquisitionMode } from '../../domain/failures/fleet-words.ts';
import type { CartChange } from '../../domain/work.ts';
import { makeLines } from '../order/make-lines.ts';
import { overLimit, repriceLines } from '../order/price-lines.ts';
import type { CartSession } from './cart-session.ts';

export type PreparedChange =
  | { readonly ok: true; readonly draft: DraftCart; readonly repriced: AcquisitionMode | null }
  | { readonly ok: false; readonly trouble: CartTrouble };

/** The draft as it is to be, with every line priced in its mode. Nothing is written. */
export async function prepareChange(
  session: CartSession,
  draft: DraftCart,
  change: CartChange,
): Promise<PreparedChange> {
  const made = await lineChange(session, change);
  if (!made.ok) return made;
  const changed = changeCart(draft, made.change);
  if (!changed.ok) return { ok: false, trouble: { kind: changed.why } };
  const { mode } = changed.draft;
  const lines = changed.reprice ? await repriceLines(session, changed.draft.lines, mode) : changed.draft.lines;
  const adds = 'choice' in change;
  const over = adds ? overLimit(session.settings, changed.reprice ? lines : made.lines) : null;
  if (over !== null) return { ok: false, trouble: over };
  return { ok: true, draft: { ...changed.draft, lines }, repriced: changed.reprice ? mode : null };
}

type MadeChange =
  | { readonly ok: true; readonly change: LineChange; readonly lines: DraftCart['lines'] }
  | { readonly ok: false; readonly trouble: CartTrouble };

async function lineChange(session: CartSession, change: CartChange): Promise<MadeChange> {
  if (!('choice' in change)) return { ok: true, change, lines: [] };
  const made = await makeLines(session, session.person, change.choice);
  if (!made.ok) return made;
  const { choice, ...kept } = change;
  return { ok: true, change: { ...kept, lines: made.lines, mode: choice.mode }, lines: made.lines };
}
