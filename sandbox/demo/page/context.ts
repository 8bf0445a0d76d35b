import { createContext, useContext } from 'react';
import type { ActAnswer, PersonAct } from '../act-requests.ts';
import type { Perform } from './acts.ts';
import type { LivePicture } from './live.ts';

export interface Seat {
  readonly picture: LivePicture;
  readonly perform: Perform;
  /** Shows an error message where everyone sees it. */
  readonly complain: (words: string) => void;
}

/** Who uses this page, what they see, and how they act. */
export const SeatContext = createContext<Seat | null>(null);

export function useSeat(): Seat {
  const seat = useContext(SeatContext);
  if (seat === null) throw new Error('no SeatContext above this component');
  return seat;
}

/** Performs an act; if it fails, shows the error and resolves with null. */
export function usePerform(): (act: PersonAct) => Promise<ActAnswer | null> {
  const { perform, complain } = useSeat();
  return async (act) => {
    try {
      return await perform(act);
    } catch (error) {
      complain(error instanceof Error ? error.message : 'That didn’t work.');
      return null;
    }
  };
}
