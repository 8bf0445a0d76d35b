import { seededDraw } from './faults.ts';

export interface Ids {
  /** A message timestamp: unique and increasing, even within one millisecond. */
  ts(): string;
  next(prefix: string): string;
  /** A block or action id, as Slack generates them where the app set none. */
  filler(): string;
  /** A view's hash; it changes with every update. */
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
