import { type Actor, checkMayAct, type Place } from '../acts/actor.ts';
import { copy } from '../json.ts';
import type { SlackMessage } from '../person-types.ts';
import { type Message, maySee, messagesOf } from '../workspace-state.ts';
import { extend, withGetters } from './modal.ts';
import { pingsIn, pingsOf, readMrkdwn } from './read-text.ts';
import { createSurface, readerOf, surfaceText } from './surface.ts';

function createMessage(actor: Actor, message: Message): SlackMessage {
  const place: Place = { kind: 'message', message };
  const usable = (): void => {
    checkMayAct(actor);
    if (message.deletedAt !== undefined) throw new Error('this message was deleted');
  };
  const surface = withGetters(createSurface(actor, place, usable), {
    channel: () => message.channel,
    ts: () => message.ts,
    from: () => message.from,
    isEphemeral: () => message.ephemeralTo !== undefined,
    isDeleted: () => message.deletedAt !== undefined,
    fallback: () => message.text,
    edits: () => copy(message.edits),
    threadTs: () => message.threadTs,
    pings: () => (message.blocks.length > 0 ? pingsOf(message.blocks) : pingsIn(message.text)),
  });
  return extend(surface, { text: () => messageText(actor, place) });
}

/** If there are blocks, the client shows them instead of the text. */
function messageText(actor: Actor, place: Extract<Place, { kind: 'message' }>): string {
  const { message } = place;
  const reader = readerOf(actor);
  return message.blocks.length > 0 ? surfaceText(place, reader) : readMrkdwn(message.text, reader);
}

/** What this person sees in a channel, oldest first. */
export function visibleMessages(actor: Actor, channelId: string): SlackMessage[] {
  const { core, userId } = actor;
  const channel = core.state.channels[channelId];
  if (channel === undefined || !maySee(channel, userId)) return [];
  return messagesOf(core.state, channelId)
    .filter((message) => message.deletedAt === undefined)
    .filter((message) => message.ephemeralTo === undefined || message.ephemeralTo === userId)
    .map((message) => createMessage(actor, message));
}

export function everywhere(actor: Actor): SlackMessage[] {
  return Object.keys(actor.core.state.channels)
    .flatMap((id) => visibleMessages(actor, id))
    .sort((a, b) => Number(a.ts) - Number(b.ts));
}
