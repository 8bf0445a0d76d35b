import { seededDraw } from './faults.ts';

export interface Ids {
  /** A message timestamp: unique and rising, also within one millisecond. */
  ts(): string;
  next(prefix: string): string;
  /** The block and action ids that Slack makes up where the app gave none. */
  filler(): string;
  /** The hash of a view, new at each change. */
  hash(): string;
  secret(): string;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export function createIds(now: () => number): Ids {
  const draw = seededDraw(20_260_301);
  let lastMicros = 0;
  let count = 0;
  const word = (length: number): string =>
    Array.from({ length }, () => alphabet.charAt(Math.floor(draw() * alphabet.length))).join('');
  const micros = (): string => {
    lastMicros = Math.max(lastMicros + 1, Math.floor(now() * 1000));
    const digits = String(lastMicros).padStart(16, '0');
    return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
  };
  return {
    ts: micros,
    next(prefix) {
      count += 1;
      return `${prefix}${count.toString(36).toUpperCase().padStart(4, '0')}${word(5).toUpperCase()}`;
    },
    filler: () => word(5),
    hash: () => `${micros().split('.')[0]}.${word(8)}`,
    secret: () => word(24),
  };
}
