import type { ReactNode } from 'react';
import type { Completion } from './completions.ts';

interface Props {
  readonly id: string;
  readonly completions: readonly Completion[];
  readonly active: number;
  readonly onTake: (index: number) => void;
  readonly onActive: (index: number) => void;
}

export function CompletionList({ id, completions, active, onTake, onActive }: Props): ReactNode {
  return (
    <div className="completions" id={id} role="listbox" aria-label="What you can type">
      {completions.map(({ shown, detail }, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys (aria-activedescendant)
        // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus
        <div
          key={shown}
          id={`${id}-${index}`}
          role="option"
          className="option"
          aria-selected={index === active}
          data-active={index === active}
          onMouseMove={() => onActive(index)}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(index)}
        >
          <span>{shown}</span>
          {detail !== '' && <small>{detail}</small>}
        </div>
      ))}
      <p className="completions-keys" aria-hidden="true">
        <kbd>↑</kbd> <kbd>↓</kbd> to navigate, <kbd>Tab</kbd> to select
      </p>
    </div>
  );
}
