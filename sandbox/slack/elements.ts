import { copy, list, type Obj, obj, objects, str } from './json.ts';
import type { StateValues } from './workspace-state.ts';

/** Where a stateful element keeps its value in a payload, and which field prefills it. */
interface ValueShape {
  key: string;
  initial: string;
  many?: boolean;
}

const text: ValueShape = { key: 'value', initial: 'initial_value' };
const option: ValueShape = { key: 'selected_option', initial: 'initial_option' };
const options: ValueShape = { key: 'selected_options', initial: 'initial_options', many: true };

const shapes: Record<string, ValueShape> = {
  plain_text_input: text,
  number_input: text,
  email_text_input: text,
  url_text_input: text,
  rich_text_input: { key: 'rich_text_value', initial: 'initial_value' },
  static_select: option,
  external_select: option,
  radio_buttons: option,
  checkboxes: options,
  multi_static_select: options,
  multi_external_select: options,
  users_select: { key: 'selected_user', initial: 'initial_user' },
  multi_users_select: { key: 'selected_users', initial: 'initial_users', many: true },
  conversations_select: { key: 'selected_conversation', initial: 'initial_conversation' },
  multi_conversations_select: { key: 'selected_conversations', initial: 'initial_conversations', many: true },
  channels_select: { key: 'selected_channel', initial: 'initial_channel' },
  multi_channels_select: { key: 'selected_channels', initial: 'initial_channels', many: true },
  datepicker: { key: 'selected_date', initial: 'initial_date' },
  timepicker: { key: 'selected_time', initial: 'initial_time' },
  datetimepicker: { key: 'selected_date_time', initial: 'initial_date_time' },
  file_input: { key: 'files', initial: '', many: true },
};

export const typedInputs = ['plain_text_input', 'number_input', 'email_text_input', 'url_text_input'];

export function valueShape(type: unknown): ValueShape | undefined {
  return typeof type === 'string' ? shapes[type] : undefined;
}

export interface Placed {
  block: Obj;
  blockId: string;
  element: Obj;
  actionId: string;
  type: string;
  /** True inside an input block: acts reach the app only with dispatch_action. */
  isInput: boolean;
}

/** Every interactive element of these blocks, in reading order. */
export function placedElements(blocks: readonly Obj[]): Placed[] {
  return blocks.flatMap((block): Placed[] => {
    const nested = [...objects(block.child_blocks), ...(block.type === 'carousel' ? objects(block.elements) : [])];
    const own = ownElements(block).filter((element) => element.type !== 'image');
    const placed = own.map((element) => ({
      block,
      blockId: str(block.block_id) ?? '',
      element,
      actionId: str(element.action_id) ?? '',
      type: str(element.type) ?? '',
      isInput: block.type === 'input',
    }));
    return [...placed, ...placedElements(nested)];
  });
}

function ownElements(block: Obj): Obj[] {
  switch (block.type) {
    case 'input':
      return [obj(block.element)];
    case 'section':
      return block.accessory === undefined ? [] : [obj(block.accessory)];
    case 'actions':
    case 'context_actions':
      return objects(block.elements);
    case 'card':
      return objects(block.actions);
    default:
      return [];
  }
}

/** A copy with generated ids where the app set none, so that every element can be identified. */
export function withIds(blocks: unknown, filler: () => string): Obj[] {
  const filled = copy(objects(blocks));
  const fill = (block: Obj): void => {
    block.block_id ??= filler();
    for (const element of ownElements(block)) if (element.type !== 'image') element.action_id ??= filler();
    for (const child of objects(block.child_blocks)) fill(child);
    if (block.type === 'carousel') for (const card of objects(block.elements)) fill(card);
  };
  for (const block of filled) fill(block);
  return filled;
}

/**
 * The state of freshly rendered blocks. A value survives if block_id, action_id and type are unchanged; an initial value
 * then has no effect, not even on an untouched field.
 */
export function stateAfterRender(blocks: readonly Obj[], before: StateValues): StateValues {
  const values: StateValues = {};
  for (const { blockId, actionId, element, type } of placedElements(blocks)) {
    const shape = valueShape(type);
    if (shape === undefined) continue;
    const kept = before[blockId]?.[actionId];
    const initial = element[shape.initial] ?? (shape.many ? [] : null);
    const ofBlock = values[blockId] ?? {};
    ofBlock[actionId] = kept?.type === type ? kept : { type, [shape.key]: copy(initial) };
    values[blockId] = ofBlock;
  }
  return values;
}

export function isEmptyValue(value: Obj | undefined): boolean {
  const shape = valueShape(value?.type);
  if (value === undefined || shape === undefined) return true;
  const held = value[shape.key];
  return held === null || held === undefined || held === '' || (Array.isArray(held) && held.length === 0);
}

/** The options an element lists itself, with groups flattened. */
export function localOptions(element: Obj): Obj[] {
  return [
    ...objects(element.options),
    ...objects(element.option_groups).flatMap((group) => list(group.options).map(obj)),
  ];
}
