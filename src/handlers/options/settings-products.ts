import { findProducts } from '../../domain/order/find-products.ts';
import { everyProduct } from '../../services/admin/settings-screen.ts';
import {
  productOptions,
  productsNotLoaded,
  sayingOption,
} from '../../views/order-equipment/order-equipment-options.ts';
import type { Tenant } from '../deps.ts';
import { answerOptions, type OptionArgs } from './answer-options.ts';

/** Everything that Fleet offers in any of the countries, whatever the settings leave out. */
export async function onSettingsProducts(args: OptionArgs, { context }: Tenant): Promise<void> {
  const words = args.body.value.trim();
  await answerOptions(context, args, async () => {
    const settings = await context.store.settings();
    const groups = await everyProduct(context, settings);
    if (groups.length === 0) return [sayingOption(productsNotLoaded)];
    const country = settings.defaultCountry ?? settings.countries[0]?.code ?? '';
    return productOptions(findProducts(groups, { words, category: null }), { words, country });
  });
}
