import type { Act, DeliveryKind, Shown } from '../act-types.ts';
import type { Core } from '../core.ts';
import { notice } from '../core.ts';
import { accepted, failureWord } from '../delivery.ts';
import { type Placed, placedElements } from '../elements.ts';
import type { Obj } from '../json.ts';
import { objects } from '../json.ts';
import { findMessage, type Message, maySee, type StateValues, type ViewRecord } from '../workspace-state.ts';

/** The person who acts, and the instance of the app that receives the act (the next one, if undefined). */
export interface Actor {
  core: Core;
  userId: string;
  target?: string | undefined;
}

/** Where the blocks are that a person uses. */
export type Place = { kind: 'view'; record: ViewRecord } | { kind: 'message'; message: Message };

export type PlaceId = string | { channel: string; ts: string };

export function blocksOf(place: Place): Obj[] {
  return place.kind === 'view' ? objects(place.record.view.blocks) : place.message.blocks;
}

export function valuesOf(place: Place): StateValues {
  return place.kind === 'view' ? place.record.values : place.message.values;
}

/** Finds what this person may use; people cannot act on what they do not see. */
export function placeOf({ core, userId }: Actor, id: PlaceId): Place {
  if (typeof id === 'string') {
    const record = core.state.views[id];
    if (record === undefined || record.userId !== userId) throw new Error(`${userId} sees no view ${id}`);
    if (!record.open) throw new Error(`${userId} acts on a closed view`);
    return { kind: 'view', record };
  }
  const message = findMessage(core.state, id.channel, id.ts);
  const channel = core.state.channels[id.channel];
  const hidden = message === undefined || channel === undefined || !maySee(channel, userId);
  if (hidden || (message.ephemeralTo !== undefined && message.ephemeralTo !== userId)) {
    throw new Error(`${userId} sees no message ${id.ts} in ${id.channel}`);
  }
  if (message.deletedAt !== undefined) throw new Error(`${userId} acts on a deleted message`);
  return { kind: 'message', message };
}

export function placedAt(place: Place, blockId: string, actionId: string): Placed {
  const found = placedElements(blocksOf(place)).find((one) => one.blockId === blockId && one.actionId === actionId);
  if (found === undefined) throw new Error(`no element ${actionId} in block ${blockId}`);
  return found;
}

export function notSent(kind: DeliveryKind): Act {
  const delivery = { kind, contentType: '', body: '', target: '' };
  return { kind, status: 0, ackMs: 0, body: undefined, rawBody: '', timedOut: false, shown: [], delivery, sent: false };
}

/** What Slack shows the person when an acknowledgement fails. */
export function showFailure({ core, userId }: Actor, act: Act, sentence: (word: string) => string): void {
  if (accepted(act)) return;
  tell(core, userId, act, sentence(failureWord(act)));
}

export function tell(core: Core, userId: string, act: Act, text: string): void {
  const shown: Shown = { kind: 'error', text };
  act.shown.push(shown);
  notice(core, userId, text);
}

export function checkMayAct({ core, userId }: Actor): void {
  const person = core.state.people[userId];
  if (person === undefined) throw new Error(`there is no person ${userId}`);
  if (person.deleted) throw new Error(`${userId} is deactivated and cannot use Slack`);
}

export function containerOf(core: Core, place: Place): Obj {
  if (place.kind === 'view') return { container: { type: 'view', view_id: place.record.id } };
  const { channel, ts, ephemeralTo, threadTs } = place.message;
  const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
  return {
    container: {
      type: 'message',
      message_ts: ts,
      channel_id: channel,
      is_ephemeral: ephemeralTo !== undefined,
      ...thread,
    },
    channel: { id: channel, name: channelName(core, channel) },
  };
}

/** Payloads give names only for public channels. */
export function channelName(core: Core, id: string): string {
  const channel = core.state.channels[id];
  if (channel?.kind === 'public') return channel.name;
  return channel?.kind === 'dm' ? 'directmessage' : 'privategroup';
}
