import { type Actor, blocksOf, type Place, valuesOf } from '../acts/actor.ts';
import { pressElement } from '../acts/block-action.ts';
import { setValue } from '../acts/set-value.ts';
import { suggest } from '../acts/suggest.ts';
import { typedInputs } from '../elements.ts';
import { copy, str } from '../json.ts';
import type { SlackSurface } from '../person-types.ts';
import { fieldsOf, fieldView, oneField, onePressable, pressablesOf, valueByText } from './find.ts';
import { readBlocks, readOption } from './read-blocks.ts';
import type { Reader } from './read-text.ts';

export function readerOf({ core, userId }: Actor): Reader {
  return { state: core.state, tz: core.state.people[userId]?.tz ?? 'UTC' };
}

export function surfaceText(place: Place, reader: Reader): string {
  const errors = place.kind === 'view' ? place.record.errors : {};
  return readBlocks({ blocks: blocksOf(place), values: valuesOf(place), errors }, reader);
}

/** The acts by visible label. `usable` throws once the person can no longer act there. */
export function createSurface(actor: Actor, place: Place, usable: () => void): SlackSurface {
  const reader = readerOf(actor);
  const surface: SlackSurface = {
    get blocks() {
      return copy(blocksOf(place));
    },
    text: () => surfaceText(place, reader),
    labels: () => fieldsOf(place, reader).map((field) => field.label),
    field: (label) => fieldView(place, reader, oneField(place, reader, label)),
    hasField: (label) => fieldsOf(place, reader).some((field) => field.label === label),
    buttons: () => pressablesOf(place, reader).map(({ placed: _placed, entry: _entry, ...view }) => view),
    button: (text, options) => {
      const { placed: _placed, entry: _entry, ...view } = onePressable(place, reader, text, options);
      return view;
    },
    async fill(label, value, options = {}) {
      usable();
      const { placed } = oneField(place, reader, label);
      const isTyped =
        typedInputs.includes(placed.type) || placed.type.endsWith('picker') || placed.type === 'rich_text_input';
      if (!isTyped) throw new Error(`"${label}" is a ${placed.type}, which takes no text`);
      return setValue(actor, place, placed, value, options);
    },
    async select(label, option, options = {}) {
      usable();
      const { placed } = oneField(place, reader, label);
      const texts = Array.isArray(option) ? option : [option];
      const isSearched = placed.type.endsWith('external_select');
      if (isSearched && Number(placed.element.min_query_length ?? 3) > 0) {
        throw new Error(`"${label}" lists nothing until you type: use selectSearched`);
      }
      const { options: offered } = await suggest(actor, place, placed, '');
      const values = texts.map((text) => valueByText(offered, text, reader));
      return setValue(
        actor,
        place,
        placed,
        placed.type.startsWith('multi_') || placed.type === 'checkboxes' ? values : (values[0] ?? ''),
        options,
      );
    },
    async search(label, query) {
      usable();
      const { placed } = oneField(place, reader, label);
      const { options } = await suggest(actor, place, placed, query);
      return options.map((option) => readOption(option, reader));
    },
    async selectSearched(label, query, option) {
      usable();
      const { placed } = oneField(place, reader, label);
      const { options } = await suggest(actor, place, placed, query);
      const found = options.find((one) => readOption(one, reader) === option);
      if (found === undefined) {
        const offered = options.map((one) => `"${readOption(one, reader)}"`).join(', ');
        throw new Error(`"${option}" is not among the results of "${query}": ${offered || 'none'}`);
      }
      const value = str(found.value) ?? '';
      return setValue(actor, place, placed, placed.type.startsWith('multi_') ? [value] : value);
    },
    choose: (label, option) => surface.select(label, option),
    async press(button, options = {}) {
      usable();
      const { placed, entry } = onePressable(place, reader, button, options);
      return pressElement(actor, place, placed, { value: entry, confirm: options.confirm });
    },
  };
  return surface;
}
