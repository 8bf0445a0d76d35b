/** A process stands still between two steps (a paused machine) while everything else goes on. */
export type Hold = ReturnType<typeof createHold>;

export function createHold() {
  /** Where the next one to come by stands still. */
  let point: string | null = null;
  let goOn: (() => void)[] = [];
  let unfinished: Promise<unknown>[] = [];
  let onHeld: (() => void)[] = [];
  return {
    next: (name: string | null): void => {
      point = name;
    },
    at: async (name: string): Promise<void> => {
      if (name !== point) return;
      point = null;
      for (const say of onHeld.splice(0)) say();
      await new Promise<void>((resolve) => goOn.push(resolve));
    },
    /** False: it stands still somewhere. */
    orUntilHeld: async (running: Promise<unknown>): Promise<boolean> => {
      const held = new Promise<false>((resolve) => onHeld.push(() => resolve(false)));
      const isOver = await Promise.race([running.then(() => true), held]);
      if (!isOver) unfinished.push(running);
      onHeld = [];
      return isOver;
    },
    /** All go on where they stood, to their end. */
    resume: async (): Promise<void> => {
      const [standing, waiting] = [goOn, unfinished];
      [goOn, unfinished] = [[], []];
      for (const go of standing) go();
      await Promise.all(waiting);
    },
  };
}
