import { type ReactNode, useEffect, useRef } from 'react';
import type { PersonPicture } from '../../picture-types.ts';
import { goTo } from '../route.ts';
import { Avatar } from './avatar.tsx';

/** Switches between people. It only changes whose screen is shown; nobody is logged out. */
export function Cast({ userId, people }: { userId: string; people: readonly PersonPicture[] }): ReactNode {
  const row = useRef<HTMLElement>(null);
  // On a phone, not everyone fits on the screen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls the current person into view
  useEffect(() => {
    row.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [userId, people.length]);
  return (
    <nav ref={row} className="cast" aria-label="You are">
      <span className="cast-label" aria-hidden="true">
        You are
      </span>
      {people
        .filter(({ canBePlayed }) => canBePlayed)
        .map(({ id, name, part, unread }) => (
          <button
            key={id}
            type="button"
            className="cast-member"
            aria-current={id === userId ? 'true' : undefined}
            onClick={() => goTo({ userId: id })}
          >
            <Avatar id={id} name={name} />
            <span className="cast-name">
              {name.split(' ')[0]}
              <span className="sr-only"> {name.split(' ').slice(1).join(' ')},</span>
              <small> {part}</small>
            </span>
            {unread > 0 && id !== userId && (
              <span className="badge">
                {unread}
                <span className="sr-only"> unread</span>
              </span>
            )}
          </button>
        ))}
    </nav>
  );
}
