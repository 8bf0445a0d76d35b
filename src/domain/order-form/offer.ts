import type { OfferedAddress, OfferedAddresses } from '../catalog/addresses.ts';
import {
  configurationDetails,
  configurationLabel,
  groupName,
  type LabelledProduct,
  layoutsOffered,
  type ProductGroup,
  usualLayout,
} from '../catalog/products.ts';
import { categoriesOf, findProducts, isNamedBy } from '../catalog/search.ts';
import type { FleetFailure } from '../failures/failure.ts';
import type { CountryCode, FleetProductId } from '../ids.ts';
import type { Money, OrderLine, RowKey, Shipping } from '../line.ts';
import { alphabetical } from '../name-match.ts';
import {
  type AcquisitionMode,
  type Category,
  type KeyboardLayout,
  keyboardLayouts,
  type OrderField,
} from '../vocabulary.ts';
import type { OrderChoice } from './choice.ts';

/** Everything that the modal shows: built by the services, drawn by the views. */
export interface OrderForm {
  readonly choice: OrderChoice;
  readonly countries: readonly CountryCode[];
  /** Those that have products in the country. */
  readonly categories: readonly Category[];
  /** `/fleet order [words]`: filters the Product list until something is typed. Empty: no filter. */
  readonly words: string;
  /** How many products the list offers before anything is typed. Null: Fleet didn't say. */
  readonly productsOffered: number | null;
  /** How many more are being read from Fleet. Absent: none. */
  readonly productsToCome?: number;
  readonly productGroupName: string | null;
  /** Null: not loaded, or no product group is chosen. */
  readonly configurations: readonly Configuration[] | null;
  /** Null: the chosen product has no keyboard. All of them if Fleet doesn't name the allowed ones. */
  readonly layouts: readonly KeyboardLayout[] | null;
  /** Fleet didn't say what it offers: configuration and layout hold the choice alone, which saving keeps. */
  readonly isOfferUnknown?: boolean;
  /** Null: the field is hidden (Fleet offers none, or they are not loaded). */
  readonly addresses: readonly OfferedAddress[] | null;
  /** How many addresses didn't fit into the select. */
  readonly addressesLeftOut: number;
  /** False: Fleet has addresses that we may not show, because we could not read whose own they are. */
  readonly areAddressesWhole: boolean;
  /** 20, or the edited row's quantity if that is more. */
  readonly maxQuantity: number;
  readonly price: PriceShown;
  /** The row being edited: submit is **Save**. */
  readonly editing: RowKey | null;
  /** Devices already in the cart: changing the mode reprices them too, and the form says so. */
  readonly linesInCart: number;
  readonly modeInCart: AcquisitionMode | null;
}

interface Configuration {
  readonly productId: FleetProductId;
  /** Empty: not known. */
  readonly label: string;
  readonly imageUrl: string | null;
}

type PriceShown =
  | { readonly kind: 'nothing_chosen' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'known'; readonly price: Money | null; readonly shipping: Shipping }
  | { readonly kind: 'unknown'; readonly why: WhyNoPrice };

export type WhyNoPrice =
  | { readonly kind: 'layout_missing' }
  /** The settings name no currency for the country. */
  | { readonly kind: 'no_currency' }
  | { readonly kind: 'fleet'; readonly failure: FleetFailure };

/**
 * The fields whose choice is no longer offered. Such a choice stays in the form and is shown as none, so that the
 * person chooses again: a default in its place would order something else without a word.
 */
export function goneFields({ choice, countries, layouts, addresses }: OrderForm): readonly OrderField[] {
  const { deliveryCountry, keyboardLayout, shippingAddressId } = choice;
  const isLayoutGone = layouts !== null && keyboardLayout !== null && !layouts.includes(keyboardLayout);
  const isAddressOffered = (addresses ?? []).some(({ addressId }) => addressId === shippingAddressId);
  return [
    ...(countries.includes(deliveryCountry) ? [] : ['delivery_country' as const]),
    ...(isLayoutGone ? ['keyboard_layout' as const] : []),
    ...(shippingAddressId === null || isAddressOffered ? [] : ['ship_to' as const]),
  ];
}

/** Adds what Fleet offers, and removes products that it doesn't. */
export function withinGroups(form: OrderForm, groups: readonly ProductGroup[], isNew: boolean): OrderForm {
  const categories = categoriesOf(groups);
  const category = categories.find((one) => one === form.choice.category) ?? null;
  const offered = findProducts(groups, { words: form.words, category });
  const [only, ...others] = offered;
  // `/fleet order macbook air`: choose the only product of that name. "laptop" names none, however few there are.
  const isChosen =
    isNew && form.words !== '' && others.length === 0 && only !== undefined && isNamedBy(only, form.words);
  const singleMatch = isChosen ? only : null;
  const chosen = groups.find(({ productGroupId }) => productGroupId === form.choice.productGroupId) ?? singleMatch;
  return {
    ...form,
    categories,
    productsOffered: offered.length,
    productGroupName: chosen === null ? null : groupName(chosen),
    choice:
      chosen === null
        ? { ...withoutProduct(form.choice), category }
        : { ...form.choice, category, productGroupId: chosen.productGroupId },
  };
}

export interface OfferedProduct extends LabelledProduct {
  readonly hasKeyboard: boolean;
  readonly keyboardLayouts: readonly string[];
  readonly imageUrl: string | null;
}

/** Adds the group's configurations. Chooses a single one, and the country's usual keyboard. */
export function withinProducts(form: OrderForm, products: readonly OfferedProduct[]): OrderForm {
  const details = configurationDetails(products);
  const configurations = products
    .map((product) => ({
      productId: product.productId,
      label: configurationLabel(product, details.get(product.productId)),
      imageUrl: product.imageUrl,
    }))
    .sort((one, other) => alphabetical.compare(one.label, other.label));
  const only = products.length === 1 ? products[0] : undefined;
  const chosen = products.find(({ productId }) => productId === form.choice.productId) ?? only;
  const layouts = chosen === undefined ? null : layoutsOffered(chosen);
  const { deliveryCountry, keyboardLayout } = form.choice;
  return {
    ...form,
    configurations,
    layouts,
    choice: {
      ...form.choice,
      productId: chosen?.productId ?? null,
      keyboardLayout: layouts === null ? null : (keyboardLayout ?? usualLayout(deliveryCountry, layouts)),
    },
  };
}

/**
 * Fleet didn't say what it offers. A hidden field would lose its value, so the chosen configuration and layout stay on
 * screen, alone. `line`: the row being edited, which knows what they are called.
 */
export function withChoiceKept(form: OrderForm, line: OrderLine | null): OrderForm {
  const { productGroupId, productId, keyboardLayout } = form.choice;
  const isSameGroup = line !== null && line.productGroupId === productGroupId;
  const label = line !== null && line.productId === productId ? line.configuration : '';
  return {
    ...form,
    isOfferUnknown: true,
    productGroupName: form.productGroupName ?? (isSameGroup ? line.productName : null),
    configurations: productId === null ? null : [{ productId, label, imageUrl: null }],
    layouts: productId === null || keyboardLayout === null ? null : [keyboardLayout],
  };
}

/** Fleet asks for a keyboard that its catalog doesn't mention: shows the field with the country's usual layout. */
export function withLayoutToChoose(form: OrderForm): OrderForm {
  const keyboardLayout = usualLayout(form.choice.deliveryCountry, keyboardLayouts);
  return withPriceToAsk({ ...form, layouts: keyboardLayouts, choice: { ...form.choice, keyboardLayout } });
}

/** `offer` null: Fleet didn't answer. */
export function withinAddresses(form: OrderForm, offer: OfferedAddresses | null): OrderForm {
  const { shippingAddressId } = form.choice;
  const { addresses, leftOut, isWhole } = offer ?? { addresses: [], leftOut: 0, isWhole: false };
  const isOffered = addresses.some(({ addressId }) => addressId === shippingAddressId);
  // Unless we know that it is gone, dropping the chosen address would silently ship the device elsewhere.
  const kept =
    (isWhole && leftOut === 0) || isOffered || shippingAddressId === null
      ? []
      : [{ addressId: shippingAddressId, label: null }];
  const shown = [...kept, ...addresses];
  return {
    ...form,
    addresses: shown.length === 0 && shippingAddressId === null ? null : shown,
    addressesLeftOut: leftOut,
    areAddressesWhole: offer?.isWhole ?? true,
  };
}

/** Whether the choice is complete enough to ask for a price. */
export function withPriceToAsk(form: OrderForm): OrderForm {
  const { productId, keyboardLayout } = form.choice;
  if (productId === null) return { ...form, price: { kind: 'nothing_chosen' } };
  const mustChooseLayout =
    keyboardLayout === null ? form.layouts !== null : goneFields(form).includes('keyboard_layout');
  if (mustChooseLayout) return { ...form, price: { kind: 'unknown', why: { kind: 'layout_missing' } } };
  return { ...form, price: { kind: 'asking' } };
}

function withoutProduct(choice: OrderChoice): OrderChoice {
  return { ...choice, productGroupId: null, productId: null, keyboardLayout: null };
}
