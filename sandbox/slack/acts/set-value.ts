import type { Act } from '../act-types.ts';
import type { Core } from '../core.ts';
import { localOptions, type Placed, typedInputs, valueShape } from '../elements.ts';
import { list, type Obj, obj, str } from '../json.ts';
import type { FillOptions } from '../person-types.ts';
import { maySee } from '../workspace-state.ts';
import { type Actor, notSent, type Place, valuesOf } from './actor.ts';
import { confirmed, sendStateAction } from './block-action.ts';
import { offeredOptions } from './offered.ts';

export type NewValue = string | string[] | number;

/** Fills in an element, and sends a block action only when Slack would. */
export async function setValue(
  actor: Actor,
  place: Place,
  placed: Placed,
  value: NewValue,
  options: FillOptions & { confirm?: boolean | undefined } = {},
): Promise<Act> {
  const { blockId, actionId, type } = placed;
  const shape = valueShape(type);
  if (shape === undefined) throw new Error(`a ${type} cannot be filled in`);
  const held = shape.many ? severalOf(actor, place, placed, value) : oneOf(actor, place, placed, value);
  const sends = !placed.isInput || (placed.block.dispatch_action === true && dispatches(placed, options));
  if (sends && !confirmed(placed, options.confirm)) return notSent('block_actions');
  const values = valuesOf(place);
  values[blockId] = { ...values[blockId], [actionId]: { type, [shape.key]: held } };
  if (place.kind === 'view') delete place.record.errors[blockId];
  actor.core.changed('filled in');
  return sends ? sendStateAction(actor, place, placed) : notSent('block_actions');
}

function dispatches({ element, type }: Placed, { enter }: FillOptions): boolean {
  if (!typedInputs.includes(type) && type !== 'rich_text_input') return true;
  const config = obj(element.dispatch_action_config);
  const on = config.trigger_actions_on === undefined ? ['on_enter_pressed'] : list(config.trigger_actions_on);
  return on.includes('on_character_entered') || (enter === true && on.includes('on_enter_pressed'));
}

function severalOf(actor: Actor, place: Place, placed: Placed, value: NewValue): unknown[] {
  const wanted = Array.isArray(value) ? value : [value];
  const max = placed.element.max_selected_items;
  if (typeof max === 'number' && wanted.length > max) throw new Error(`at most ${max} can be chosen here`);
  return wanted.map((one) => oneOf(actor, place, placed, one));
}

function oneOf({ core, userId }: Actor, place: Place, placed: Placed, value: NewValue): unknown {
  const text = String(value);
  if (text === '') return null;
  switch (placed.type.replace('multi_', '')) {
    case 'static_select':
    case 'radio_buttons':
    case 'checkboxes':
    case 'external_select':
      return optionOf(place, placed, text);
    case 'users_select':
      if (core.state.people[text] === undefined) throw new Error(`there is no person ${text}`);
      return text;
    case 'conversations_select':
    case 'channels_select':
      return channelOf(core, userId, text);
    case 'datetimepicker':
      return Number(value);
    case 'rich_text_input':
      return richText(text);
    default:
      return text;
  }
}

function optionOf(place: Place, placed: Placed, value: string): Obj {
  const options = [...localOptions(placed.element), ...offeredOptions(place, placed)];
  const found = options.find((option) => str(option.value) === value);
  if (found === undefined) throw new Error(`"${value}" is not an option of ${placed.actionId}`);
  return found;
}

function channelOf(core: Core, userId: string, id: string): string {
  const channel = core.state.channels[id];
  if (channel === undefined || !maySee(channel, userId)) throw new Error(`${userId} sees no channel ${id}`);
  return id;
}

function richText(text: string): Obj {
  const section = { type: 'rich_text_section', elements: [{ type: 'text', text }] };
  return { type: 'rich_text', elements: [section] };
}
