const FIRST_MS = 1000;
const LONGEST_MS = 5 * 60 * 1000;

/** `attempt` counts from 1. Doubles up to five minutes, with up to a fifth less by chance so that jobs do not march in step. */
export function retryDelayMs(attempt: number, random: () => number): number {
  const full = Math.min(FIRST_MS * 2 ** Math.min(attempt - 1, 20), LONGEST_MS);
  return Math.round(full * (1 - random() / 5));
}
