import { useEffect } from 'react';

/** F6 cycles through Slack's window, the guide and the panel, because an open modal traps Tab. */
export function useF6(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'F6') return;
      event.preventDefault();
      const inSlack = '.modal, .composer textarea, .messages, .home';
      const stops = ['.guide', '.panel'].flatMap((part) => document.querySelector<HTMLElement>(part) ?? []);
      const at = stops.findIndex((part) => part.contains(document.activeElement));
      const next = stops[at + 1];
      const target =
        next === undefined
          ? [...document.querySelectorAll<HTMLElement>(inSlack)].findLast((one) => one.closest('[inert]') === null)
          : next.querySelector<HTMLElement>('button');
      target?.focus();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
