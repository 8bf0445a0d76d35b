/** A process stands still between two steps (a paused machine) while everything else goes on. */
export type Hold = ReturnType<typeof createHold>;

/** What a process comes by: it may stand still there. */
export type Step = (name: string) => Promise<void>;

/** A job or a delivery that may stand still: `onHeld` says so to whoever waits for it. */
interface Process {
  onHeld: () => void;
}

export function createHold() {
  /** Where the next one to come by stands still. */
  let point: string | null = null;
  let standing: { readonly at: string; readonly go: () => void }[] = [];
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
    /** False: it stands still somewhere. */
    orUntilHeld: (run: (step: Step) => Promise<unknown>): Promise<boolean> => {
      const process: Process = { onHeld: () => {} };
      const step: Step = async (name) => {
        if (name !== point) return;
        point = null;
        process.onHeld();
        await new Promise<void>((go) => standing.push({ at: name, go }));
      };
      return orHeld(process, () => run(step));
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

/** The same workspace, as a process that may stand still works with it. */
export function heldAt<W extends { readonly context: { readonly step?: Step } }>(workspace: W, stand: Step): W {
  const { context } = workspace;
  const step: Step = async (name) => {
    await context.step?.(name);
    await stand(name);
  };
  return { ...workspace, context: { ...context, step } };
}
