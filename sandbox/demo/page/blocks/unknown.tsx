import type { ReactNode } from 'react';

/** Nothing is dropped silently: what this page cannot render is shown as an error. */
export function Unknown({ what, type }: { what: 'block' | 'element'; type: string }): ReactNode {
  return (
    <p className="unknown" role="alert">
      This page cannot show the {what} <code>{type || 'without a type'}</code>.
    </p>
  );
}
