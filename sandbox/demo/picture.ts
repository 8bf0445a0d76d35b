import type { SlackWorkspace } from '../slack/start.ts';
import { type Channel, dmChannelId, type Message, maySee, type ViewRecord } from '../slack/workspace-state.ts';
import type { AppFace } from './app-face.ts';
import { parts } from './parts.ts';
import type { ChannelPicture, MessagePicture, Obj, PersonPicture, Picture, ViewPicture } from './picture-types.ts';

type Snapshot = ReturnType<SlackWorkspace['state']['snapshot']>;

const NOTICES_KEPT = 20;

/** The workspace as this person sees it, without anything that only others see. */
export function pictureOf(state: Snapshot, userId: string, face: AppFace, now: number): Picture {
  const person = state.people[userId];
  if (person === undefined) throw new Error(`there is no person ${userId}`);
  const channels = Object.values(state.channels).filter((one) => maySee(one, userId) && !one.archived);
  return {
    me: { id: userId, name: person.realName, tz: person.tz, dm: dmChannelId(userId) },
    team: state.team.name,
    app: { userId: state.bot.userId, name: face.name, isReadOnly: face.isReadOnly },
    now,
    people: Object.values(state.people).map((one) => personPicture(state, one.id)),
    channels: channels.map((one) => channelPicture(state, one, userId, face.name)),
    messages: Object.fromEntries(channels.map(({ id }) => [id, visible(state.messages[id] ?? [], userId, state)])),
    modals: (state.modals[userId] ?? []).flatMap((id) => view(state.views[id])),
    home: view(state.views[state.homes[userId] ?? ''])[0] ?? null,
    notices: state.notices
      .filter((one) => one.userId === userId)
      .slice(-NOTICES_KEPT)
      .map(({ at, text }) => ({ at, text })),
    commands: face.commands,
    shortcuts: face.shortcuts,
  };
}

function personPicture(state: Snapshot, id: string): PersonPicture {
  const person = state.people[id];
  const counts = Object.values(state.unread[id] ?? {});
  return {
    id,
    name: person?.realName ?? id,
    handle: person?.name ?? id,
    part: parts[id]?.part ?? '',
    unread: counts.reduce((sum, count) => sum + count, 0),
    canBePlayed: parts[id] !== undefined,
  };
}

function channelPicture(state: Snapshot, channel: Channel, userId: string, appName: string): ChannelPicture {
  const { id, kind, name, members } = channel;
  const unread = state.unread[userId]?.[id] ?? 0;
  if (id === dmChannelId(userId)) return { id, kind: 'app', label: appName, unread };
  if (kind === 'public' || kind === 'private') return { id, kind, label: name, unread };
  const others = members.filter((one) => one !== userId).map((one) => state.people[one]?.realName ?? one);
  return { id, kind, label: others.join(', '), unread };
}

function visible(messages: readonly Message[], userId: string, state: Snapshot): MessagePicture[] {
  return messages
    .filter((one) => one.deletedAt === undefined && (one.ephemeralTo === undefined || one.ephemeralTo === userId))
    .map((one) => ({
      channel: one.channel,
      ts: one.ts,
      from: one.from,
      isApp: one.from === state.bot.userId,
      isEphemeral: one.ephemeralTo !== undefined,
      text: one.text,
      blocks: one.blocks,
      values: one.values,
      edits: readableEdits(one),
    }));
}

function view(record: ViewRecord | undefined): ViewPicture[] {
  if (record === undefined || !record.open) return [];
  const { id, view: given, values, errors, updates } = record;
  return [
    {
      id,
      title: text(given.title) ?? '',
      submit: text(given.submit) ?? null,
      close: text(given.close) ?? 'Cancel',
      callbackId: typeof given.callback_id === 'string' ? given.callback_id : '',
      blocks: Array.isArray(given.blocks) ? (given.blocks as Obj[]) : [],
      values,
      errors,
      updates,
    },
  ];
}

function text(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('text' in value)) return undefined;
  return typeof value.text === 'string' ? value.text : undefined;
}

/** Edits that changed what is read: an app also renews what only its buttons carry. */
export function readableEdits({ edits, text, blocks }: Pick<Message, 'edits' | 'text' | 'blocks'>): number {
  const words = [...edits, { text, blocks }].map((one) =>
    JSON.stringify([one.text, one.blocks], (key, value) => (unreadFields.has(key) ? undefined : value)),
  );
  return words.filter((one, index) => index > 0 && one !== words[index - 1]).length;
}

const unreadFields = new Set(['value', 'block_id', 'action_id']);
