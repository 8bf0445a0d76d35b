import type { PlainTextOption } from '@slack/types';
import type { ProductGroup } from '../../domain/order/catalog.ts';
import { groupName } from '../../domain/order/find-products.ts';
import type { FleetPerson } from '../../domain/people/people.ts';
import { countryName } from '../format.ts';
import { limits } from '../limits.ts';
import { option } from './order-equipment-blocks.ts';
import { meLabel, nobodyYetLabel } from './order-equipment-details.ts';
import { optionValues } from './order-equipment-ids.ts';

/** A row that only says something. Slack shows an empty answer as "No result", and a failed one as nothing at all. */
export function sayingOption(text: string): PlainTextOption {
  return option(text, optionValues.says);
}

export const productsNotLoaded = 'Products are not loaded yet. Type again in a moment.';
export const peopleNotLoaded = 'People are still being loaded. Type again in a moment.';
export const searchFailed = 'Searching failed just now. Type again in a moment.';
export const formTooOld = 'This form is too old. Close it and type /fleet order.';

/** At most 100; the last row tells how many more there are. */
export function productOptions(
  groups: readonly ProductGroup[],
  { words, country }: { readonly words: string; readonly country: string },
): PlainTextOption[] {
  if (groups.length === 0) {
    const what = words === '' ? 'Nothing found' : `Nothing found for “${words}”`;
    return [sayingOption(`${what} in ${countryName(country)}`)];
  }
  const options = groups.map((group) => option(groupName(group), group.productGroupId));
  if (options.length <= limits.options) return options;
  const shown = options.slice(0, limits.options - 1);
  return [...shown, sayingOption(`${options.length - shown.length} more: type to find them`)];
}

/** Me and Nobody yet first, as long as they match what is typed. */
export function peopleOptions(people: readonly FleetPerson[], typed: string): PlainTextOption[] {
  const fixed = [option(meLabel, optionValues.me), option(nobodyYetLabel, optionValues.nobodyYet)].filter(({ text }) =>
    text.text.toLowerCase().includes(typed.trim().toLowerCase()),
  );
  const names = people.map(({ name }) => name);
  const found = people.map(({ name, fleetUserId }) => {
    const isNamesake = names.filter((one) => one === name).length > 1;
    const shown = option(name, fleetUserId);
    return isNamesake ? { ...shown, description: option(`Fleet user ${fleetUserId}`, '').text } : shown;
  });
  const options = [...fixed, ...found].slice(0, limits.options);
  return options.length > 0 ? options : [sayingOption(`Nobody found for “${typed.trim()}”`)];
}
