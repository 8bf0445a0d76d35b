import { servedCountries } from '../countries.ts';
import type { Characteristics, Price, Product } from '../model.ts';
import type { KeyboardLayout } from '../vocabulary.ts';

export const everywhere: readonly string[] = Object.keys(servedCountries);

export type ProductDraft = {
  readonly id: number;
  readonly name: string | null;
  /** The monthly lease in EUR; the other prices are derived from it unless `prices` sets them. */
  readonly lease: number;
  readonly buy?: number;
  readonly prices?: Record<string, Price>;
  readonly layouts?: readonly KeyboardLayout[];
  readonly listsLayouts?: boolean;
  readonly tellsKeyboard?: boolean;
  readonly countries?: readonly string[];
  readonly img?: string | null;
  readonly shipping?: { readonly min: number | null; readonly max: number | null };
  readonly characteristics?: Characteristics;
};

/** Far enough apart to reveal an amount in the wrong currency. */
const perEuro: Readonly<Record<string, number>> = { EUR: 1, CHF: 1.1, GBP: 0.9, USD: 1.2, CAD: 1.5 };

function pricesFrom(lease: number, buy: number): Record<string, Price> {
  const cents = (amount: number, factor: number) => (factor === 1 ? amount : Math.round(amount * factor * 100) / 100);
  return Object.fromEntries(
    Object.entries(perEuro).map(([currency, factor]) => [
      currency,
      { LEASING: cents(lease, factor), BUY: cents(buy, factor) },
    ]),
  );
}

export function aProduct(groupId: number, draft: ProductDraft): Product {
  const layouts = draft.layouts ?? [];
  return {
    id: draft.id,
    groupId,
    name: draft.name,
    hasKeyboard: layouts.length > 0,
    layouts,
    tellsKeyboard: draft.tellsKeyboard ?? true,
    listsLayouts: draft.listsLayouts ?? true,
    layoutSurcharge: layouts.includes('SWISS_QWERTZ') ? { SWISS_QWERTZ: 2.5 } : {},
    imgUrl: draft.img === undefined ? `https://img.fleet.test/products/${draft.id}.png` : draft.img,
    characteristics: draft.characteristics ?? {},
    countries: [...(draft.countries ?? everywhere)],
    prices: draft.prices ?? pricesFrom(draft.lease, draft.buy ?? Math.round(draft.lease * 3000) / 100),
    shipping: draft.shipping ?? { min: 3, max: 5 },
  };
}
