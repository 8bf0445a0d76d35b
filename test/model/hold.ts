import { AsyncLocalStorage } from 'node:async_hooks';

/** A process stands still between two steps (a paused machine) while everything else goes on. */
export type Hold = ReturnType<typeof createHold>;

/** A job or a delivery that may stand still: `onHeld` says so to whoever waits for it. */
interface Process {
  onHeld: () => void;
}

interface Standing {
  readonly at: string;
  readonly go: () => void;
}

const current = new AsyncLocalStorage<Process>();

export function createHold() {
  /** Where the next one to come by stands still. */
  let point: string | null = null;
  let standing: Standing[] = [];
  let unfinished: { readonly process: Process; readonly running: Promise<unknown> }[] = [];
  /** False: it stands still (again), and stays unfinished. */
  const orHeld = async (process: Process, start: () => Promise<unknown>): Promise<boolean> => {
    const held = new Promise<false>((resolve) => {
      process.onHeld = () => resolve(false);
    });
    const running = start();
    const isOver = await Promise.race([running.then(() => true), held]);
    if (!isOver) unfinished.push({ process, running });
    return isOver;
  };
  return {
    next: (name: string | null): void => {
      point = name;
    },
    at: async (name: string): Promise<void> => {
      const process = current.getStore();
      // Nobody would let go on what the test itself waits for.
      if (name !== point || process === undefined) return;
      point = null;
      process.onHeld();
      await new Promise<void>((go) => standing.push({ at: name, go }));
    },
    /** False: it stands still somewhere. */
    orUntilHeld: (run: () => Promise<unknown>): Promise<boolean> => {
      const process: Process = { onHeld: () => {} };
      return orHeld(process, () => current.run(process, run));
    },
    /** All go on where they stood, to their end or to where they stand still next. */
    resume: async (): Promise<void> => {
      const [stood, waiting] = [standing, unfinished];
      [standing, unfinished] = [[], []];
      const over = waiting.map(({ process, running }) => orHeld(process, () => running));
      for (const { go } of stood) go();
      await Promise.all(over);
    },
    standing: (): readonly string[] => standing.map(({ at }) => at),
  };
}
