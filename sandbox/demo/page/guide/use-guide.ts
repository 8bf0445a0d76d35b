import { useCallback, useEffect, useState } from 'react';
import type { FirstSteps } from '../../first-steps.ts';

export interface GuideState {
  readonly isShown: boolean;
  /** It was dismissed, but still has something to show. */
  readonly canComeBack: boolean;
  readonly dismiss: () => void;
  readonly bringBack: () => void;
}

const KEY = 'first-steps';

/** Shown until everything is done or it is dismissed; this browser remembers that. */
export function useGuide(firstSteps: FirstSteps | null): GuideState {
  const [isDismissed, setDismissed] = useState(() => window.localStorage.getItem(KEY) === 'dismissed');
  // A page opened after everything is done needs no guide. A page that was open for the last step shows that it is done.
  const [wasSeen, setSeen] = useState(false);
  const hasNext = firstSteps !== null && firstSteps.next !== null;
  useEffect(() => {
    if (hasNext) setSeen(true);
  }, [hasNext]);
  useEffect(() => window.localStorage.setItem(KEY, isDismissed ? 'dismissed' : 'open'), [isDismissed]);
  const dismiss = useCallback(() => {
    setSeen(false);
    if (hasNext) setDismissed(true);
  }, [hasNext]);
  const bringBack = useCallback(() => {
    setSeen(true);
    setDismissed(false);
  }, []);
  return {
    isShown: firstSteps !== null && !isDismissed && (hasNext || wasSeen),
    canComeBack: isDismissed && hasNext,
    dismiss,
    bringBack,
  };
}
