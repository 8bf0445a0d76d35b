import { Fragment, type ReactNode, useLayoutEffect, useRef } from 'react';
import type { ChannelPicture, MessagePicture } from '../../picture-types.ts';
import { useNow } from '../clock-context.ts';
import { useSeat } from '../context.ts';
import { dayName } from '../dates.ts';
import { MessageView } from './message-view.tsx';
import { Welcome } from './welcome.tsx';

interface Props {
  readonly channel: ChannelPicture;
  readonly messages: readonly MessagePicture[];
}

const TOGETHER_MS = 5 * 60_000;
const NEAR_END = 120;

export function MessageList({ channel, messages }: Props): ReactNode {
  const { picture } = useSeat();
  const now = useNow();
  const box = useRef<HTMLElement>(null);
  const wasAtEnd = useRef(true);
  // Scrolls to new content, also when a card grows in place, unless the person has scrolled up to read.
  useLayoutEffect(() => {
    const list = box.current;
    const inside = list?.firstElementChild;
    if (!list || !inside) return;
    const follow = (): void => {
      if (wasAtEnd.current) list.scrollTop = list.scrollHeight;
    };
    const watch = new ResizeObserver(follow);
    watch.observe(inside);
    watch.observe(list);
    follow();
    return () => watch.disconnect();
  }, []);
  // What the person just did, and the answer to it, are shown even to somebody who has scrolled up.
  const last = messages.at(-1);
  const own = last !== undefined && (last.isEphemeral || last.from === picture.me.id) ? last.ts : null;
  useLayoutEffect(() => {
    if (own === null || box.current === null) return;
    wasAtEnd.current = true;
    box.current.scrollTop = box.current.scrollHeight;
  }, [own]);
  const onScroll = (): void => {
    const list = box.current;
    if (list) wasAtEnd.current = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END;
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: makes a long list scrollable by keyboard
    <section ref={box} className="messages" onScroll={onScroll} tabIndex={0} aria-label="Messages">
      <div className="messages-inside">
        <Welcome channel={channel} isEmpty={messages.length === 0} />
        {messages.map((message, index) => {
          const before = messages[index - 1];
          const at = millis(message);
          const day = dayName(at, picture.me.tz, now);
          const isNewDay = before === undefined || dayName(millis(before), picture.me.tz, now) !== day;
          const isTogether = !isNewDay && goesOn(before, message);
          return (
            <Fragment key={message.ts}>
              {isNewDay && (
                <div className="day">
                  <span>{day}</span>
                </div>
              )}
              <MessageView message={message} at={at} isTogether={isTogether} />
            </Fragment>
          );
        })}
      </div>
    </section>
  );
}

function millis({ ts }: MessagePicture): number {
  return Number(ts) * 1000;
}

function goesOn(before: MessagePicture | undefined, message: MessagePicture): boolean {
  if (before === undefined || before.from !== message.from || before.isEphemeral || message.isEphemeral) return false;
  return !message.isApp && millis(message) - millis(before) < TOGETHER_MS;
}
