import type { KnownBlock } from '@slack/types';
import { isCountry, readCountries, type Settings } from '../../domain/settings/settings.ts';
import { settingsFields as ids } from '../ids.ts';
import { limits } from '../limits.ts';
import { errorAt, type FormState, mistakeText, type ReadSection, settingField, textIn } from './fields.ts';

type DeliverySettings = Pick<Settings, 'countries' | 'defaultCountry'>;

export function deliveryFields({ countries, defaultCountry }: DeliverySettings, revision: number | null): KnownBlock[] {
  return [
    settingField({
      name: ids.countries,
      revision,
      label: 'Delivery countries',
      hint: 'One per line: country code and currency, such as FR EUR.',
      optional: false,
      element: {
        type: 'plain_text_input',
        multiline: true,
        max_length: limits.inputCharacters,
        initial_value: countries.map(({ code, currency }) => `${code} ${currency}`).join('\n'),
      },
    }),
    settingField({
      name: ids.defaultCountry,
      revision,
      label: 'Default country',
      hint: "Preselected for people who haven't ordered before, such as FR. Leave empty to use their language and region.",
      element: {
        type: 'plain_text_input',
        max_length: 2,
        ...(defaultCountry === null ? {} : { initial_value: defaultCountry }),
      },
    }),
  ];
}

export function readDelivery(form: FormState): ReadSection {
  const countries = readCountries(textIn(form, ids.countries));
  if (!countries.ok) return { ok: false, errors: errorAt(form, ids.countries, mistakeText(countries.mistake)) };
  if (countries.value.length === 0)
    return { ok: false, errors: errorAt(form, ids.countries, 'Enter at least one country.') };
  const code = textIn(form, ids.defaultCountry).toUpperCase();
  if (code === '') return { ok: true, change: { countries: countries.value, defaultCountry: null } };
  if (!isCountry(code) || !countries.value.some((one) => one.code === code))
    return { ok: false, errors: errorAt(form, ids.defaultCountry, 'Enter the code of a country above.') };
  return { ok: true, change: { countries: countries.value, defaultCountry: code } };
}
