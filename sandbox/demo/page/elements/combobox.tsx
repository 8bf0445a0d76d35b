import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { ComboboxList } from './combobox-list.tsx';
import { type ElementProps, naming, type Place } from './element-types.ts';
import { type Option, useOptions } from './use-options.ts';

interface Props {
  readonly element: ElementProps['element'];
  readonly place: Place;
  /** The text of the closed field. */
  readonly chosenText: string;
  readonly chosenValues: readonly string[];
  readonly placeholder: string;
  readonly minLength: number;
  readonly onChoose: (option: Option) => void;
  readonly onClear?: (() => void) | undefined;
}

/** A select with a text field: the ARIA combobox and listbox patterns. */
export function Combobox(props: Props): ReactNode {
  const { element, place, chosenText, chosenValues, placeholder, minLength, onChoose, onClear } = props;
  const [query, setQuery] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const listId = useId();
  const isOpen = query !== null;
  const found = useOptions(place, isOpen, query ?? '', minLength);
  const { options } = found;
  const at = Math.min(active, Math.max(0, options.length - 1));

  const open = (): void => {
    if (isOpen) return;
    setQuery('');
    setActive(0);
  };
  const close = (): void => setQuery(null);
  const choose = (option: Option | undefined): void => {
    if (option === undefined) return;
    close();
    onChoose(option);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!isOpen) {
        open();
        return;
      }
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((at + step + options.length) % Math.max(1, options.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (!isOpen) open();
      else if (found.kind === 'ready') choose(options[at]);
    } else if (event.key === 'Escape' && isOpen) {
      event.stopPropagation();
      close();
    }
  };
  return (
    <div className="combobox" ref={box}>
      <input
        role="combobox"
        className="input combobox-input"
        autoComplete="off"
        spellCheck={false}
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && options.length > 0 ? `${listId}-${at}` : undefined}
        placeholder={chosenText === '' ? placeholder : chosenText}
        value={query ?? chosenText}
        onChange={(event) => {
          setQuery(event.target.value);
          setActive(0);
        }}
        onClick={open}
        onBlur={close}
        onKeyDown={onKey}
        data-autofocus={element.focus_on_load === true || undefined}
        {...naming(place)}
      />
      {onClear !== undefined && chosenText !== '' && !isOpen ? (
        <button type="button" className="combobox-clear" aria-label={`Clear ${place.label}`} onClick={onClear}>
          ×
        </button>
      ) : (
        <span className="combobox-arrow" aria-hidden="true" />
      )}
      {isOpen && (
        <ComboboxList
          id={listId}
          label={place.label}
          anchor={box}
          found={found}
          active={at}
          chosen={chosenValues}
          minLength={minLength}
          onChoose={choose}
          onActive={setActive}
        />
      )}
    </div>
  );
}
