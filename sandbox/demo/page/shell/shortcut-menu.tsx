import { type ReactNode, useRef, useState } from 'react';
import { usePerform, useSeat } from '../context.ts';
import { Icon } from './icon.tsx';
import { Menu } from './menu.tsx';

/** Slack's list of global shortcuts, as the manifest names them. */
export function ShortcutMenu(): ReactNode {
  const { picture } = useSeat();
  const perform = usePerform();
  const [isOpen, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  if (picture.shortcuts.length === 0) return null;
  return (
    <div className="shortcuts">
      <button
        ref={trigger}
        type="button"
        className="shortcut-button"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="bolt" />
        Shortcuts
      </button>
      {isOpen && (
        <Menu
          label="Shortcuts"
          onClose={() => {
            setOpen(false);
            trigger.current?.focus();
          }}
          entries={picture.shortcuts.map(({ name, description }) => ({
            key: name,
            text: name,
            detail: description,
            choose: () => {
              setOpen(false);
              trigger.current?.focus();
              void perform({ kind: 'shortcut', name });
            },
          }))}
        />
      )}
    </div>
  );
}
