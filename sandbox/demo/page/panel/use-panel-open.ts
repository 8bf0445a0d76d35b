import { useCallback, useEffect, useState } from 'react';

const KEY = 'panel';

/** Closed until it is first opened; this browser remembers it. */
export function usePanelOpen(): { panelOpen: boolean; togglePanel: () => void } {
  const [panelOpen, setPanelOpen] = useState(() => window.localStorage.getItem(KEY) === 'open');
  useEffect(() => window.localStorage.setItem(KEY, panelOpen ? 'open' : 'closed'), [panelOpen]);
  const togglePanel = useCallback(() => setPanelOpen((open) => !open), []);
  return { panelOpen, togglePanel };
}
