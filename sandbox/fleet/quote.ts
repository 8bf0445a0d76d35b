import { currencyOf, isCountry, isServed } from './countries.ts';
import type { Product } from './model.ts';
import { plus } from './money.ts';
import type { FleetState } from './state.ts';
import type { AcquisitionMode, KeyboardLayout } from './vocabulary.ts';

export type Wanted = {
  readonly productId: number;
  readonly country: string;
  readonly mode: AcquisitionMode;
  readonly layout?: KeyboardLayout | undefined;
};

export type QuoteProblem =
  | 'no_such_country'
  | 'country_not_served'
  | 'no_such_product'
  | 'not_in_country'
  | 'layout_missing'
  | 'layout_not_offered'
  | 'layout_uncalled_for'
  | 'no_price';

export type Quote =
  | { readonly ok: true; readonly product: Product; readonly amount: number; readonly currency: string }
  | { readonly ok: false; readonly problem: QuoteProblem };

const problem = (name: QuoteProblem): Quote => ({ ok: false, problem: name });

/** The only price table; pricing and carts both use it. */
export function quote(state: FleetState, wanted: Wanted): Quote {
  if (!isCountry(wanted.country)) return problem('no_such_country');
  if (!isServed(wanted.country)) return problem('country_not_served');
  const product = state.products.get(wanted.productId);
  if (!product || product.countries.length === 0) return problem('no_such_product');
  if (!product.countries.includes(wanted.country)) return problem('not_in_country');
  if (product.hasKeyboard && !wanted.layout) return problem('layout_missing');
  if (!product.hasKeyboard && wanted.layout) return problem('layout_uncalled_for');
  if (wanted.layout && !product.layouts.includes(wanted.layout)) return problem('layout_not_offered');
  const currency = currencyOf(wanted.country);
  const price = product.prices[currency];
  if (!price) return problem('no_price');
  const surcharge = wanted.layout ? (product.layoutSurcharge[wanted.layout] ?? 0) : 0;
  return { ok: true, product, amount: plus(price[wanted.mode], surcharge), currency };
}
