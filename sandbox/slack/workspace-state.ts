import type { Obj } from './json.ts';
import type { ChannelSeed, PersonSeed, SlackSeed, UserGroupSeed } from './seed-types.ts';

export type StateValues = Record<string, Record<string, Obj>>;

export interface Channel extends ChannelSeed {
  botIsMember: boolean;
  archived: boolean;
}

export interface Message {
  channel: string;
  ts: string;
  /** The author's user id; the bot's for the app. */
  from: string;
  via: 'web_api' | 'response_url' | 'ack' | 'person';
  text: string;
  blocks: Obj[];
  attachments: Obj[];
  metadata?: Obj;
  threadTs?: string;
  /** Only this person sees it. */
  ephemeralTo?: string;
  values: StateValues;
  edits: { at: number; text: string; blocks: Obj[] }[];
  deletedAt?: number;
}

export interface ViewRecord {
  id: string;
  userId: string;
  kind: 'modal' | 'home';
  /** As the app sent it, with the block and action ids that Slack adds. */
  view: Obj;
  values: StateValues;
  /** Every value a field of this view has held, shown or not: a field that returns with the same ids shows it again. */
  remembered: StateValues;
  /** The values when the app last rendered the view; a stale look-up carries these. */
  renderedValues: StateValues;
  hash: string;
  rootViewId: string;
  previousViewId: string | null;
  open: boolean;
  /** The field errors on show, by block id. */
  errors: Record<string, string>;
  updates: number;
}

interface Notice {
  userId: string;
  at: number;
  text: string;
}

export interface WorkspaceState {
  team: SlackSeed['team'];
  bot: SlackSeed['bot'];
  people: Record<string, PersonSeed>;
  userGroups: UserGroupSeed[];
  channels: Record<string, Channel>;
  /** By channel id, oldest first, including ephemeral messages. */
  messages: Record<string, Message[]>;
  views: Record<string, ViewRecord>;
  /** Each person's open modals, root first. */
  modals: Record<string, string[]>;
  homes: Record<string, string>;
  viewsMade: number;
  notices: Notice[];
  unread: Record<string, Record<string, number>>;
  tokenRevoked: boolean;
}

export type SlackSnapshot = WorkspaceState & { violations: unknown[]; version: number };

export function dmChannelId(userId: string): string {
  return `D${userId.slice(1)}`;
}

export function createState(seed: SlackSeed): WorkspaceState {
  const channels: Record<string, Channel> = {};
  for (const one of seed.channels)
    channels[one.id] = { ...one, botIsMember: one.botIsMember ?? false, archived: one.archived ?? false };
  for (const person of seed.people) {
    if (person.isBot) continue;
    const id = dmChannelId(person.id);
    channels[id] = { id, name: 'directmessage', kind: 'dm', members: [person.id], botIsMember: true, archived: false };
  }
  return {
    team: seed.team,
    bot: seed.bot,
    people: Object.fromEntries(seed.people.map((person) => [person.id, { ...person }])),
    userGroups: seed.userGroups ?? [],
    channels,
    messages: Object.fromEntries(Object.keys(channels).map((id) => [id, []])),
    views: {},
    modals: {},
    homes: {},
    viewsMade: 0,
    notices: [],
    unread: {},
    tokenRevoked: false,
  };
}

export function messagesOf(state: WorkspaceState, channel: string): Message[] {
  const found = state.messages[channel];
  if (found !== undefined) return found;
  const fresh: Message[] = [];
  state.messages[channel] = fresh;
  return fresh;
}

export function findMessage(state: WorkspaceState, channel: string, ts: string): Message | undefined {
  return state.messages[channel]?.find((message) => message.ts === ts);
}

export function topView(state: WorkspaceState, userId: string): ViewRecord | undefined {
  const id = state.modals[userId]?.at(-1);
  return id === undefined ? undefined : state.views[id];
}

export function maySee(channel: Channel, userId: string): boolean {
  return channel.kind === 'public' || channel.members.includes(userId);
}
