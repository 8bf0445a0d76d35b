import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useSeat } from '../context.ts';
import { spokenText } from '../mrkdwn.ts';

/** Announces new and changed messages to screen readers, using the text the app set for that. */
export function Announcer({ channelId }: { channelId: string }): ReactNode {
  const { picture } = useSeat();
  const [words, setWords] = useState('');
  const seen = useRef<Map<string, string> | null>(null);
  useEffect(() => {
    const now = new Map<string, string>();
    let news = '';
    const nameOf = (id: string): string =>
      [...picture.people, ...picture.channels.map((one) => ({ id: one.id, name: one.label }))].find(
        (one) => one.id === id,
      )?.name ?? id;
    for (const channel of picture.channels) {
      for (const message of picture.messages[channel.id] ?? []) {
        const key = `${message.channel}:${message.ts}`;
        now.set(key, message.text);
        if (seen.current === null || seen.current.get(key) === message.text || message.from === picture.me.id) continue;
        const where = message.channel === channelId ? '' : ` in ${channel.label}`;
        news = `${seen.current.has(key) ? 'Changed' : 'New message'}${where}: ${spokenText(message.text, nameOf)}`;
      }
    }
    seen.current = now;
    if (news !== '') setWords(news);
  }, [picture, channelId]);
  return (
    <p className="sr-only" role="log" aria-live="polite">
      {words}
    </p>
  );
}
