import type { ReactNode } from 'react';

/** Nothing is dropped silently: what this page cannot render is shown as an error. */
export function Unknown({ what, type }: { what: 'block' | 'element'; type: string }): ReactNode {
  return (
    <p className="unknown" role="alert">
      This page can't show this {what}: <code>{type || 'no type'}</code>.
    </p>
  );
}
