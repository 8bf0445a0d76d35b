import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import type { Obj } from '../../picture-types.ts';
import { TextObject } from '../blocks/text.tsx';
import { ConfirmContext } from '../elements/confirm-context.ts';
import { obj, str, textOf } from '../json.ts';
import { useFocusTrap } from './use-focus-trap.ts';

interface Question {
  readonly dialog: Obj;
  readonly answer: (isYes: boolean) => void;
}

/** Slack's confirm dialogs, above everything else in the workspace. */
export function ConfirmHost({ children }: { children: ReactNode }): ReactNode {
  const [question, setQuestion] = useState<Question | null>(null);
  const ask = useCallback(async (element: Obj): Promise<boolean | undefined> => {
    if (element.confirm === undefined) return undefined;
    const isYes = await new Promise<boolean>((answer) => setQuestion({ dialog: obj(element.confirm), answer }));
    setQuestion(null);
    return isYes;
  }, []);
  return (
    <ConfirmContext value={useMemo(() => ask, [ask])}>
      <div className="confirm-below" inert={question !== null}>
        {children}
      </div>
      {question !== null && <ConfirmDialog {...question} />}
    </ConfirmContext>
  );
}

function ConfirmDialog({ dialog, answer }: Question): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const trap = useFocusTrap(box, 'confirm');
  const style = str(dialog.style) === 'danger' ? 'danger' : 'primary';
  return (
    <div className="modal-veil modal-veil-confirm">
      <div
        ref={box}
        className="modal modal-confirm"
        role="alertdialog"
        aria-labelledby="confirm-title"
        aria-describedby="confirm-text"
        tabIndex={-1}
        onKeyDown={(event) => {
          if (event.key === 'Escape') answer(false);
          trap(event);
        }}
      >
        <header className="modal-head">
          <h2 id="confirm-title">{textOf(dialog.title)}</h2>
        </header>
        <div className="modal-body" id="confirm-text">
          <TextObject value={dialog.text} />
        </div>
        <footer className="modal-foot">
          <button type="button" className="button button-default" onClick={() => answer(false)}>
            {textOf(dialog.deny) || 'Cancel'}
          </button>
          <button type="button" className={`button button-${style}`} onClick={() => answer(true)}>
            {textOf(dialog.confirm) || 'Yes'}
          </button>
        </footer>
      </div>
    </div>
  );
}
