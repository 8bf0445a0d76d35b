import { type CSSProperties, type RefObject, useLayoutEffect, useState } from 'react';

const GAP = 4;
const MOST = 300;

/** Places a field's list below it, or above if there is more room there, and never clips it to a scroll container. */
export function useAnchor(anchor: RefObject<HTMLElement | null>, isOpen: boolean): CSSProperties {
  const [style, setStyle] = useState<CSSProperties>({ visibility: 'hidden' });
  useLayoutEffect(() => {
    if (!isOpen) return;
    const place = (): void => {
      const box = anchor.current?.getBoundingClientRect();
      if (box === undefined) return;
      const below = window.innerHeight - box.bottom - GAP * 3;
      const above = box.top - GAP * 3;
      const goesUp = below < 180 && above > below;
      setStyle({
        left: box.left,
        width: box.width,
        maxHeight: Math.min(MOST, goesUp ? above : below),
        ...(goesUp ? { bottom: window.innerHeight - box.top + GAP } : { top: box.bottom + GAP }),
      });
    };
    place();
    window.addEventListener('resize', place);
    window.addEventListener('scroll', place, true);
    return () => {
      window.removeEventListener('resize', place);
      window.removeEventListener('scroll', place, true);
    };
  }, [anchor, isOpen]);
  return style;
}
