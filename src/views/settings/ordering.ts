import type { KnownBlock } from '@slack/types';
import { FleetProductGroupId, parseFleetId } from '../../domain/ids.ts';
import { readPriceLimits } from '../../domain/settings/input.ts';
import type { Settings } from '../../domain/settings/settings.ts';
import {
  type AcquisitionMode,
  acquisitionModes,
  categories,
  isAcquisitionMode,
  isCategory,
} from '../../domain/vocabulary.ts';
import { categoryName, modeLabel } from '../format.ts';
import { settingsFields as ids } from '../ids.ts';
import {
  choice,
  errorAt,
  type FormState,
  fieldIn,
  mistakeText,
  type ReadSection,
  settingField,
  textIn,
  valuesIn,
} from './fields.ts';

type OrderingSettings = Pick<Settings, 'defaultMode' | 'categories' | 'productGroups' | 'priceLimits'>;

/** `names`: known names of the chosen product groups. */
export function orderingFields(
  settings: OrderingSettings,
  revision: number | null,
  names: ReadonlyMap<FleetProductGroupId, string>,
): KnownBlock[] {
  const { defaultMode, productGroups, priceLimits } = settings;
  const modeChoice = (mode: AcquisitionMode) => choice(modeLabel(mode), mode);
  const all = categories.map((category) => choice(categoryName(category), category));
  const offered = all.filter(({ value }) => settings.categories?.some((one) => one === value));
  const groups = (productGroups ?? []).map((id) => choice(names.get(id) ?? `Product ${id}`, String(id)));
  return [
    settingField({
      name: ids.defaultMode,
      revision,
      label: 'Default: lease or buy',
      optional: false,
      element: {
        type: 'radio_buttons',
        options: acquisitionModes.map(modeChoice),
        initial_option: modeChoice(defaultMode),
      },
    }),
    settingField({
      name: ids.categories,
      revision,
      label: 'Categories offered',
      hint: 'Leave empty for all.',
      element: {
        type: 'multi_static_select',
        options: all,
        ...(offered.length === 0 ? {} : { initial_options: offered }),
      },
    }),
    settingField({
      name: ids.productGroups,
      revision,
      label: 'Products offered',
      hint: 'Leave empty for all. Once you choose some, nothing else can be ordered.',
      element: {
        type: 'multi_external_select',
        min_query_length: 0,
        max_selected_items: 100,
        ...(groups.length === 0 ? {} : { initial_options: groups }),
      },
    }),
    settingField({
      name: ids.priceLimits,
      revision,
      label: 'Price limit for one device',
      hint: "One per line: currency and amount, such as EUR 2000. A device over the limit can't be ordered.",
      element: {
        type: 'plain_text_input',
        multiline: true,
        max_length: 500,
        ...(priceLimits.length === 0
          ? {}
          : { initial_value: priceLimits.map(({ currency, amount }) => `${currency} ${amount}`).join('\n') }),
      },
    }),
  ];
}

export function readOrdering(form: FormState): ReadSection {
  const mode = fieldIn(form, ids.defaultMode)?.state.selected_option?.value ?? '';
  if (!isAcquisitionMode(mode)) return { ok: false, errors: errorAt(form, ids.defaultMode, 'Choose Lease or Buy.') };
  const limits = readPriceLimits(textIn(form, ids.priceLimits));
  if (!limits.ok) return { ok: false, errors: errorAt(form, ids.priceLimits, mistakeText(limits.mistake)) };
  const chosen = valuesIn(form, ids.categories).filter(isCategory);
  // A search row that only carries a message is no product.
  const groups = valuesIn(form, ids.productGroups).flatMap((text) => parseFleetId(FleetProductGroupId, text) ?? []);
  return {
    ok: true,
    change: {
      defaultMode: mode,
      categories: chosen.length === 0 ? null : chosen,
      productGroups: groups.length === 0 ? null : groups,
      priceLimits: limits.value,
    },
  };
}
