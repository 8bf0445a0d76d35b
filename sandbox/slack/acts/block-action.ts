import type { Act } from '../act-types.ts';
import type { Core } from '../core.ts';
import { post } from '../delivery.ts';
import { type Placed, valueShape } from '../elements.ts';
import { copy, type Obj, obj, objects, str, textOf } from '../json.ts';
import { envelope, interaction, messageObject, viewObject } from '../payloads.ts';
import type { Confirm } from '../person-types.ts';
import { type Actor, checkMayAct, containerOf, notSent, type Place, showFailure, valuesOf } from './actor.ts';

/** Presses a button or picks an overflow option; `value` replaces the button's own (for tampering tests). */
export async function pressElement(
  actor: Actor,
  place: Place,
  placed: Placed,
  options: { value?: string | undefined; confirm?: boolean | undefined },
): Promise<Act> {
  if (!confirmed(placed, options.confirm)) return notSent('block_actions');
  const { element, type } = placed;
  if (type === 'overflow') {
    const chosen = objects(element.options).find((option) => option.value === options.value);
    if (chosen === undefined) throw new Error(`the menu has no option ${options.value}`);
    return sendAction(actor, place, placed, { selected_option: chosen });
  }
  const value = options.value ?? str(element.value);
  const fields = {
    ...(value === undefined ? {} : { value }),
    text: element.text,
    style: element.style,
    url: element.url,
  };
  return sendAction(actor, place, placed, fields);
}

export function confirmOf(element: Obj): Confirm | undefined {
  if (element.confirm === undefined) return undefined;
  const { title, text, confirm, deny } = obj(element.confirm);
  return {
    title: textOf(title) ?? 'Are you sure?',
    text: textOf(text) ?? '',
    confirm: textOf(confirm) ?? 'Yes',
    deny: textOf(deny) ?? 'Cancel',
  };
}

export function confirmed({ element }: Placed, answer: boolean | undefined): boolean {
  const dialog = confirmOf(element);
  if (dialog === undefined) return true;
  if (answer === undefined) {
    throw new Error(`Slack asks "${dialog.title}: ${dialog.text}" first: pass {confirm: true} or {confirm: false}`);
  }
  return answer;
}

/** Sends an element's current state as its action. */
export function sendStateAction(actor: Actor, place: Place, placed: Placed): Promise<Act> {
  const { blockId, actionId, element, type } = placed;
  const key = valueShape(type)?.key ?? 'value';
  const state = valuesOf(place)[blockId]?.[actionId] ?? {};
  return sendAction(actor, place, placed, { [key]: copy(state[key]), placeholder: element.placeholder });
}

async function sendAction(actor: Actor, place: Place, placed: Placed, fields: Obj): Promise<Act> {
  const { core, userId } = actor;
  checkMayAct(actor);
  const { blockId, actionId, type, element } = placed;
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const confirm = element.confirm === undefined ? {} : { confirm: element.confirm };
  const action = { action_id: actionId, block_id: blockId, type, ...given, ...confirm, action_ts: core.ids.ts() };
  const payload = {
    ...envelope(core, 'block_actions', userId),
    ...containerOf(core, place),
    trigger_id: core.tickets.issueTrigger(userId, place.kind === 'view' ? place.record.id : undefined),
    ...(place.kind === 'view'
      ? { view: viewObject(core, place.record, place.record.values) }
      : messagePart(core, userId, place)),
    actions: [action],
  };
  const act = await post(core, interaction(core, 'block_actions', userId, payload, actor.target));
  showFailure(actor, act, (reason) => (act.status > 0 ? `This app responded with Status Code ${act.status}.` : reason));
  if (act.rawBody !== '' && act.status === 200) {
    const detail = 'Slack ignores the body of an acknowledged block action';
    core.violations.note({ severity: 'breach', rule: 'ignored_ack_body', where: 'block_actions', detail });
  }
  return act;
}

/** The payload has an ephemeral message's container, but not the message itself. */
function messagePart(core: Core, userId: string, { message }: Extract<Place, { kind: 'message' }>): Obj {
  const original = { channel: message.channel, ts: message.ts };
  return {
    ...(message.ephemeralTo === undefined ? { message: messageObject(core, message) } : {}),
    state: { values: copy(message.values) },
    response_url: core.tickets.issueResponseUrl('actions', userId, message.channel, original),
  };
}
