import { searchProducts } from '../../services/order/search-products.ts';
import { readOrderMemory } from '../../views/order-equipment/order-equipment-metadata.ts';
import {
  formTooOld,
  productOptions,
  productsNotLoaded,
  sayingOption,
} from '../../views/order-equipment/order-equipment-options.ts';
import type { Tenant } from '../deps.ts';
import { answerOptions, type OptionArgs } from './answer-options.ts';

/** The request's view state is stale or empty: country, category and words are those of the signed metadata. */
export async function onProductOptions(args: OptionArgs, { context }: Tenant): Promise<void> {
  const { view, value: typed } = args.body;
  await answerOptions(context, args, async () => {
    const memory = readOrderMemory(context.seal.open('modal', view?.private_metadata ?? ''));
    if (memory === null) return [sayingOption(formTooOld)];
    const { deliveryCountry: country, category } = memory.choice;
    const { words } = memory.carry;
    const found = await searchProducts(context, { country, category, words, typed });
    if (found.kind === 'not_loaded') return [sayingOption(productsNotLoaded)];
    return productOptions(found.groups, { words: typed.trim() === '' ? words : typed.trim(), country });
  });
}
