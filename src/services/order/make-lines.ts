import type { CartTrouble } from '../../domain/cart/cart-trouble.ts';
import type { FleetUserId } from '../../domain/ids.ts';
import type { CatalogProduct } from '../../domain/order/catalog.ts';
import { configurationDetails } from '../../domain/order/configuration-label.ts';
import { layoutsOffered } from '../../domain/order/countries.ts';
import { groupName } from '../../domain/order/find-products.ts';
import type { OrderChoice, OrderField } from '../../domain/order/order-form.ts';
import type { OrderLine } from '../../domain/order/order-line.ts';
import type { Person } from '../../domain/people/people.ts';
import type { Settings } from '../../domain/settings/settings.ts';
import type { ServiceContext, WithSettings } from '../context.ts';
import { listConfigurations } from './list-configurations.ts';
import { listProductGroups } from './list-product-groups.ts';
import { priceLine } from './price-lines.ts';

export type MadeLines =
  | { readonly ok: true; readonly lines: readonly OrderLine[] }
  | { readonly ok: false; readonly trouble: CartTrouble };

/**
 * What was chosen as lines, one for each device. The whole choice is checked again against the catalog: a form holds
 * what was offered when it was drawn.
 */
export async function makeLines(
  { context, settings }: WithSettings,
  person: Person,
  choice: OrderChoice,
): Promise<MadeLines> {
  const described = await describe(context, settings, choice);
  if (!described.ok) return described;
  const unpriced = { ...described.line, ...(await assigneeOf(context, person, choice)) };
  const priced = await priceLine({ context, settings }, unpriced, choice.mode);
  if (!priced.ok) {
    const { failure } = priced;
    // Without a price Fleet would refuse the line as well; where Fleet merely did not answer, its cart decides.
    if (failure.kind === 'rejected') return { ok: false, trouble: { kind: 'fleet', failure, row: null } };
  }
  const line = priced.ok ? priced.line : unpriced;
  return { ok: true, lines: Array.from({ length: choice.quantity }, () => line) };
}

type Described =
  | { readonly ok: true; readonly line: OrderLine }
  | { readonly ok: false; readonly trouble: CartTrouble };

async function describe(context: ServiceContext, settings: Settings, choice: OrderChoice): Promise<Described> {
  const { deliveryCountry, productGroupId, productId, keyboardLayout, shippingAddressId } = choice;
  if (!settings.countries.some(({ code }) => code === deliveryCountry)) return notOffered('delivery_country');
  if (productGroupId === null || productId === null) return notOffered('product');
  const groups = await listProductGroups(context, deliveryCountry, settings);
  if (!groups.ok) return { ok: false, trouble: { kind: 'fleet', failure: groups.failure, row: null } };
  const group = groups.value.find((one) => one.productGroupId === productGroupId);
  if (group === undefined) return notOffered('product');
  const products = await listConfigurations(context, { deliveryCountry, productGroupId });
  if (!products.ok) return { ok: false, trouble: { kind: 'fleet', failure: products.failure, row: null } };
  const product = products.value.find((one) => one.productId === productId);
  if (product === undefined) return notOffered('configuration');
  if (!isLayoutRight(product, choice)) return notOffered('keyboard_layout');
  return {
    ok: true,
    line: {
      productId,
      productGroupId,
      deliveryCountry,
      keyboardLayout,
      shippingAddressId,
      productName: groupName(group),
      configuration: configurationDetails(products.value).get(productId) ?? '',
      fleetUserId: null,
      assigneeName: null,
      price: null,
      shipping: { min: null, max: null },
    },
  };
}

/** A missing layout is Fleet's to ask for: whether it needs one, its answer says best. */
function isLayoutRight(product: CatalogProduct, { keyboardLayout }: OrderChoice): boolean {
  return keyboardLayout === null || (layoutsOffered(product)?.includes(keyboardLayout) ?? false);
}

function notOffered(field: OrderField): { readonly ok: false; readonly trouble: CartTrouble } {
  return { ok: false, trouble: { kind: 'not_offered', field } };
}

async function assigneeOf(
  { store }: ServiceContext,
  person: Person,
  { assignee }: OrderChoice,
): Promise<{ readonly fleetUserId: FleetUserId | null; readonly assigneeName: string | null }> {
  switch (assignee.kind) {
    case 'me':
      return { fleetUserId: person.fleetUserId, assigneeName: person.name };
    case 'nobody_yet':
      return { fleetUserId: null, assigneeName: null };
    case 'person': {
      const known = await store.directory.person(assignee.fleetUserId);
      return { fleetUserId: assignee.fleetUserId, assigneeName: known?.name ?? assignee.name };
    }
    default:
      return assignee satisfies never;
  }
}
