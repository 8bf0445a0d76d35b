import type { StoreUnavailable } from '../domain/failures/failure.ts';
import type { WorkItem } from '../domain/work.ts';
import type { Log, ServiceContext } from '../services/context.ts';
import type { WorkQueue } from './queue.ts';

interface Outbox {
  outbox(olderThanMs: number): Promise<readonly WorkItem[]>;
  dropFromOutbox(ids: readonly string[]): Promise<void>;
}

export interface Relay {
  /** Not at once: Slack must have processed the acknowledgement before a job changes the same modal. */
  relaySoon(): void;
  start(): void;
  /** Ends the rounds and moves what is there once more. If Redis is away, this waits for it. */
  stop(): Promise<void>;
}

interface RelayOptions {
  readonly outboxes: () => readonly Outbox[];
  readonly queue: WorkQueue;
  readonly log: Log;
  /** What a failure was, without what it quotes. */
  readonly failureOf: (error: unknown) => StoreUnavailable;
  readonly roundEveryMs?: number;
  readonly relayAfterMs?: number;
  /** A round leaves younger items to the process that accepted them. */
  readonly leaveMs?: number;
  readonly step?: ServiceContext['step'];
}

/** Moves accepted work from the outboxes to the queue: add first, then drop, so that a crash repeats but never loses it. */
export function createRelay(options: RelayOptions): Relay {
  const { roundEveryMs = 1000, relayAfterMs = 60, leaveMs = 2000 } = options;
  let rounds: ReturnType<typeof setInterval> | null = null;
  let soon: ReturnType<typeof setTimeout> | null = null;
  let last: Promise<void> = Promise.resolve();

  const move = (olderThanMs: number): Promise<void> => {
    last = last.then(() => moveAll(options, olderThanMs));
    return last;
  };
  return {
    relaySoon: () => {
      soon ??= setTimeout(() => {
        soon = null;
        void move(0);
      }, relayAfterMs);
    },
    start: () => {
      void move(0);
      rounds = setInterval(() => void move(leaveMs), roundEveryMs);
    },
    stop: () => {
      if (rounds !== null) clearInterval(rounds);
      if (soon !== null) clearTimeout(soon);
      return move(0);
    },
  };
}

async function moveAll({ outboxes, queue, log, failureOf, step }: RelayOptions, olderThanMs: number): Promise<void> {
  for (const outbox of outboxes()) {
    try {
      const items = await outbox.outbox(olderThanMs);
      if (items.length === 0) continue;
      await step?.('relay.before_add');
      await queue.add(items);
      await step?.('relay.between_add_and_drop');
      await outbox.dropFromOutbox(items.map((item) => item.id));
      await step?.('relay.dropped');
    } catch (error) {
      // The items stay in the outbox for the next round of any instance.
      log.warn('accepted work could not be handed to the queue yet', { problem: failureOf(error).message });
    }
  }
}
