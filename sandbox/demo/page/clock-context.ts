import { createContext, useContext } from 'react';

/** How far the workspace's clock is ahead of this machine's. */
export const ClockOffset = createContext(0);

export function useNow(): number {
  return Date.now() + useContext(ClockOffset);
}
