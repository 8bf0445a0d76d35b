import { type RefObject, useEffect, useRef } from 'react';

const SHOWN_MS = 15_000;

/** Disappears some time after everything is done, but not while the pointer or the focus is in it. */
export function useFarewell(isOver: boolean, onGo: () => void): RefObject<HTMLElement | null> {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!isOver) return;
    const timer = setInterval(() => {
      if (box.current?.matches(':hover, :focus-within') !== true) onGo();
    }, SHOWN_MS);
    return () => clearInterval(timer);
  }, [isOver, onGo]);
  return box;
}
