import { CommitUnclear } from '../../store/store.ts';

/** What was being recorded may be there although it failed: nobody may be told that nothing was changed. */
export function mayStand(error: unknown): boolean {
  return error instanceof CommitUnclear;
}
