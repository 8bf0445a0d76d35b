import type { Core } from './core.ts';
import { bool, isObj, type Obj, str } from './json.ts';
import { addMessage, checkMessage, deleteMessage, editMessage } from './message-store.ts';
import { Refusal } from './refusal.ts';
import { type ResponseUrl, responseUrlLifeMs, responseUrlUses } from './tickets.ts';
import type { Reply } from './web-api/dispatch.ts';
import { findMessage } from './workspace-state.ts';

/** Five answers within thirty minutes, on any surface; the answer carries no timestamp. */
export function answerResponseUrl(core: Core, path: string, payload: unknown): Reply {
  const url = core.tickets.responseUrl(path);
  try {
    if (url === undefined) throw new Refusal('unknown_url');
    if (core.now() - url.issuedAt > responseUrlLifeMs) throw new Refusal('expired_url');
    if (url.uses >= responseUrlUses) throw new Refusal('used_url');
    if (!isObj(payload)) throw new Refusal('invalid_payload');
    apply(core, url, payload);
    url.uses += 1;
    return { status: 200, headers: {}, body: 'ok' };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const detail = [error.code, ...error.messages].join('; ');
    core.violations.note({ severity: 'breach', rule: error.code, where: 'response_url', detail });
    const status = error.code.endsWith('_url') ? 404 : 400;
    return {
      status,
      headers: {},
      body: { ok: false, error: error.code, response_metadata: { messages: error.messages } },
    };
  }
}

const known = new Set([
  'text',
  'blocks',
  'attachments',
  'response_type',
  'replace_original',
  'delete_original',
  'thread_ts',
  'mrkdwn',
  'parse',
  'link_names',
  'unfurl_links',
  'unfurl_media',
  'metadata',
]);

function noteUnknownFields(core: Core, payload: Obj, where: string): void {
  const unknown = Object.keys(payload).filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  const detail = `Slack does not know ${unknown.join(', ')}`;
  core.violations.note({ severity: 'breach', rule: 'unknown_argument', where, detail });
}

function apply(core: Core, url: ResponseUrl, payload: Obj): void {
  const original =
    url.original === undefined ? undefined : findMessage(core.state, url.original.channel, url.original.ts);
  if (bool(payload.delete_original)) {
    if (original !== undefined) deleteMessage(core, original);
    return;
  }
  showAnswer(core, url, payload, 'response_url', original);
}

/** The body of an acknowledgement or a response_url post, as a message. */
export function showAnswer(
  core: Core,
  url: Pick<ResponseUrl, 'channel' | 'userId'>,
  payload: Obj,
  via: 'ack' | 'response_url',
  original?: ReturnType<typeof findMessage>,
): void {
  noteUnknownFields(core, payload, via);
  const type = payload.response_type;
  if (type !== undefined && type !== 'ephemeral' && type !== 'in_channel') throw new Refusal('invalid_response_type');
  if ((str(payload.text) ?? '') === '' && payload.blocks === undefined && payload.attachments === undefined)
    throw new Refusal('no_text');
  if (payload.blocks !== undefined && !Array.isArray(payload.blocks)) throw new Refusal('invalid_blocks_format');
  checkMessage(core, payload, via);
  if (bool(payload.replace_original) && original !== undefined) {
    if (original.deletedAt === undefined) editMessage(core, original, payload);
    return;
  }
  const { channel, userId } = url;
  const from = core.state.bot.userId;
  const ephemeral = type === 'in_channel' ? {} : { ephemeralTo: userId };
  addMessage(core, { channel, from, via, content: payload, ...ephemeral });
}
