import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import type { ChannelPicture } from '../../picture-types.ts';
import { usePerform, useSeat } from '../context.ts';
import { Icon } from '../shell/icon.tsx';
import { CompletionList } from './completion-list.tsx';
import { completionsFor, isWholeCommand } from './completions.ts';

/** A message or a slash command. Enter sends; while a command is incomplete, Enter and Tab complete it. */
export function Composer({ channel, title }: { channel: ChannelPicture; title: string }): ReactNode {
  const { picture } = useSeat();
  const perform = usePerform();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const [isClosed, setClosed] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const completions = isClosed ? [] : completionsFor(text, picture.commands, picture.people);
  const at = Math.min(active, Math.max(0, completions.length - 1));

  const change = (value: string): void => {
    setText(value);
    setActive(0);
    setClosed(false);
  };
  const take = (index: number): void => {
    const taken = completions[index];
    if (taken !== undefined) change(taken.becomes);
    field.current?.focus();
  };
  const send = async (): Promise<void> => {
    const typed = text.trim();
    if (typed === '') return;
    change('');
    if (typed.startsWith('/')) {
      const answer = await perform({ kind: 'command', text: typed, channelId: channel.id });
      // As in Slack, a command that failed is put back into the field.
      if (answer?.reached !== true) setText((now) => (now === '' ? typed : now));
    } else await perform({ kind: 'say', text: typed, channelId: channel.id });
  };
  const onKey = (event: KeyboardEvent): void => {
    const isOpen = completions.length > 0;
    if (isOpen && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      setActive((at + (event.key === 'ArrowDown' ? 1 : -1) + completions.length) % completions.length);
    } else if (isOpen && event.key === 'Escape') setClosed(true);
    else if (isOpen && event.key === 'Tab' && !event.shiftKey) {
      event.preventDefault();
      take(at);
    } else if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      const isWhole = !text.startsWith('/') || isWholeCommand(text, picture.commands);
      if (isOpen && (!isWhole || active > 0 || text.includes('@'))) take(at);
      else void send();
    }
  };
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {completions.length > 0 && (
        <CompletionList id={listId} completions={completions} active={at} onTake={take} onActive={setActive} />
      )}
      <div className="composer-box">
        <textarea
          ref={field}
          rows={1}
          value={text}
          onChange={(event) => change(event.target.value)}
          onKeyDown={onKey}
          placeholder={`Message ${title}, or type /`}
          aria-label={`Message ${title}`}
          role="combobox"
          aria-expanded={completions.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={completions.length > 0 ? `${listId}-${at}` : undefined}
        />
        <button type="submit" className="send-button" aria-label="Send" disabled={text.trim() === ''}>
          <Icon name="send" />
        </button>
      </div>
    </form>
  );
}
