import { useState } from 'react';
import type { PanelAct } from '../../act-requests.ts';
import { actAtPanel } from '../acts.ts';

/** One act at a time; its button shows that it is in progress. */
export function usePanelAct(complain: (words: string) => void) {
  const [underWay, setUnderWay] = useState('');
  const act = async (name: string, what: PanelAct): Promise<void> => {
    setUnderWay(name);
    try {
      await actAtPanel(what);
    } catch (error) {
      complain(error instanceof Error ? error.message : 'That didn’t work.');
    }
    setUnderWay('');
  };
  return { act, underWay };
}
