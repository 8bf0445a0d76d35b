import type { SlackWorkspace } from '../../sandbox/slack/start.ts';

/** One payload that left the app, and whom it was for: a person's id, a channel's id, or Slack itself. */
export interface Sent {
  readonly to: string;
  readonly by: string;
  /** As JSON, and beside it what the payload carries in Base64. */
  readonly text: string;
}

interface Delivered {
  readonly userId: string;
  readonly channelId: string | null;
  readonly isPublic: boolean;
}

type Found = Readonly<Record<string, unknown>>;

const found = (value: unknown): Found => (typeof value === 'object' && value !== null ? { ...value } : {});
const word = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Every call, every post to a response URL and every acknowledgement, by its reader. */
export function everythingSent(slack: SlackWorkspace): Sent[] {
  const { views, channels } = slack.state.snapshot();
  const triggers = new Map<string, string>();
  const urls = new Map<string, Delivered>();
  const sent: Sent[] = [];
  /** A DM has one reader. */
  const readerOf = (channelId: string): string => {
    const channel = channels[channelId];
    return channel?.kind === 'dm' && channel.botIsMember ? (channel.members[0] ?? channelId) : channelId;
  };
  for (const { direction, route, target, payload, answer } of slack.journal.entries()) {
    const asked = found(payload);
    if (direction === 'to_app') {
      const userId = word(asked.user_id) || word(found(asked.user).id) || word(found(asked.event).user);
      if (word(asked.trigger_id) !== '') triggers.set(word(asked.trigger_id), userId);
      const container = found(asked.container);
      const channelId = word(asked.channel_id) || word(container.channel_id) || null;
      const isPublic = container.type === 'message' && container.is_ephemeral !== true;
      if (word(asked.response_url) !== '')
        urls.set(new URL(word(asked.response_url)).pathname, { userId, channelId, isPublic });
      if (answer !== undefined) sent.push({ to: userId, by: `acknowledgement of ${route}`, text: plain(answer) });
      continue;
    }
    const url = urls.get(target ?? '');
    const view = views[word(asked.view_id)];
    const openly = url !== undefined && (asked.response_type === 'in_channel' || isReplacedInPublic(asked, url));
    const to =
      (openly && url.channelId !== null ? readerOf(url.channelId) : url?.userId) ??
      (word(asked.user) || word(asked.user_id) || triggers.get(word(asked.trigger_id)) || view?.userId) ??
      (word(asked.channel) === '' ? 'Slack' : readerOf(word(asked.channel)));
    sent.push({ to, by: route, text: plain(payload) });
  }
  return sent;
}

const isReplacedInPublic = (asked: Found, { isPublic }: Delivered): boolean =>
  isPublic && (asked.replace_original === true || asked.replace_original === 'true');

/** Buttons and modals carry signed text in Base64: signed is not hidden. */
export function plain(payload: unknown): string {
  const text = JSON.stringify(payload) ?? '';
  const carried = (text.match(/[\w+/-]{24,}/gu) ?? []).map((one) => Buffer.from(one, 'base64').toString('utf8'));
  return [text, ...carried].join('\n');
}
