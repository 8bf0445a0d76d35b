import { blocksOf, type Place, valuesOf } from '../acts/actor.ts';
import { confirmOf } from '../acts/block-action.ts';
import { localOptions, type Placed, placedElements, valueShape } from '../elements.ts';
import { list, type Obj, objects, str, textOf } from '../json.ts';
import type { ButtonView, FieldView, PressOptions } from '../person-types.ts';
import { readOption, readValue } from './read-blocks.ts';
import { type Reader, readTextObject } from './read-text.ts';

export interface Field {
  label: string;
  placed: Placed;
}

/** Fillable elements by their name: an input's label, a section's text, or else the placeholder. */
export function fieldsOf(place: Place, reader: Reader): Field[] {
  return placedElements(blocksOf(place))
    .filter((placed) => valueShape(placed.type) !== undefined)
    .map((placed) => ({ label: labelOf(placed, reader), placed }));
}

function labelOf({ block, element }: Placed, reader: Reader): string {
  if (block.type === 'input') return textOf(block.label) ?? '';
  if (block.type === 'section' && block.text !== undefined) return readTextObject(block.text, reader);
  return textOf(element.placeholder) ?? str(element.action_id) ?? '';
}

export function oneField(place: Place, reader: Reader, label: string): Field {
  const fields = fieldsOf(place, reader);
  const [found, ...more] = fields.filter((field) => field.label === label);
  if (found === undefined)
    throw new Error(`no field "${label}" here; fields: ${quoted(fields.map((field) => field.label))}`);
  if (more.length > 0) throw new Error(`${more.length + 1} fields are called "${label}"`);
  return found;
}

export function fieldView(place: Place, reader: Reader, { label, placed }: Field): FieldView {
  const { block, blockId, actionId, element, type } = placed;
  const hint = textOf(block.hint);
  const placeholder = textOf(element.placeholder);
  const error = place.kind === 'view' ? place.record.errors[blockId] : undefined;
  const isLocal = localOptions(element).length > 0;
  return {
    label,
    type,
    blockId,
    actionId,
    value: readValue(valuesOf(place)[blockId]?.[actionId], reader),
    optional: block.optional === true,
    ...(hint === undefined ? {} : { hint }),
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(error === undefined ? {} : { error }),
    ...(isLocal ? { options: localOptions(element).map((option) => readOption(option, reader)) } : {}),
  };
}

export interface Pressable extends ButtonView {
  placed: Placed;
  /** Which option of an overflow menu this is. */
  entry?: string;
}

const pressable = new Set(['button', 'workflow_button', 'icon_button', 'overflow']);

export function pressablesOf(place: Place, reader: Reader): Pressable[] {
  const blocks = blocksOf(place);
  return placedElements(blocks)
    .filter((placed) => pressable.has(placed.type))
    .flatMap((placed) => {
      const near = nearOf(blocks, placed.block, reader);
      if (placed.type !== 'overflow') return [pressableOf(placed, placed.element, near)];
      return objects(placed.element.options).map((option) => ({
        ...pressableOf(placed, { ...option, confirm: placed.element.confirm }, near),
        entry: str(option.value) ?? '',
      }));
    });
}

function pressableOf(placed: Placed, source: Obj, near: string): Pressable {
  const value = str(source.value);
  const url = str(source.url);
  const style = str(source.style);
  const confirm = confirmOf(source);
  return {
    text: textOf(source.text) ?? '',
    blockId: placed.blockId,
    actionId: placed.actionId,
    near,
    placed,
    ...(value === undefined ? {} : { value }),
    ...(url === undefined ? {} : { url }),
    ...(style === undefined ? {} : { style }),
    ...(confirm === undefined ? {} : { confirm }),
  };
}

/** The text beside a button, or the text between it and the row of buttons above. */
function nearOf(blocks: readonly Obj[], block: Obj, reader: Reader): string {
  const own = textsOf(block, reader);
  if (own !== '') return own;
  const above: string[] = [];
  for (let index = blocks.indexOf(block) - 1; index >= 0; index -= 1) {
    const other = blocks[index];
    if (other === undefined || other.type === 'actions' || other.type === 'divider') break;
    above.unshift(textsOf(other, reader));
  }
  return above.join('\n');
}

function textsOf(block: Obj, reader: Reader): string {
  const parts = [
    block.text,
    block.title,
    block.body,
    ...list(block.fields),
    ...(block.type === 'context' ? list(block.elements) : []),
  ];
  return parts
    .map((part) => readTextObject(part, reader))
    .filter((part) => part !== '')
    .join('\n');
}

export function onePressable(place: Place, reader: Reader, text: string, { nth, near }: PressOptions = {}): Pressable {
  const all = pressablesOf(place, reader);
  const named = all.filter((one) => one.text === text && (near === undefined || one.near.includes(near)));
  const found = named[nth ?? 0];
  if (found === undefined) throw new Error(`no button "${text}" here; buttons: ${quoted(all.map((one) => one.text))}`);
  if (nth === undefined && named.length > 1)
    throw new Error(`${named.length} buttons are called "${text}": pass {nth} or {near}`);
  return found;
}

/** The value of an option on offer, by its visible text. */
export function valueByText(offered: readonly Obj[], text: string, reader: Reader): string {
  // Nothing is chosen: the person clears the field.
  if (text === '') return '';
  const found = offered.find((option) => readOption(option, reader) === text.replace(/^#/, ''));
  if (found === undefined)
    throw new Error(
      `"${text}" is not an option; options: ${quoted(offered.map((option) => readOption(option, reader)))}`,
    );
  return str(found.value) ?? '';
}

function quoted(texts: string[]): string {
  return texts.map((text) => `"${text}"`).join(', ') || 'none';
}
