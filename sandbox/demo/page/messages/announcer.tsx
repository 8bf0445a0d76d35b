import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useSeat } from '../context.ts';
import { parseMrkdwn } from '../mrkdwn.ts';

/** Announces new and changed messages to screen readers, using the text the app set for that. */
export function Announcer({ channelId }: { channelId: string }): ReactNode {
  const { picture } = useSeat();
  const [words, setWords] = useState('');
  const seen = useRef<Map<string, string> | null>(null);
  useEffect(() => {
    const now = new Map<string, string>();
    let news = '';
    for (const channel of picture.channels) {
      for (const message of picture.messages[channel.id] ?? []) {
        const key = `${message.channel}:${message.ts}`;
        now.set(key, message.text);
        if (seen.current === null || seen.current.get(key) === message.text || message.from === picture.me.id) continue;
        const where = message.channel === channelId ? '' : ` in ${channel.label}`;
        news = `${seen.current.has(key) ? 'Changed' : 'New message'}${where}: ${plain(message.text)}`;
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

function plain(text: string): string {
  return parseMrkdwn(text)
    .flatMap((paragraph) => (paragraph.kind === 'pre' ? [] : paragraph.lines.flat()))
    .map((piece) => ('text' in piece ? piece.text : 'label' in piece ? piece.label : ''))
    .join('');
}
