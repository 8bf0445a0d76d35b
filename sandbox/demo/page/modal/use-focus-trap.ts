import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

const reachable =
  'a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), [tabindex]:not([tabindex="-1"])';

/** Keeps Tab inside, begins at what wants the focus, and gives it back to where it was. */
export function useFocusTrap(dialog: RefObject<HTMLElement | null>, viewId: string) {
  const before = useRef<Element | null>(null);
  useLayoutEffect(() => {
    before.current ??= document.activeElement;
    return () => {
      const target = before.current;
      // After the rest of the page is usable again.
      setTimeout(() => {
        if (target instanceof HTMLElement && target.isConnected) target.focus();
      }, 0);
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view in the same frame begins anew
  useEffect(() => {
    const box = dialog.current;
    const wanted = box?.querySelector<HTMLElement>('[data-autofocus]');
    (wanted ?? box?.querySelector<HTMLElement>('.field input, .field textarea') ?? box)?.focus();
  }, [viewId]);
  // What had the focus may be gone with an update of the view.
  useEffect(() => {
    if (document.activeElement === document.body) dialog.current?.focus();
  });

  return (event: KeyboardEvent): void => {
    if (event.key !== 'Tab') return;
    const all = [...(dialog.current?.querySelectorAll<HTMLElement>(reachable) ?? [])];
    const first = all[0];
    const last = all.at(-1);
    const now = document.activeElement;
    if (event.shiftKey && (now === first || now === dialog.current)) {
      event.preventDefault();
      last?.focus();
    } else if (!event.shiftKey && now === last) {
      event.preventDefault();
      first?.focus();
    }
  };
}
