import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';

interface MenuEntry {
  readonly key: string;
  readonly text: string;
  readonly detail?: string;
  readonly choose: () => void;
}

interface Props {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  readonly onClose: () => void;
}

/** A menu: the arrow keys move through it, Escape or a press elsewhere closes it. */
export function Menu({ label, entries, onClose }: Props): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
  }, []);
  useEffect(() => {
    const away = (event: PointerEvent): void => {
      if (event.target instanceof Node && !list.current?.parentElement?.contains(event.target)) onClose();
    };
    document.addEventListener('pointerdown', away);
    return () => document.removeEventListener('pointerdown', away);
  }, [onClose]);
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.stopPropagation();
      onClose();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const at = items.findIndex((item) => item.matches(':focus'));
    items[(at + step + items.length) % items.length]?.focus();
  };
  return (
    <div ref={list} className="menu" role="menu" aria-label={label} tabIndex={-1} onKeyDown={onKey}>
      {entries.map(({ key, text, detail, choose }) => (
        <button key={key} type="button" role="menuitem" className="menu-item" tabIndex={-1} onClick={choose}>
          <span>{text}</span>
          {detail !== undefined && <small>{detail}</small>}
        </button>
      ))}
    </div>
  );
}
