import { useEffect } from 'react';

/** F6 goes back and forth between Slack's window and the panel: a modal keeps Tab to itself. */
export function useF6(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'F6') return;
      event.preventDefault();
      const panel = document.querySelector<HTMLElement>('.panel');
      const isInPanel = panel?.contains(document.activeElement) ?? false;
      const inSlack = '.modal, .composer textarea, .messages, .home';
      const target = isInPanel
        ? [...document.querySelectorAll<HTMLElement>(inSlack)].findLast((one) => one.closest('[inert]') === null)
        : panel?.querySelector<HTMLElement>('button');
      target?.focus();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
