import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { useAnchor } from './use-anchor.ts';
import type { Option, Options } from './use-options.ts';

interface Props {
  readonly id: string;
  readonly label: string;
  readonly anchor: RefObject<HTMLElement | null>;
  readonly found: Options;
  readonly active: number;
  readonly chosen: readonly string[];
  readonly minLength: number;
  readonly onChoose: (option: Option) => void;
  readonly onActive: (index: number) => void;
}

export function ComboboxList(props: Props): ReactNode {
  const { id, label, anchor, found, active, chosen, minLength, onChoose, onActive } = props;
  const style = useAnchor(anchor, true);
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the active option is looked up in the rendered list
  useEffect(() => {
    list.current?.querySelector('[data-active=true]')?.scrollIntoView({ block: 'nearest' });
  }, [active, found]);
  const words = wordsFor(found, minLength);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only keeps the focus in the field
    <div className="listbox" style={style} onMouseDown={(event) => event.preventDefault()}>
      {words !== '' && (
        <p className="listbox-words" role="status">
          {words}
        </p>
      )}
      <div ref={list} id={id} role="listbox" aria-label={label}>
        {found.options.map((option, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys (aria-activedescendant)
          // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus
          <div
            key={option.value}
            id={`${id}-${index}`}
            role="option"
            className="option"
            aria-selected={chosen.includes(option.value)}
            data-active={index === active}
            onMouseMove={() => onActive(index)}
            onClick={() => onChoose(option)}
          >
            <span>{option.text}</span>
            {option.description !== '' && <small>{option.description}</small>}
          </div>
        ))}
      </div>
    </div>
  );
}

function wordsFor({ kind, options }: Options, minLength: number): string {
  if (kind === 'loading') return options.length === 0 ? 'Loading…' : '';
  if (kind === 'too_short') return `Type at least ${minLength} characters`;
  if (kind === 'failed') return 'Couldn’t load results';
  return options.length === 0 ? 'No results' : '';
}
