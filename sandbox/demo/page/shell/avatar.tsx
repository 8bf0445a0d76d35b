import type { ReactNode } from 'react';

/** A person's initials, or the app's own sign. The name stands beside it. */
export function Avatar({ id, name, isApp = false }: { id: string; name: string; isApp?: boolean }): ReactNode {
  if (isApp)
    return (
      <span className="avatar avatar-app" aria-hidden="true">
        <svg viewBox="0 0 32 32">
          <path
            d="M7 21h18l-2 3H9zM10 9h12a1.5 1.5 0 0 1 1.5 1.5V18h-15v-7.500A1.500 1.500 0 0 1 10 9z"
            fill="currentColor"
          />
        </svg>
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
