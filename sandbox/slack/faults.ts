import type { Obj } from './json.ts';

/** One way Slack misbehaves. `method` is a Web API method, `response_url`, or `*`. */
export interface Fault {
  latencyMs?: number;
  /** HTTP status in place of an answer, such as 500 or 503. A 429 uses `retryAfter`. */
  status?: number;
  retryAfter?: number;
  /** Answers `{ok: false, error}` with status 200. */
  error?: string;
  /** Cuts the connection. */
  reset?: boolean;
  /** The call takes effect, but its answer is replaced by `status`, `error` or `reset`. */
  afterEffect?: boolean;
  /** How many times it applies; unlimited if left out. */
  times?: number;
  /** Between 0 and 1, drawn from a seeded sequence. */
  probability?: number;
  seed?: number;
  when?: (args: Obj) => boolean;
}

export interface FaultControl {
  /** Returns a function that removes the fault. */
  on(method: string, fault: Fault): () => void;
  clear(): void;
  /** Slack cannot load images whose URL matches. */
  breakImages(pattern: RegExp): void;
}

export interface FaultKeeper extends FaultControl {
  next(method: string, args: Obj): Fault | undefined;
  canLoadImage(url: string): boolean;
}

interface Armed {
  method: string;
  fault: Fault;
  left: number;
  draw: () => number;
}

/** mulberry32: the same seed gives the same run. */
export function seededDraw(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function createFaults(): FaultKeeper {
  let armed: Armed[] = [];
  let brokenImages: RegExp[] = [];
  return {
    on(method, fault) {
      const one = { method, fault, left: fault.times ?? Number.POSITIVE_INFINITY, draw: seededDraw(fault.seed ?? 1) };
      armed.push(one);
      return () => {
        armed = armed.filter((other) => other !== one);
      };
    },
    clear() {
      armed = [];
      brokenImages = [];
    },
    breakImages(pattern) {
      brokenImages.push(pattern);
    },
    canLoadImage: (url) => !brokenImages.some((pattern) => pattern.test(url)),
    next(method, args) {
      const hit = armed.find(
        (one) =>
          one.left > 0 &&
          (one.method === method || one.method === '*') &&
          (one.fault.when === undefined || one.fault.when(args)) &&
          (one.fault.probability === undefined || one.draw() < one.fault.probability),
      );
      if (hit === undefined) return undefined;
      hit.left -= 1;
      return hit.fault;
    },
  };
}
