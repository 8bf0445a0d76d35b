import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

/** A person's initials, or the app's own sign. The name stands beside it. */
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

function colourOf(id: string): number {
  let sum = 0;
  for (const char of id) sum = (sum * 31 + char.charCodeAt(0)) % 997;
  return sum % 6;
}
