import type { DraftCart } from '../../domain/cart/cart.ts';
import type { CartTrouble } from '../../domain/cart/cart-trouble.ts';
import { changeCart, type LineChange } from '../../domain/cart/change-cart.ts';
import type { AcquisitionMode } from '../../domain/failures/fleet-words.ts';
import type { Person } from '../../domain/people/people.ts';
import type { Settings } from '../../domain/settings/settings.ts';
import type { CartChange } from '../../domain/work.ts';
import type { ServiceContext } from '../context.ts';
import { makeLines } from '../order/make-lines.ts';
import { overLimit, repriceLines } from '../order/price-lines.ts';

export type PreparedChange =
  | { readonly ok: true; readonly draft: DraftCart; readonly repriced: AcquisitionMode | null }
  | { readonly ok: false; readonly trouble: CartTrouble };

/** The draft as it is to be, with every line priced in its mode. Nothing is written. */
export async function prepareChange(
  context: ServiceContext,
  person: Person,
  draft: DraftCart,
  change: CartChange,
): Promise<PreparedChange> {
  const settings = await context.store.settings();
  const made = await lineChange(context, settings, person, change);
  if (!made.ok) return made;
  const changed = changeCart(draft, made.change);
  if (!changed.ok) return { ok: false, trouble: { kind: changed.why } };
  const { mode } = changed.draft;
  const lines = changed.reprice
    ? await repriceLines(context, settings, changed.draft.lines, mode)
    : changed.draft.lines;
  const adds = 'choice' in change;
  const over = adds ? overLimit(settings, changed.reprice ? lines : made.lines) : null;
  if (over !== null) return { ok: false, trouble: over };
  return { ok: true, draft: { ...changed.draft, lines }, repriced: changed.reprice ? mode : null };
}

type MadeChange =
  | { readonly ok: true; readonly change: LineChange; readonly lines: DraftCart['lines'] }
  | { readonly ok: false; readonly trouble: CartTrouble };

async function lineChange(
  context: ServiceContext,
  settings: Settings,
  person: Person,
  change: CartChange,
): Promise<MadeChange> {
  if (!('choice' in change)) return { ok: true, change, lines: [] };
  const made = await makeLines(context, settings, person, change.choice);
  if (!made.ok) return made;
  const { choice, ...kept } = change;
  return { ok: true, change: { ...kept, lines: made.lines, mode: choice.mode }, lines: made.lines };
}
