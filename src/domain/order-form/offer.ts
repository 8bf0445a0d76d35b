import type { OfferedAddress } from '../catalog/addresses.ts';
import type { ProductGroup } from '../catalog/catalog.ts';
import { layoutsOffered, usualLayout } from '../catalog/countries.ts';
import {
  categoriesOf,
  configurationDetails,
  configurationLabel,
  findProducts,
  groupName,
  type LabelledProduct,
} from '../catalog/products.ts';
import { keyboardLayouts } from '../vocabulary.ts';
import type { OrderChoice, OrderForm } from './choice.ts';

/** Fills in what Fleet offers there, and takes out of the choice what it does not: a stale value is never sent. */
export function withinGroups(form: OrderForm, groups: readonly ProductGroup[], isNew: boolean): OrderForm {
  const categories = categoriesOf(groups);
  const category = categories.find((one) => one === form.choice.category) ?? null;
  const offered = findProducts(groups, { words: form.words, category });
  const [only, ...others] = offered;
  // `/fleet order macbook air`: a single match is what was meant.
  const meant = isNew && form.words !== '' && others.length === 0 ? (only ?? null) : null;
  const chosen = groups.find(({ productGroupId }) => productGroupId === form.choice.productGroupId) ?? meant;
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

/** The configurations of the chosen group; a single one is chosen, and so is the country's usual keyboard. */
export function withinProducts(form: OrderForm, products: readonly OfferedProduct[]): OrderForm {
  const details = configurationDetails(products);
  const configurations = products
    .map((product) => ({
      productId: product.productId,
      label: configurationLabel(product, details.get(product.productId)),
      imageUrl: product.imageUrl,
    }))
    .sort((one, other) => one.label.localeCompare(other.label, 'en', { numeric: true }));
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
      keyboardLayout:
        layouts?.find((layout) => layout === keyboardLayout) ?? usualLayout(deliveryCountry, layouts ?? []),
    },
  };
}

/** Fleet asks for the keyboard of what has none by its catalog: the field appears, with the country's usual one. */
export function withLayoutToChoose(form: OrderForm): OrderForm {
  const keyboardLayout = usualLayout(form.choice.deliveryCountry, keyboardLayouts);
  return withPriceToAsk({ ...form, layouts: keyboardLayouts, choice: { ...form.choice, keyboardLayout } });
}

/** `offer` null: Fleet could not say which addresses there are. */
export function withinAddresses(
  form: OrderForm,
  offer: { readonly addresses: readonly OfferedAddress[]; readonly leftOut: number } | null,
): OrderForm {
  const { shippingAddressId } = form.choice;
  // Dropping what was chosen before would send the device elsewhere without a word.
  if (offer === null)
    return { ...form, addresses: shippingAddressId === null ? null : [{ addressId: shippingAddressId, label: null }] };
  const isOffered = offer.addresses.some(({ addressId }) => addressId === shippingAddressId);
  return {
    ...form,
    addresses: offer.addresses.length === 0 ? null : offer.addresses,
    addressesLeftOut: offer.leftOut,
    choice: { ...form.choice, shippingAddressId: isOffered ? shippingAddressId : null },
  };
}

/** What there is to ask a price for; a keyboard that must still be chosen decides on it too. */
export function withPriceToAsk(form: OrderForm): OrderForm {
  const { productId, keyboardLayout } = form.choice;
  if (productId === null) return { ...form, price: { kind: 'nothing_chosen' } };
  if (form.layouts !== null && keyboardLayout === null)
    return { ...form, price: { kind: 'unknown', why: { kind: 'layout_missing' } } };
  return { ...form, price: { kind: 'asking' } };
}

function withoutProduct(choice: OrderChoice): OrderChoice {
  return { ...choice, productGroupId: null, productId: null, keyboardLayout: null };
}
