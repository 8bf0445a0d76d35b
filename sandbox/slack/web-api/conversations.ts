import type { Core } from '../core.ts';
import type { Obj } from '../json.ts';
import { Refusal } from '../refusal.ts';
import { dmChannelId } from '../workspace-state.ts';
import { flag, type Methods, optional } from './method.ts';

export const conversationMethods: Methods = {
  'conversations.open': {
    scopes: ['im:write', 'mpim:write'],
    args: ['users', 'channel', 'return_im', 'prevent_creation'],
    perMinute: 50,
    answer: open,
  },
};

function open(core: Core, args: Obj): Obj {
  const users = optional(args, 'users')?.split(',') ?? [];
  const [userId, ...others] = users;
  const channelId = optional(args, 'channel') ?? (userId === undefined ? undefined : dmChannelId(userId));
  if (channelId === undefined) throw new Refusal('users_list_not_supplied');
  if (others.length > 0)
    throw new Refusal('missing_scope', ['[ERROR] group DMs need mpim:write and are not part of this stand-in']);
  if (userId !== undefined) checkPerson(core, userId);
  const channel = core.state.channels[channelId];
  if (channel === undefined || !channel.botIsMember || channel.kind !== 'dm') throw new Refusal('channel_not_found');
  const short = { id: channel.id };
  const full = { ...short, is_im: true, user: channel.members[0], is_open: true, context_team_id: core.state.team.id };
  return { no_op: true, already_open: true, channel: flag(args, 'return_im') ? full : short };
}

function checkPerson(core: Core, userId: string): void {
  const person = core.state.people[userId];
  if (person === undefined) throw new Refusal('user_not_found');
  if (person.isBot) throw new Refusal('cannot_dm_bot');
  if (person.deleted) throw new Refusal('user_disabled');
  if (person.isStranger) throw new Refusal('user_not_visible');
}
