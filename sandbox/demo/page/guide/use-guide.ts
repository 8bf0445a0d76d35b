import { useCallback, useEffect, useState } from 'react';
import type { FirstSteps } from '../../first-steps.ts';

export interface GuideState {
  readonly isShown: boolean;
  /** It was put away, and there is still something to show. */
  readonly canComeBack: boolean;
  readonly dismiss: () => void;
  readonly bringBack: () => void;
}

const KEY = 'first-steps';

/** Shown until everything is done or somebody puts it away; remembered by this browser. */
export function useGuide(firstSteps: FirstSteps | null): GuideState {
  const [isDismissed, setDismissed] = useState(() => window.localStorage.getItem(KEY) === 'dismissed');
  // Whoever comes to a finished workspace is no newcomer; whoever saw the last step done reads that it is.
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
