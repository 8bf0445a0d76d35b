import type { KnownBlock } from '@slack/types';
import type { OrderForm } from '../../domain/order/order-form.ts';
import type { FieldTurns } from '../../domain/order/order-memory.ts';
import { categoryName, counted, countryName } from '../format.ts';
import { limits } from '../limits.ts';
import { plain } from '../text.ts';
import { inputBlock, option, staticSelect } from './order-equipment-blocks.ts';
import { optionValues } from './order-equipment-ids.ts';

export function countryField({ choice, countries }: OrderForm, turns: FieldTurns): KnownBlock {
  const options = countries.map((code) => option(countryName(code), code));
  return inputBlock({
    field: 'delivery_country',
    turns,
    element: staticSelect(options, choice.deliveryCountry, 'Choose a country'),
    tellsChange: true,
  });
}

/** None where there is nothing to narrow down to. */
export function categoryField({ choice, categories }: OrderForm, turns: FieldTurns): KnownBlock | null {
  if (categories.length === 0) return null;
  const options = categories
    .map((category) => option(categoryName(category), category))
    .sort((one, other) => one.text.text.localeCompare(other.text.text));
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

export function productField(form: OrderForm, turns: FieldTurns): KnownBlock {
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

function productHint({ choice, words, productsOffered }: OrderForm): string | null {
  if (productsOffered === null) return null;
  const where = `${choice.category === null ? '' : ` in ${categoryName(choice.category)}`} in ${countryName(choice.deliveryCountry)}`;
  if (words !== '') {
    const found =
      productsOffered === 0 ? `: nothing found${where}` : `: ${counted(productsOffered, 'product')}${where}`;
    return `Results for “${words}”${found}. Typing searches everything.`;
  }
  return productsOffered === 0
    ? `Nothing found: Fleet offers no products${where}.`
    : `${counted(productsOffered, 'product')}${where}. Type to search.`;
}
