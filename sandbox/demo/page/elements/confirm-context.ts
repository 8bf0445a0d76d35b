import { createContext, useContext } from 'react';
import type { Obj } from '../../picture-types.ts';

/** Asks before an element's act goes to the app. Answers undefined where the element asks nothing. */
export type AskFirst = (element: Obj) => Promise<boolean | undefined>;

export const ConfirmContext = createContext<AskFirst>(async () => undefined);

export function useConfirm(): AskFirst {
  return useContext(ConfirmContext);
}
