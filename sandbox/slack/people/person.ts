import type { Act } from '../act-types.ts';
import { type Actor, checkMayAct, placedAt, placeOf } from '../acts/actor.ts';
import { pressElement } from '../acts/block-action.ts';
import { closeByButton, closeByCross } from '../acts/close.ts';
import { runCommand, runShortcut } from '../acts/command.ts';
import { sendEvent } from '../acts/events.ts';
import { setValue } from '../acts/set-value.ts';
import { submitView } from '../acts/submit.ts';
import { suggest } from '../acts/suggest.ts';
import type { Core } from '../core.ts';
import { valueShape } from '../elements.ts';
import { addMessage, deleteMessage } from '../message-store.ts';
import { viewObject } from '../payloads.ts';
import type { RawActs, SlackPerson } from '../person-types.ts';
import { closeStack } from '../view-store.ts';
import { dmChannelId, topView, type ViewRecord } from '../workspace-state.ts';
import { everywhere, visibleMessages } from './message.ts';
import { createHome, createModal } from './modal.ts';

export function createPerson(core: Core, userId: string, target?: string): SlackPerson {
  const seed = core.state.people[userId];
  if (seed === undefined) throw new Error(`there is no person ${userId}`);
  const actor: Actor = { core, userId, target };
  const dm = dmChannelId(userId);
  const person: SlackPerson = {
    id: userId,
    name: seed.realName,
    raw: rawActs(actor),
    via: (to) => createPerson(core, userId, to),
    command: (text, { channelId = dm } = {}) => runCommand(actor, text, channelId),
    shortcut: (name) => runShortcut(actor, name),
    openHome: (tab = 'home') => openHome(actor, tab),
    home() {
      const record = homeOf(actor);
      return record === undefined ? undefined : createHome(actor, record);
    },
    modal() {
      const record = topView(core.state, userId);
      return record === undefined ? undefined : createModal(actor, record);
    },
    dm: () => dm,
    messagesIn: (channelId = dm) => visibleMessages(actor, channelId),
    message: (matching) =>
      everywhere(actor).findLast((one) => {
        const texts = [one.text(), one.fallback];
        return texts.some((text) => (typeof matching === 'string' ? text.includes(matching) : matching.test(text)));
      }),
    press: (message, button, options) => message.press(button, options),
    ephemerals: (channelId) =>
      (channelId === undefined ? everywhere(actor) : visibleMessages(actor, channelId)).filter(
        (one) => one.isEphemeral,
      ),
    notices: () => core.state.notices.filter((one) => one.userId === userId).map((one) => one.text),
    reload: () => reload(actor),
    say: (channelId, text) => say(actor, channelId, text),
  };
  return person;
}

function reload({ core, userId }: Actor): void {
  for (const messages of Object.values(core.state.messages)) {
    for (const message of messages) if (message.ephemeralTo === userId) deleteMessage(core, message);
  }
  closeStack(core, userId);
}

function homeOf({ core, userId }: Actor): ViewRecord | undefined {
  return core.state.views[core.state.homes[userId] ?? ''];
}

async function openHome(actor: Actor, tab: 'home' | 'messages'): Promise<Act> {
  const { core, userId, target } = actor;
  checkMayAct(actor);
  const record = homeOf(actor);
  const channel = dmChannelId(userId);
  const view = record === undefined || tab !== 'home' ? {} : { view: viewObject(core, record, record.values) };
  delete core.state.unread[userId]?.[channel];
  const { first } = await sendEvent(
    core,
    { type: 'app_home_opened', user: userId, channel, tab, event_ts: core.ids.ts(), ...view },
    target,
  );
  return first;
}

async function say(actor: Actor, channelId: string, text: string): Promise<void> {
  const { core, userId, target } = actor;
  checkMayAct(actor);
  const channel = core.state.channels[channelId];
  if (channel === undefined || !channel.members.includes(userId))
    throw new Error(`${userId} cannot write in ${channelId}`);
  const message = addMessage(core, { channel: channelId, from: userId, via: 'person', content: { text } });
  if (!channel.botIsMember || core.manifest.events === undefined) return;
  const types = { dm: 'im', public: 'channel', private: 'group', group_dm: 'mpim' } as const;
  const isSubscribed = core.manifest.events.includes(
    `message.${types[channel.kind]}${channel.kind === 'public' || channel.kind === 'private' ? 's' : ''}`,
  );
  if (!isSubscribed) return;
  const event = {
    type: 'message',
    channel: channelId,
    channel_type: types[channel.kind],
    user: userId,
    text,
    ts: message.ts,
    event_ts: message.ts,
  };
  await sendEvent(core, event, target, true);
}

function rawActs(actor: Actor): RawActs {
  const view = (viewId: string): ViewRecord => {
    const place = placeOf(actor, viewId);
    if (place.kind !== 'view') throw new Error(`${viewId} is not a view`);
    return place.record;
  };
  return {
    async blockAction({ viewId, message, blockId, actionId, value, confirm }) {
      const where = viewId ?? message;
      if (where === undefined) throw new Error('pass viewId or message');
      const place = placeOf(actor, where);
      const placed = placedAt(place, blockId, actionId);
      if (valueShape(placed.type) !== undefined)
        return setValue(actor, place, placed, value ?? '', { enter: true, confirm });
      return pressElement(actor, place, placed, { value: value === undefined ? undefined : String(value), confirm });
    },
    async setValue(where, blockId, actionId, value, options) {
      const place = placeOf(actor, where);
      return setValue(actor, place, placedAt(place, blockId, actionId), value, options);
    },
    async suggest(where, blockId, actionId, query) {
      const place = placeOf(actor, where);
      return suggest(actor, place, placedAt(place, blockId, actionId), query);
    },
    async submit(viewId) {
      return submitView(actor, view(viewId));
    },
    async close(viewId, { all = false } = {}) {
      const record = view(viewId);
      return all ? (await closeByCross(actor))[0] : closeByButton(actor, record);
    },
    read(channelId) {
      delete actor.core.state.unread[actor.userId]?.[channelId];
      actor.core.changed('read');
    },
  };
}
