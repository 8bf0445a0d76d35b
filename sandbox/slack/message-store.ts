import type { Core } from './core.ts';
import { stateAfterRender, withIds } from './elements.ts';
import { copy, type Obj, obj, objects, str } from './json.ts';
import { judgeMessage } from './judge/judge.ts';
import { Refusal } from './refusal.ts';
import { type Message, messagesOf } from './workspace-state.ts';

/** Refuses a message that Slack would refuse, and records blocks sent without a text for screen readers. */
export function checkMessage(core: Core, given: Obj, where: string): void {
  const [first, ...more] = judgeMessage(core, given);
  if (first !== undefined)
    throw new Refusal(
      first.code,
      [first, ...more].map((finding) => finding.message),
    );
  if (objects(given.blocks).length > 0 && (str(given.text) ?? '').trim() === '') {
    const detail = 'blocks without a top-level text: notifications and screen readers have nothing to show';
    core.violations.note({ severity: 'breach', rule: 'missing_text', where, detail });
  }
}

export interface NewMessage {
  channel: string;
  from: string;
  via: Message['via'];
  content: Obj;
  ephemeralTo?: string;
}

export function addMessage(core: Core, { channel, from, via, content, ephemeralTo }: NewMessage): Message {
  const blocks = withIds(content.blocks, core.ids.filler);
  const threadTs = str(content.thread_ts);
  const message: Message = {
    channel,
    ts: core.ids.ts(),
    from,
    via,
    text: str(content.text) ?? '',
    blocks,
    attachments: copy(objects(content.attachments)),
    ...(content.metadata === undefined ? {} : { metadata: copy(obj(content.metadata)) }),
    ...(threadTs === undefined || threadTs === '' ? {} : { threadTs }),
    ...(ephemeralTo === undefined ? {} : { ephemeralTo }),
    values: stateAfterRender(blocks, {}),
    edits: [],
  };
  messagesOf(core.state, channel).push(message);
  countUnread(core, message);
  core.changed('message');
  return message;
}

function countUnread(core: Core, message: Message): void {
  const readers =
    message.ephemeralTo === undefined ? (core.state.channels[message.channel]?.members ?? []) : [message.ephemeralTo];
  for (const userId of readers) {
    if (userId === message.from) continue;
    const counts = core.state.unread[userId] ?? {};
    counts[message.channel] = (counts[message.channel] ?? 0) + 1;
    core.state.unread[userId] = counts;
  }
}

/** Fields the app leaves out are kept, except that sending only a text removes the blocks, as in Slack. */
export function editMessage(core: Core, message: Message, content: Obj): void {
  message.edits.push({ at: core.now(), text: message.text, blocks: copy(message.blocks) });
  const blocks = withIds(content.blocks, core.ids.filler);
  message.text = str(content.text) ?? (content.blocks === undefined ? message.text : '');
  message.blocks = blocks;
  if (content.attachments !== undefined) message.attachments = copy(objects(content.attachments));
  if (content.metadata !== undefined) message.metadata = copy(obj(content.metadata));
  message.values = stateAfterRender(blocks, message.values);
  core.changed('message changed');
}

export function deleteMessage(core: Core, message: Message): void {
  message.deletedAt = core.now();
  core.changed('message deleted');
}
