import { createContext, useContext } from 'react';
import type { Obj } from '../../picture-types.ts';

/** Asks for confirmation before an act goes to the app. Resolves with undefined if the element has no confirm dialog. */
export type AskFirst = (element: Obj) => Promise<boolean | undefined>;

export const ConfirmContext = createContext<AskFirst>(async () => undefined);

export function useConfirm(): AskFirst {
  return useContext(ConfirmContext);
}
