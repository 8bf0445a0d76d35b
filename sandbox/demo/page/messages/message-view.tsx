import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { MessagePicture } from '../../picture-types.ts';
import { Blocks } from '../blocks/blocks.tsx';
import { Mrkdwn } from '../blocks/text.tsx';
import { useSeat } from '../context.ts';
import { clockTime } from '../dates.ts';
import { Avatar } from '../shell/avatar.tsx';
import { Icon } from '../shell/icon.tsx';

interface Props {
  readonly message: MessagePicture;
  readonly at: number;
  /** Follows a message from the same person: the name and avatar are not repeated. */
  readonly isTogether: boolean;
}

const CHANGED_MS = 1_600;

export function MessageView({ message, at, isTogether }: Props): ReactNode {
  const { picture } = useSeat();
  const isChanged = useChanged(message.edits);
  const { isApp, isEphemeral, from, channel, ts } = message;
  const name = isApp ? picture.app.name : (picture.people.find(({ id }) => id === from)?.name ?? from);
  const time = clockTime(at, picture.me.tz);
  const classes = [
    'message',
    isTogether && 'message-together',
    isEphemeral && 'message-ephemeral',
    isChanged && 'message-changed',
  ];
  return (
    <article className={classes.filter(Boolean).join(' ')} aria-label={`${name}, ${time}`} data-ts={ts}>
      {isEphemeral && (
        <p className="only-you">
          <Icon name="eye" /> Only visible to you
        </p>
      )}
      <div className="message-row">
        {isTogether ? (
          <time className="message-side-time">{time}</time>
        ) : (
          <Avatar id={from} name={name} isApp={isApp} />
        )}
        <div className="message-body">
          {!isTogether && (
            <p className="message-head">
              <strong>{name}</strong>
              {isApp && <span className="app-mark">App</span>}
              <time>{time}</time>
            </p>
          )}
          {message.blocks.length === 0 ? (
            <Mrkdwn text={message.text} />
          ) : (
            <Blocks blocks={message.blocks} surface={{ where: { channel, ts }, values: message.values, errors: {} }} />
          )}
          {message.edits > 0 && <span className="edited">(edited)</span>}
        </div>
      </div>
    </article>
  );
}

/** True for a moment after the message is updated in place while on screen. */
function useChanged(edits: number): boolean {
  const [isChanged, setChanged] = useState(false);
  const before = useRef(edits);
  useEffect(() => {
    if (before.current === edits) return;
    before.current = edits;
    setChanged(true);
    const timer = setTimeout(() => setChanged(false), CHANGED_MS);
    return () => clearTimeout(timer);
  }, [edits]);
  return isChanged;
}
