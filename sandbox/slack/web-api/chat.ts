import type { Core } from '../core.ts';
import { isObj, list, type Obj, str } from '../json.ts';
import { limit } from '../limits.ts';
import { addMessage, checkMessage, deleteMessage, editMessage } from '../message-store.ts';
import { messageObject } from '../payloads.ts';
import { Refusal } from '../refusal.ts';
import { findMessage, type Message } from '../workspace-state.ts';
import { type Methods, required } from './method.ts';
import { channelFor, checkEphemeral, checkMayPost } from './where.ts';

const messageArgs = [
  'channel',
  'text',
  'blocks',
  'attachments',
  'metadata',
  'thread_ts',
  'mrkdwn',
  'parse',
  'link_names',
  'unfurl_links',
  'unfurl_media',
];

export const chatMethods: Methods = {
  'chat.postMessage': {
    scopes: ['chat:write'],
    args: [...messageArgs, 'reply_broadcast', 'client_msg_id'],
    perMinute: 600,
    answer: postMessage,
  },
  'chat.postEphemeral': {
    scopes: ['chat:write'],
    args: [...messageArgs, 'user'],
    perMinute: 100,
    answer: postEphemeral,
  },
  'chat.update': {
    scopes: ['chat:write'],
    args: [...messageArgs, 'ts', 'reply_broadcast'],
    perMinute: 50,
    answer: update,
  },
  'chat.delete': { scopes: ['chat:write'], args: ['channel', 'ts'], perMinute: 50, answer: remove },
};

function checkContent(core: Core, args: Obj, method: string): void {
  const isEmpty = (value: unknown): boolean => list(value).length === 0;
  if ((str(args.text) ?? '') === '' && isEmpty(args.blocks) && isEmpty(args.attachments)) throw new Refusal('no_text');
  for (const name of ['blocks', 'attachments']) {
    if (args[name] !== undefined && !Array.isArray(args[name])) throw new Refusal('invalid_blocks_format');
  }
  if (args.metadata !== undefined && !isObj(args.metadata)) throw new Refusal('invalid_metadata_format');
  checkMessage(core, args, method);
}

function postMessage(core: Core, args: Obj): Obj {
  const channel = channelFor(core, required(args, 'channel'));
  checkMayPost(core, channel);
  checkContent(core, args, 'chat.postMessage');
  const message = addMessage(core, { channel: channel.id, from: core.state.bot.userId, via: 'web_api', content: args });
  return { channel: channel.id, ts: message.ts, message: messageObject(core, message) };
}

function postEphemeral(core: Core, args: Obj): Obj {
  const userId = required(args, 'user');
  const channel = channelFor(core, required(args, 'channel'));
  checkEphemeral(core, channel, userId);
  checkContent(core, args, 'chat.postEphemeral');
  const from = core.state.bot.userId;
  const message = addMessage(core, { channel: channel.id, from, via: 'web_api', content: args, ephemeralTo: userId });
  return { message_ts: message.ts };
}

function update(core: Core, args: Obj): Obj {
  const { channelId, message } = ownMessage(core, args, 'cant_update_message');
  if ((str(args.text) ?? '').length > limit('chat.update.text').max) throw new Refusal('msg_too_long');
  checkContent(core, args, 'chat.update');
  editMessage(core, message, args);
  return { channel: channelId, ts: message.ts, text: message.text, message: messageObject(core, message) };
}

function remove(core: Core, args: Obj): Obj {
  const { channelId, message } = ownMessage(core, args, 'cant_delete_message');
  deleteMessage(core, message);
  return { channel: channelId, ts: message.ts };
}

/** Ephemeral messages are not found: they can be changed only through their response_url. */
function ownMessage(core: Core, args: Obj, foreign: string): { channelId: string; message: Message } {
  const given = required(args, 'channel');
  const ts = required(args, 'ts');
  // Unlike postMessage, this method does not resolve a user id to a DM.
  if (core.state.people[given] !== undefined) throw new Refusal('channel_not_found');
  const channel = channelFor(core, given);
  const message = findMessage(core.state, channel.id, ts);
  if (message?.ephemeralTo !== undefined) {
    const detail = 'an ephemeral message can only be changed through its response_url';
    core.violations.note({ severity: 'breach', rule: 'ephemeral_not_updatable', where: 'chat.update', detail });
  }
  if (message === undefined || message.deletedAt !== undefined || message.ephemeralTo !== undefined)
    throw new Refusal('message_not_found');
  if (message.from !== core.state.bot.userId) throw new Refusal(foreign);
  return { channelId: channel.id, message };
}
