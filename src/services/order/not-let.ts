import type { CartTrouble } from '../../domain/cart/cart-trouble.ts';
import { type OrderLine, rowsOf } from '../../domain/order/order-line.ts';
import type { Settings } from '../../domain/settings/settings.ts';
import type { ServiceContext, WithSettings } from '../context.ts';
import { listEveryProductGroup } from './list-product-groups.ts';

type NotLet = Extract<CartTrouble, { kind: 'not_let' }>;

/**
 * The first row that the settings do not let anybody order: a cart may stand for months, and they hold when it is sent.
 * What Fleet offers is not asked here: it says so itself.
 */
export async function findNotLet(
  { context, settings }: WithSettings,
  lines: readonly OrderLine[],
): Promise<NotLet | null> {
  for (const { key, line } of rowsOf(lines)) {
    const { deliveryCountry, productName } = line;
    const about = { kind: 'not_let', row: key, productName, deliveryCountry } as const;
    if (!settings.countries.some(({ code }) => code === deliveryCountry))
      return { ...about, field: 'delivery_country' };
    if (!(await isLet(context, line, settings))) return { ...about, field: 'product' };
  }
  return null;
}

async function isLet(
  context: ServiceContext,
  { productGroupId, deliveryCountry }: OrderLine,
  { productGroups, categories }: Settings,
): Promise<boolean> {
  if (productGroups !== null && !productGroups.some((one) => one === productGroupId)) return false;
  if (categories === null) return true;
  const groups = await listEveryProductGroup(context, deliveryCountry);
  const group = groups.ok ? groups.value.find((one) => one.productGroupId === productGroupId) : undefined;
  // Which category it is in Fleet alone knows: what it does not say forbids nothing.
  return group === undefined || categories.some((one) => one === group.category);
}
