import type { ReactNode } from 'react';
import { parts } from '../../parts.ts';
import { Icon } from './icon.tsx';

const cast = Object.keys(parts);

/** A person's initials, or the app's logo. The name is shown beside it. */
export function Avatar({ id, name, isApp = false }: { id: string; name: string; isApp?: boolean }): ReactNode {
  if (isApp)
    return (
      <span className="avatar avatar-app" aria-hidden="true">
        <Icon name="laptop" />
      </span>
    );
  const initials = name
    .split(/\s+/u)
    .map((part) => part[0] ?? '')
    .slice(0, 2)
    .join('');
  return (
    <span className={`avatar avatar-${colourOf(id)}`} aria-hidden="true">
      {initials}
    </span>
  );
}

/** The demo's main characters have distinct colors; anyone else's color comes from their id. */
function colourOf(id: string): number {
  const seat = cast.indexOf(id);
  if (seat >= 0) return seat % 6;
  let sum = 0;
  for (const char of id) sum = (sum * 31 + char.charCodeAt(0)) % 997;
  return sum % 6;
}
