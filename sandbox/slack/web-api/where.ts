import type { Core } from '../core.ts';
import { Refusal } from '../refusal.ts';
import { type Channel, dmChannelId, maySee } from '../workspace-state.ts';
import { granted } from './method.ts';

/** The conversation named by a `channel` argument: its id, `#name`, or a user id (that person's DM with the app). */
export function channelFor(core: Core, given: string): Channel {
  const { channels, people } = core.state;
  const person = people[given];
  if (person !== undefined) {
    if (person.isBot) throw new Refusal('cannot_dm_bot');
    if (person.isStranger) throw new Refusal('channel_not_found');
    return found(channels[dmChannelId(given)]);
  }
  const named = given.startsWith('#') ? Object.values(channels).find((one) => one.name === given.slice(1)) : undefined;
  const channel = found(named ?? channels[given]);
  if (channel.kind !== 'public' && !channel.botIsMember) throw new Refusal('channel_not_found');
  return channel;
}

function found(channel: Channel | undefined): Channel {
  if (channel === undefined) throw new Refusal('channel_not_found');
  return channel;
}

/** Posting to a public channel needs membership or chat:write.public. */
export function checkMayPost(core: Core, channel: Channel): void {
  if (channel.archived) throw new Refusal('is_archived');
  if (!channel.botIsMember && !granted(core, 'chat:write.public')) throw new Refusal('not_in_channel');
}

export function checkEphemeral(core: Core, channel: Channel, userId: string): void {
  if (channel.archived) throw new Refusal('is_archived');
  if (!channel.botIsMember) throw new Refusal('not_in_channel');
  if (core.state.people[userId] === undefined) throw new Refusal('user_not_in_channel');
  if (!channel.members.includes(userId) || !maySee(channel, userId)) throw new Refusal('user_not_in_channel');
}
