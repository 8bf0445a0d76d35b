import { localOptions, type Placed, placedElements, valueShape } from '../elements.ts';
import { list, type Obj, obj, objects, str, textOf } from '../json.ts';
import type { StateValues } from '../workspace-state.ts';
import { type Reader, readRichText, readTextObject } from './read-text.ts';

export interface Shown {
  blocks: readonly Obj[];
  values: StateValues;
  errors: Record<string, string>;
}

/** All the text in these blocks, line by line, as a person reads it. */
export function readBlocks(shown: Shown, reader: Reader): string {
  return shown.blocks
    .map((block) => readBlock(block, shown, reader))
    .filter((line) => line !== '')
    .join('\n');
}

function readBlock(block: Obj, shown: Shown, reader: Reader): string {
  const read = (value: unknown): string => readTextObject(value, reader);
  const nested = (blocks: unknown): string => readBlocks({ ...shown, blocks: objects(blocks) }, reader);
  const elements = (): string[] => placedElements([block]).map((one) => readElement(one, shown.values, reader));
  switch (block.type) {
    case 'header':
    case 'alert':
      return read(block.text);
    case 'section':
      return lines([read(block.text), ...list(block.fields).map(read), ...elements(), altText(block.accessory)]);
    case 'context':
      return objects(block.elements)
        .map((one) => (one.type === 'image' ? altText(one) : read(one)))
        .join(' ');
    case 'actions':
    case 'context_actions':
      return lines(elements());
    case 'input':
      return readInput(block, shown, reader);
    case 'image':
      return lines([read(block.title), altText(block)]);
    case 'rich_text':
      return readRichText(block, reader);
    case 'markdown':
      return str(block.text) ?? '';
    case 'table':
    case 'data_table':
      return lines([str(block.caption) ?? '', ...list(block.rows).map((row) => readRow(row, reader))]);
    case 'card':
      return lines([read(block.title), read(block.subtitle), read(block.body), ...elements()]);
    case 'carousel':
      return nested(block.elements);
    case 'container':
      return lines([
        read(block.title),
        readRichText(block.rich_text_title, reader),
        read(block.subtitle),
        nested(block.child_blocks),
      ]);
    default:
      return str(block.title) ?? '';
  }
}

function lines(parts: string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}

function altText(value: unknown): string {
  const { type, alt_text: alt } = obj(value);
  return type === 'image' ? `[${str(alt) ?? ''}]` : '';
}

function readRow(row: unknown, reader: Reader): string {
  return objects(row)
    .map((cell) => (cell.type === 'rich_text' ? readRichText(cell, reader) : (str(cell.text) ?? '')))
    .join(' | ');
}

function readInput(block: Obj, shown: Shown, reader: Reader): string {
  const label = `${textOf(block.label) ?? ''}${block.optional === true ? ' (optional)' : ''}`;
  const fields = placedElements([block]).map((one) => readElement(one, shown.values, reader));
  const error = shown.errors[str(block.block_id) ?? ''] ?? '';
  return lines([label, ...fields, textOf(block.hint) ?? '', error]);
}

function readElement({ blockId, actionId, element, type }: Placed, values: StateValues, reader: Reader): string {
  if (valueShape(type) === undefined) {
    if (type === 'overflow')
      return objects(element.options)
        .map((option) => `[${textOf(option.text) ?? ''}]`)
        .join(' ');
    return `[${textOf(element.text) ?? ''}]`;
  }
  const value = readValue(values[blockId]?.[actionId], reader);
  if (type !== 'radio_buttons' && type !== 'checkboxes')
    return value === '' ? (textOf(element.placeholder) ?? '') : value;
  const chosen = value.split(', ');
  return localOptions(element)
    .map((option) => readOption(option, reader))
    .map((text) => `${chosen.includes(text) ? '(x)' : '( )'} ${text}`)
    .join('\n');
}

export function readOption(option: unknown, reader: Reader): string {
  return readTextObject(obj(option).text, reader);
}

/** The content that a field shows. */
export function readValue(state: Obj | undefined, reader: Reader): string {
  const shape = valueShape(state?.type);
  if (state === undefined || shape === undefined) return '';
  const held = state[shape.key];
  const all = shape.many ? list(held) : [held];
  return all
    .filter((one) => one !== null && one !== undefined)
    .map((one) => readHeld(one, reader))
    .join(', ');
}

function readHeld(held: unknown, reader: Reader): string {
  const { people, channels } = reader.state;
  if (typeof held !== 'string')
    return obj(held).type === 'rich_text'
      ? readRichText(held, reader)
      : typeof held === 'number'
        ? String(held)
        : readOption(held, reader);
  return people[held]?.realName ?? channels[held]?.name ?? held;
}
