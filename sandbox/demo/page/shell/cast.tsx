import type { ReactNode } from 'react';
import type { PersonPicture } from '../../picture-types.ts';
import { goTo } from '../route.ts';
import { Avatar } from './avatar.tsx';

/** Who sits before the screen. Switching is looking over another shoulder: nobody is logged out. */
export function Cast({ userId, people }: { userId: string; people: readonly PersonPicture[] }): ReactNode {
  return (
    <nav className="cast" aria-label="You are">
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
