import type { KnownBlock, PlainTextOption } from '@slack/types';
import { groupName, type ProductGroup } from '../../domain/catalog/products.ts';
import { adviceFor } from '../../domain/failures/table.ts';
import { alphabetical } from '../../domain/name-match.ts';
import { type FieldGenerations, isQuantity } from '../../domain/order-form/choice.ts';
import type { OrderForm, WhyNoPrice } from '../../domain/order-form/offer.ts';
import type { FleetPerson } from '../../domain/people/people.ts';
import { option, optionValues, personOptions, sayingOption } from '../blocks.ts';
import { limits } from '../limits.ts';
import { categoryName, clip, counted, countryInSentence, countryName, layoutName, offer, plain } from '../text.ts';
import { meLabel, notAssignedLabel } from './details.ts';
import { inputBlock, staticSelect } from './read.ts';

export const productsNotWhole = "Nothing found, but part of Fleet's catalog couldn't be read.";
export const productsNotLoaded = 'Products are still loading. Type again in a moment.';
export const peopleNotWhole = "No one found, but part of Fleet's people couldn't be read.";
export const peopleNotLoaded = 'People are still loading. Type again in a moment.';
export const searchFailed = "Search isn't working right now. Type again in a moment.";
export const formTooOld = 'This form is out of date. Close it and type /fleet order again.';

export function noMatchIn(words: string, country: string): string {
  return `${words === '' ? 'No products' : `No match for “${words}”`} in ${countryInSentence(country)}`;
}

export function productsToComeText(count: number): string {
  return `${counted(count, 'more product')} ${count === 1 ? 'is' : 'are'} still loading: search again in a minute.`;
}

/** At most 100; the last rows say how many more there are, and how many Fleet hasn't told us of yet. */
export function productOptions(
  groups: readonly ProductGroup[],
  {
    words,
    country,
    stillToCome = 0,
  }: { readonly words: string; readonly country: string; readonly stillToCome?: number },
): PlainTextOption[] {
  const loading = stillToCome === 0 ? [] : [sayingOption(productsToComeText(stillToCome))];
  if (groups.length === 0) return loading.length > 0 ? loading : [sayingOption(noMatchIn(words, country))];
  const room = limits.options - loading.length;
  const shown = groups.slice(0, groups.length <= room ? room : room - 1);
  const more = groups.length - shown.length;
  return [
    ...shown.map((group) => option(groupName(group), group.productGroupId)),
    ...(more === 0 ? [] : [sayingOption(`${more} more: type to find them`)]),
    ...loading,
  ];
}

/** **Me** and **Not assigned yet** first, if they match what was typed. */
export function peopleOptions(people: readonly FleetPerson[], typed: string): PlainTextOption[] {
  const fixed = [option(meLabel, optionValues.me), option(notAssignedLabel, optionValues.nobodyYet)].filter(
    ({ text }) => text.text.toLowerCase().includes(typed.trim().toLowerCase()),
  );
  const found = personOptions(people, ({ fleetUserId }) => fleetUserId);
  const options = [...fixed, ...found].slice(0, limits.options);
  return options.length > 0 ? options : [sayingOption(`No one found for “${typed.trim()}”`)];
}

export function countryField({ choice, countries }: OrderForm, turns: FieldGenerations): KnownBlock {
  const options = countries.map((code) => option(countryName(code), code));
  return inputBlock({
    field: 'delivery_country',
    turns,
    element: staticSelect(options, choice.deliveryCountry, 'Choose a country'),
    tellsChange: true,
  });
}

/** Null if there is nothing to narrow down to. */
export function categoryField({ choice, categories }: OrderForm, turns: FieldGenerations): KnownBlock | null {
  if (categories.length === 0) return null;
  const options = categories
    .map((category) => option(categoryName(category), category))
    .sort((one, other) => alphabetical.compare(one.text.text, other.text.text));
  return inputBlock({
    field: 'category',
    turns,
    element: staticSelect(
      [option('All categories', optionValues.everyCategory), ...options],
      choice.category ?? optionValues.everyCategory,
      'All categories',
    ),
    tellsChange: true,
    optional: true,
  });
}

export function productField(form: OrderForm, turns: FieldGenerations): KnownBlock {
  const { productGroupId } = form.choice;
  return inputBlock({
    field: 'product',
    turns,
    element: {
      type: 'external_select',
      min_query_length: 0,
      placeholder: plain('Choose a product, or type to search', limits.placeholder),
      ...(productGroupId === null
        ? {}
        : { initial_option: option(form.productGroupName ?? `Product ${productGroupId}`, productGroupId) }),
    },
    tellsChange: true,
    hint: productHint(form),
  });
}

function productHint(form: OrderForm): string | null {
  const offered = offeredHint(form);
  const { productsToCome = 0 } = form;
  return offered === null || productsToCome === 0 ? offered : `${offered} ${productsToComeText(productsToCome)}`;
}

function offeredHint({ choice, words, productsOffered: count, productsToCome = 0 }: OrderForm): string | null {
  if (count === null) return null;
  const category = choice.category === null ? '' : ` (${categoryName(choice.category)})`;
  const where = `in ${countryInSentence(choice.deliveryCountry)}${category}`;
  const soFar = productsToCome > 0 ? ' so far' : '';
  if (words !== '') {
    const found = count === 0 ? `No match${soFar}` : counted(count, 'match', 'matches');
    return `${found} for “${words}” ${where}. Type to search all products.`;
  }
  return count === 0
    ? `No products available ${where}${soFar}.`
    : `Search ${counted(count, 'product')} available ${where}.`;
}

/** For a configuration whose name isn't known. */
const keptChoiceLabel = 'As chosen before';
export const offerUnknownText = "The other choices couldn't be loaded. This one is kept.";

/** Null until a product is chosen and its configurations are known. */
export function configurationField(
  { choice, configurations, isOfferUnknown }: OrderForm,
  turns: FieldGenerations,
): KnownBlock | null {
  if (configurations === null || configurations.length === 0) return null;
  return inputBlock({
    field: 'configuration',
    turns,
    element: staticSelect(
      configurations.map(({ productId, label }) => option(label === '' ? keptChoiceLabel : label, productId)),
      choice.productId,
      'Choose a configuration',
    ),
    tellsChange: true,
    hint: isOfferUnknown === true ? offerUnknownText : null,
  });
}

/** Null if the chosen product has no keyboard. */
export function layoutField(
  { choice, layouts, isOfferUnknown }: OrderForm,
  turns: FieldGenerations,
): KnownBlock | null {
  if (layouts === null || layouts.length === 0) return null;
  return inputBlock({
    field: 'keyboard_layout',
    turns,
    element: staticSelect(
      layouts.map((layout) => option(layoutName(layout), layout)),
      choice.keyboardLayout,
      'Choose a keyboard layout',
    ),
    tellsChange: true,
    hint: isOfferUnknown === true ? offerUnknownText : null,
  });
}

/** The price before anything is added, with the picture if there is one. */
export function priceBlock(form: OrderForm, hasProblem: boolean): KnownBlock | null {
  const text = priceText(form, hasProblem);
  if (text === null) return null;
  const chosen = form.configurations?.find(({ productId }) => productId === form.choice.productId);
  const imageUrl = chosen?.imageUrl ?? null;
  return {
    type: 'section',
    text: plain(text, limits.sectionText),
    ...(imageUrl === null || !isLoadable(imageUrl)
      ? {}
      : {
          accessory: {
            type: 'image',
            image_url: imageUrl,
            alt_text: clip(form.productGroupName ?? 'Selected product', limits.altText),
          },
        }),
  };
}

/** `hasProblem`: a message above a field already says why there is no price. */
function priceText({ price, choice, maxQuantity }: OrderForm, hasProblem: boolean): string | null {
  switch (price.kind) {
    case 'nothing_chosen':
      return null;
    case 'asking':
      return 'Getting the price…';
    case 'known':
      return offer(price.price, choice.mode, isQuantity(choice.quantity, maxQuantity) ? choice.quantity : 1);
    case 'unknown':
      return hasProblem && price.why.kind === 'fleet' ? 'Price unknown' : `Price unknown: ${whyNoPriceText(price.why)}`;
  }
}

function whyNoPriceText(why: WhyNoPrice): string {
  switch (why.kind) {
    case 'layout_missing':
      return 'it depends on the keyboard layout. Choose one first.';
    case 'no_currency':
      return 'no currency is set for this country. Ask an admin.';
    case 'fleet':
      return adviceFor(why.failure).happened;
  }
}

/** Slack rejects the whole view if it can't load an image; a public https address is the least it needs. */
function isLoadable(imageUrl: string): boolean {
  return imageUrl.startsWith('https://') && imageUrl.length <= limits.url && !/\s/.test(imageUrl);
}
