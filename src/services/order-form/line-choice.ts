import type { DraftCart } from '../../domain/cart/cart.ts';
import type { ProductGroup } from '../../domain/catalog/catalog.ts';
import { defaultCountry } from '../../domain/catalog/countries.ts';
import { groupName } from '../../domain/catalog/products.ts';
import type { CountryCode, FleetProductGroupId, FleetProductId, SlackUserId } from '../../domain/ids.ts';
import { type CartRow, type RowKey, rowsOf } from '../../domain/line.ts';
import { emptyChoice, type OrderChoice } from '../../domain/order-form/choice.ts';
import type { Settings } from '../../domain/settings/settings.ts';
import { offeredCountries } from '../catalog/learned.ts';
import { listConfigurations, listProductGroups } from '../catalog/products.ts';
import type { ServiceContext } from '../context.ts';

/** How many groups are asked for their products to find the one that a device's name speaks of. */
const MAX_GROUPS_SEARCHED = 3;

/** What a row of the cart was chosen as, to be chosen anew. Null: it is not there any more. */
export async function choiceOfRow(
  { store }: ServiceContext,
  slackUserId: SlackUserId,
  row: RowKey,
): Promise<OrderChoice | null> {
  const draft = await store.draft(slackUserId);
  const found = draft === null ? undefined : rowsOf(draft.lines).find(({ key }) => key === row);
  return draft === null || found === undefined ? null : rowChoice(draft, found);
}

/** A device that only Fleet knows: its product as far as it can be found, the rest is to be asked for. Null: settled. */
export async function choiceOfFound(
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

function rowChoice(draft: DraftCart, { line, quantity }: CartRow): OrderChoice {
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
  return defaultCountry({ offered, lastUsed, fromSettings: settings.defaultCountry, locale: null });
}

/** Fleet does not say to which group a product belongs: the groups that its name speaks of are looked into. */
async function findGroupOf(
  context: ServiceContext,
  settings: Settings,
  { country, productId, name }: { country: CountryCode; productId: FleetProductId; name: string },
): Promise<FleetProductGroupId | null> {
  const groups = await listProductGroups(context, country, settings);
  if (!groups.ok) return null;
  for (const { productGroupId } of likeliest(groups.value, name)) {
    const products = await listConfigurations(context, { deliveryCountry: country, productGroupId });
    if (products.ok && products.value.some((product) => product.productId === productId)) return productGroupId;
  }
  return null;
}

function likeliest(groups: readonly ProductGroup[], name: string): readonly ProductGroup[] {
  const said = name.toLowerCase();
  return groups
    .filter((group) => said.includes(groupName(group).toLowerCase()))
    .sort((one, other) => groupName(other).length - groupName(one).length)
    .slice(0, MAX_GROUPS_SEARCHED);
}
