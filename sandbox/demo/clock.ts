/** One clock for Slack, Fleet and the app: real time plus an offset that only grows. */
export interface Clock {
  now(): number;
  offsetMs(): number;
  move(ms: number): Promise<void>;
  /** Called with the new offset and the step, in order of registration, before `move` resolves. */
  onMove(follow: (offsetMs: number, stepMs: number) => void | Promise<void>): void;
}

export function createClock(): Clock {
  let offset = 0;
  const followers: ((offsetMs: number, stepMs: number) => void | Promise<void>)[] = [];
  return {
    now: () => Date.now() + offset,
    offsetMs: () => offset,
    async move(ms) {
      // Moving backwards would make signatures and message timestamps older than those already seen.
      if (!Number.isFinite(ms) || ms <= 0) throw new Error('the clock moves forward only');
      offset += ms;
      for (const follow of followers) await follow(offset, ms);
    },
    onMove: (follow) => void followers.push(follow),
  };
}
