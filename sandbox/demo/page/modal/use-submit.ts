import { type RefObject, useState } from 'react';
import type { ViewPicture } from '../../picture-types.ts';
import { usePerform } from '../context.ts';
import { allFilled } from '../elements/filling.ts';

const TROUBLE = 'We had some trouble connecting. Try again?';

export function useSubmit(view: ViewPicture, dialog: RefObject<HTMLElement | null>) {
  const perform = usePerform();
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState('');
  const submit = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    setTrouble('');
    await allFilled();
    const answer = await perform({ kind: 'submit', viewId: view.id });
    setBusy(false);
    if (answer?.reached !== true) setTrouble(TROUBLE);
    if (answer?.outcome === 'errors') setTimeout(() => toFirstError(dialog.current), 60);
  };
  return { submit, isBusy, trouble };
}

function toFirstError(dialog: HTMLElement | null): void {
  dialog?.querySelector<HTMLElement>('.field-wrong input, .field-wrong textarea')?.focus();
}
