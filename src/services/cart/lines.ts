import type { DraftCart } from '../../domain/cart/cart.ts';
import { changeCart, type LineChange } from '../../domain/cart/change.ts';
import type { CartTrouble } from '../../domain/cart/trouble.ts';
import { type CatalogProduct, configurationDetails, groupName, layoutsOffered } from '../../domain/catalog/products.ts';
import { type FleetFailure, isRejection } from '../../domain/failures/failure.ts';
import type { FleetUserId } from '../../domain/ids.ts';
import { type OrderLine, rowsOf } from '../../domain/line.ts';
import type { OrderChoice } from '../../domain/order-form/choice.ts';
import type { Person } from '../../domain/people/people.ts';
import type { Settings } from '../../domain/settings/settings.ts';
import type { AcquisitionMode, OrderField } from '../../domain/vocabulary.ts';
import type { CartChange } from '../../domain/work.ts';
import { listAddresses, ownerOfAddress } from '../catalog/addresses.ts';
import { overLimit, priceLine, repriceLines } from '../catalog/prices.ts';
import { listConfigurations, listEveryProductGroup, listProductGroups } from '../catalog/products.ts';
import type { ServiceContext, WithSettings } from '../context.ts';
import { doubtAbout } from '../pages.ts';
import { distinctName, unnamedFleetUser } from '../people/match.ts';
import type { CartSession } from './session.ts';

type PreparedChange =
  | { readonly ok: true; readonly draft: DraftCart; readonly repriced: AcquisitionMode | null }
  | { readonly ok: false; readonly trouble: CartTrouble };

/** The draft after the change, with every line priced in its mode. Nothing is written. */
export async function prepareChange(
  session: CartSession,
  draft: DraftCart,
  change: CartChange,
): Promise<PreparedChange> {
  const made = await toLineChange(session, draft, change);
  if (!made.ok) return made;
  const changed = changeCart(draft, made.change);
  if (!changed.ok) return { ok: false, trouble: { kind: changed.why } };
  const { mode } = changed.draft;
  const lines = changed.reprice ? await repriceLines(session, changed.draft.lines, mode) : changed.draft.lines;
  const adds = 'choice' in change;
  const over = adds ? overLimit(session.settings, changed.reprice ? lines : made.lines, mode) : null;
  if (over !== null) return { ok: false, trouble: over };
  return { ok: true, draft: { ...changed.draft, lines }, repriced: changed.reprice ? mode : null };
}

/** The chosen device as the cart will show it. Null: Fleet doesn't offer it (any more), or doesn't answer. */
export async function lineOf(operation: ChangingCart, draft: DraftCart, change: CartChange): Promise<OrderLine | null> {
  const made = await toLineChange(operation, draft, change);
  return made.ok ? (made.lines[0] ?? null) : null;
}

type ChangingCart = Pick<CartSession, 'context' | 'settings' | 'person'>;

type MadeChange =
  | { readonly ok: true; readonly change: LineChange; readonly lines: DraftCart['lines'] }
  | { readonly ok: false; readonly trouble: CartTrouble };

async function toLineChange(session: ChangingCart, draft: DraftCart, change: CartChange): Promise<MadeChange> {
  if (!('choice' in change)) return { ok: true, change, lines: [] };
  const edited = change.kind === 'edit' ? rowsOf(draft.lines).find(({ key }) => key === change.row) : undefined;
  const known = edited === undefined || draft.mode !== change.choice.mode ? null : edited.line;
  const made = await makeLines(session, session.person, { choice: change.choice, known });
  if (!made.ok) return made;
  const { choice, ...kept } = change;
  return { ok: true, change: { ...kept, lines: made.lines, mode: choice.mode }, lines: made.lines };
}

type MadeLines =
  | { readonly ok: true; readonly lines: readonly OrderLine[] }
  | { readonly ok: false; readonly trouble: CartTrouble };

interface WantedLine {
  readonly choice: OrderChoice;
  /** The row that is edited, in the same mode. While Fleet can't say what it offers, an edit may keep what it has. */
  readonly known: OrderLine | null;
}

/**
 * The choice as lines, one for each device. It is checked against the catalog again: the form shows what was offered
 * when it was drawn.
 */
async function makeLines(
  { context, settings }: WithSettings,
  person: Person,
  { choice, known }: WantedLine,
): Promise<MadeLines> {
  const listed = await describeLine({ context, settings }, person, choice);
  const kept = listed.ok || !isUnanswered(listed.trouble) ? null : keptLine(known, choice);
  const described = kept === null ? listed : ({ ok: true, line: kept } as const);
  if (!described.ok) return described;
  const assigned = { ...described.line, ...(await assigneeOf(context, person, choice)) };
  const unpriced = { ...assigned, ...(await destinationOf(context, assigned)) };
  const priced = await priceLine({ context, settings }, unpriced, choice.mode);
  if (!priced.ok) {
    const { failure } = priced;
    // Fleet rejects a line that it has no price for. If it merely didn't answer, its cart will tell.
    if (failure.kind === 'rejected') return { ok: false, trouble: { kind: 'fleet', failure, row: null } };
  }
  const line = priced.ok ? priced.line : unpriced;
  return { ok: true, lines: Array.from({ length: choice.quantity }, () => line) };
}

function isUnanswered(trouble: CartTrouble): boolean {
  return trouble.kind === 'fleet' && !isRejection(trouble.failure);
}

/** Null: the edit chooses another product, country or layout, which only Fleet's catalog can confirm. */
function keptLine(known: OrderLine | null, choice: OrderChoice): OrderLine | null {
  if (known === null) return null;
  const isSame =
    known.productId === choice.productId &&
    known.productGroupId === choice.productGroupId &&
    known.deliveryCountry === choice.deliveryCountry &&
    known.keyboardLayout === choice.keyboardLayout;
  const { shipsToOwnOf: _, ...line } = known;
  return isSame ? { ...line, shippingAddressId: choice.shippingAddressId } : null;
}

type DescribedLine =
  | { readonly ok: true; readonly line: OrderLine }
  | { readonly ok: false; readonly trouble: CartTrouble };

async function describeLine(
  { context, settings }: WithSettings,
  person: Person,
  choice: OrderChoice,
): Promise<DescribedLine> {
  const { deliveryCountry, productGroupId, productId, keyboardLayout, shippingAddressId } = choice;
  if (!settings.countries.some(({ code }) => code === deliveryCountry)) return notOffered('delivery_country');
  if (productGroupId === null || productId === null) return notOffered('product');
  const groups = await listProductGroups(context, deliveryCountry, settings);
  if (!groups.ok) return { ok: false, trouble: { kind: 'fleet', failure: groups.failure, row: null } };
  const group = groups.value.rows.find((one) => one.productGroupId === productGroupId);
  if (group === undefined) return notListed('product', doubtAbout('listProductGroups', groups.value));
  const products = await listConfigurations(context, { deliveryCountry, productGroupId });
  if (!products.ok) return { ok: false, trouble: { kind: 'fleet', failure: products.failure, row: null } };
  const product = products.value.rows.find((one) => one.productId === productId);
  if (product === undefined) return notListed('configuration', doubtAbout('listProducts', products.value));
  if (!isLayoutRight(product, choice)) return notOffered('keyboard_layout');
  if (await isAddressGone(context, person, choice)) return notOffered('ship_to');
  return {
    ok: true,
    line: {
      productId,
      productGroupId,
      deliveryCountry,
      keyboardLayout,
      shippingAddressId,
      productName: groupName(group),
      configuration: configurationDetails(products.value.rows).get(productId) ?? '',
      fleetUserId: null,
      assigneeName: null,
      price: null,
      shipping: { min: null, max: null },
    },
  };
}

/** A missing layout is right: Fleet itself asks when it needs one. */
function isLayoutRight(product: CatalogProduct, { keyboardLayout }: OrderChoice): boolean {
  return keyboardLayout === null || (layoutsOffered(product)?.includes(keyboardLayout) ?? false);
}

/** Of a list that isn't whole it can't be said: Fleet itself refuses an address that it doesn't have. */
async function isAddressGone(
  context: ServiceContext,
  { fleetUserId: requester }: Person,
  { deliveryCountry: country, shippingAddressId, assignee }: OrderChoice,
): Promise<boolean> {
  if (shippingAddressId === null) return false;
  const assigneeId = assignee.kind === 'person' ? assignee.fleetUserId : null;
  const offer = await listAddresses(context, { country, requester, assignee: assigneeId });
  if (offer === null || !offer.isWhole || offer.leftOut > 0) return false;
  return !offer.addresses.some(({ addressId }) => addressId === shippingAddressId);
}

function notOffered(field: OrderField): { readonly ok: false; readonly trouble: CartTrouble } {
  return { ok: false, trouble: { kind: 'not_offered', field } };
}

function notListed(field: OrderField, doubt: FleetFailure | null): ReturnType<typeof notOffered> {
  return doubt === null ? notOffered(field) : { ok: false, trouble: { kind: 'fleet', failure: doubt, row: null } };
}

async function assigneeOf(
  context: ServiceContext,
  person: Person,
  { assignee }: OrderChoice,
): Promise<{ readonly fleetUserId: FleetUserId | null; readonly assigneeName: string | null }> {
  if (assignee.kind === 'nobody_yet') return { fleetUserId: null, assigneeName: null };
  const { fleetUserId, name } = assignee.kind === 'me' ? person : assignee;
  return {
    fleetUserId,
    assigneeName: (await distinctName(context, fleetUserId)) ?? (name || unnamedFleetUser(fleetUserId)),
  };
}

/** The approver must see that a device goes to the home of someone other than its assignee. */
async function destinationOf(
  context: ServiceContext,
  { shippingAddressId, fleetUserId }: OrderLine,
): Promise<Pick<OrderLine, 'shipsToOwnOf'>> {
  if (shippingAddressId === null) return {};
  const owner = await ownerOfAddress(context, shippingAddressId);
  if (owner === undefined) return { shipsToOwnOf: null };
  return owner === null || owner === fleetUserId ? {} : { shipsToOwnOf: (await distinctName(context, owner)) ?? '' };
}

type DisallowedRow = Extract<CartTrouble, { kind: 'not_allowed' }>;

/**
 * The first row that the settings no longer allow: a cart can be months old when it is sent. Whether Fleet still offers
 * the row is not checked, because Fleet answers that itself.
 */
export async function findDisallowedRow(
  { context, settings }: WithSettings,
  lines: readonly OrderLine[],
): Promise<DisallowedRow | null> {
  for (const { key, line } of rowsOf(lines)) {
    const { deliveryCountry, productName } = line;
    const about = { kind: 'not_allowed', row: key, productName, deliveryCountry } as const;
    if (!settings.countries.some(({ code }) => code === deliveryCountry))
      return { ...about, field: 'delivery_country' };
    if (!(await isAllowed(context, line, settings))) return { ...about, field: 'product' };
  }
  return null;
}

async function isAllowed(
  context: ServiceContext,
  { productGroupId, deliveryCountry }: OrderLine,
  { productGroups, categories }: Settings,
): Promise<boolean> {
  if (productGroups !== null && !productGroups.some((one) => one === productGroupId)) return false;
  if (categories === null) return true;
  const groups = await listEveryProductGroup(context, deliveryCountry);
  const group = groups.ok ? groups.value.rows.find((one) => one.productGroupId === productGroupId) : undefined;
  // Only Fleet knows the category: without its answer nothing is forbidden.
  return group === undefined || categories.some((one) => one === group.category);
}
