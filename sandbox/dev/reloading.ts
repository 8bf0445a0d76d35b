import type { AppControl } from '../demo/app-control.ts';
import { onSourceChange } from './on-source-change.ts';

/** Restarts the app at every change in src/, one restart at a time. Redis, Slack and Fleet keep their state. */
export function reloadOnChange(app: AppControl, say: (text: string) => void): () => void {
  let row: Promise<void> = Promise.resolve();
  return onSourceChange(() => {
    row = row.then(async () => {
      const begun = performance.now();
      try {
        await app.restart();
        say(`reloaded in ${Math.round(performance.now() - begun)} ms`);
      } catch (error) {
        // The next change triggers another attempt.
        say(`the app did not start:\n${error instanceof Error ? error.message : String(error)}`);
      }
    });
  });
}
