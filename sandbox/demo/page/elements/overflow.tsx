import { type ReactNode, useRef, useState } from 'react';
import { usePerform } from '../context.ts';
import { objects, str, textOf } from '../json.ts';
import { Menu } from '../shell/menu.tsx';
import { useConfirm } from './confirm-context.ts';
import type { ElementProps } from './element-types.ts';

export function OverflowElement({ element, place }: ElementProps): ReactNode {
  const perform = usePerform();
  const ask = useConfirm();
  const [isOpen, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const { where, blockId, actionId } = place;
  const choose = async (value: string): Promise<void> => {
    setOpen(false);
    trigger.current?.focus();
    const confirm = await ask(element);
    if (confirm === false) return;
    await perform({ kind: 'press', where, blockId, actionId, value, ...(confirm === undefined ? {} : { confirm }) });
  };
  const options = objects(element.options);
  return (
    <span className="overflow">
      <button
        ref={trigger}
        type="button"
        className="button button-default button-square"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-label="More actions"
        onClick={() => setOpen(!isOpen)}
      >
        <span aria-hidden="true">⋯</span>
      </button>
      {isOpen && (
        <Menu
          label="More actions"
          onClose={() => {
            setOpen(false);
            trigger.current?.focus();
          }}
          entries={options.map((option) => ({
            key: str(option.value),
            text: textOf(option.text),
            choose: () => void choose(str(option.value)),
          }))}
        />
      )}
    </span>
  );
}
