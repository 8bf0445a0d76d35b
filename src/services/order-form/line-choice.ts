import type { DraftCart } from '../../domain/cart/cart.ts';
import { defaultCountry, groupName, type ProductGroup } from '../../domain/catalog/products.ts';
import type { CountryCode, FleetProductGroupId, FleetProductId, SlackUserId } from '../../domain/ids.ts';
import { type CartRow, type RowKey, rowsOf } from '../../domain/line.ts';
import { emptyChoice, type OrderChoice } from '../../domain/order-form/choice.ts';
import type { Settings } from '../../domain/settings/settings.ts';
import { listConfigurations, listProductGroups, offeredCountries } from '../catalog/products.ts';
import type { ServiceContext } from '../context.ts';

/** How many groups we search for a device's product. */
const MAX_GROUPS_SEARCHED = 3;

/** The choice that made a row of the cart, for editing. Null: the row is gone. */
export async function findRowChoice(
  { store }: ServiceContext,
  slackUserId: SlackUserId,
  row: RowKey,
): Promise<OrderChoice | null> {
  const draft = await store.draft(slackUserId);
  const found = draft === null ? undefined : rowsOf(draft.lines).find(({ key }) => key === row);
  return draft === null || found === undefined ? null : choiceOf(draft, found);
}

/** The choice for a device that only Fleet knows: its product if we find it; the form asks for the rest. Null: gone. */
export async function findFoundDeviceChoice(
  context: ServiceContext,
  slackUserId: SlackUserId,
  productId: FleetProductId,
): Promise<OrderChoice | null> {
  const draft = await context.store.draft(slackUserId);
  const holds = draft?.standing === 'found' ? draft.fleetHolds : null;
  const count = holds?.productIds.filter((id) => id === productId).length ?? 0;
  if (draft === null || holds === null || count === 0) return null;
  const settings = await context.store.settings();
  const country = await findDefaultCountry(context, slackUserId, settings);
  if (country === null) return null;
  const name = holds.names[holds.productIds.indexOf(productId)] ?? '';
  const productGroupId = await findGroupOf(context, settings, { country, productId, name });
  return {
    ...emptyChoice(country, draft.mode),
    quantity: count,
    ...(productGroupId === null ? {} : { productGroupId, productId }),
  };
}

function choiceOf(draft: DraftCart, { line, quantity }: CartRow): OrderChoice {
  const { deliveryCountry, productGroupId, productId, keyboardLayout, shippingAddressId, fleetUserId } = line;
  return {
    deliveryCountry,
    category: null,
    productGroupId,
    productId,
    keyboardLayout,
    shippingAddressId,
    quantity,
    mode: draft.mode,
    assignee:
      fleetUserId === null
        ? { kind: 'nobody_yet' }
        : fleetUserId === draft.purchaserId
          ? { kind: 'me' }
          : { kind: 'person', fleetUserId, name: line.assigneeName ?? '' },
  };
}

async function findDefaultCountry(
  context: ServiceContext,
  slackUserId: SlackUserId,
  settings: Settings,
): Promise<CountryCode | null> {
  const [offered, preferences] = await Promise.all([
    offeredCountries(context, settings),
    context.store.preferences(slackUserId),
  ]);
  const lastUsed = preferences.lastCountry;
  return defaultCountry({ offered, lastUsed, fromSettings: settings.defaultCountry, timeZone: null, locale: null });
}

/** Fleet doesn't say which group a product belongs to, so we search the groups that its name mentions. */
async function findGroupOf(
  context: ServiceContext,
  settings: Settings,
  { country, productId, name }: { country: CountryCode; productId: FleetProductId; name: string },
): Promise<FleetProductGroupId | null> {
  const groups = await listProductGroups(context, country, settings);
  if (!groups.ok) return null;
  for (const { productGroupId } of rankGroups(groups.value.rows, name)) {
    const products = await listConfigurations(context, { deliveryCountry: country, productGroupId });
    if (products.ok && products.value.rows.some((product) => product.productId === productId)) return productGroupId;
  }
  return null;
}

function rankGroups(groups: readonly ProductGroup[], name: string): readonly ProductGroup[] {
  const lowerName = name.toLowerCase();
  return groups
    .filter((group) => lowerName.includes(groupName(group).toLowerCase()))
    .sort((one, other) => groupName(other).length - groupName(one).length)
    .slice(0, MAX_GROUPS_SEARCHED);
}
