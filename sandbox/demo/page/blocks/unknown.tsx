import type { ReactNode } from 'react';

/** Nothing vanishes: what this page cannot draw is said. */
export function Unknown({ what, type }: { what: 'block' | 'element'; type: string }): ReactNode {
  return (
    <p className="unknown" role="alert">
      This page cannot draw the {what} <code>{type || 'without a type'}</code>.
    </p>
  );
}
