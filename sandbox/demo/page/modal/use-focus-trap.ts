import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

const reachable =
  'a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), [tabindex]:not([tabindex="-1"])';

/** Keeps Tab inside, focuses the first element that wants it, and restores the previous focus at the end. */
export function useFocusTrap(dialog: RefObject<HTMLElement | null>, viewId: string) {
  const before = useRef<Element | null>(null);
  useLayoutEffect(() => {
    before.current ??= document.activeElement;
    return () => {
      const target = before.current;
      // Wait until the rest of the page is usable again.
      setTimeout(() => {
        if (target instanceof HTMLElement && target.isConnected) target.focus();
      }, 0);
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new view in the same frame starts over
  useEffect(() => {
    const box = dialog.current;
    const wanted = box?.querySelector<HTMLElement>('[data-autofocus]');
    // On a phone the first field may be far below what there is to read, and would open the keyboard.
    const isPhone = window.matchMedia('(max-width: 760px)').matches;
    const field = isPhone ? null : box?.querySelector<HTMLElement>('.field input, .field textarea');
    (wanted ?? field ?? box)?.focus();
  }, [viewId]);
  // An update of the view may have removed the focused element.
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
