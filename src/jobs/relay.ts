import type { StoreUnavailable } from '../domain/failures/failure.ts';
import type { Log, ServiceContext } from '../services/context.ts';
import type { WorkQueue } from './queue.ts';

type Outbox = Pick<ServiceContext['store'], 'beginRound' | 'markQueued' | 'dropFromOutbox' | 'forgetCancelled'>;

export interface Relay {
  /** The next round drops it. */
  done(outbox: Outbox, id: string): void;
  /** As soon as the round under way has ended. What is accepted until then goes in one. */
  relaySoon(): void;
  /** Resolves after the first round. */
  start(): Promise<void>;
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
  /** A round leaves younger items to the process that accepted them. */
  readonly leaveMs?: number;
  readonly step?: ServiceContext['step'];
}

/**
 * Adds accepted work to the queue, again if the queue has lost it, and drops it once it is done: neither a crash nor a
 * failover in between loses it.
 */
export function createRelay(options: RelayOptions): Relay {
  const { roundEveryMs = 1000, leaveMs = 2000 } = options;
  let rounds: ReturnType<typeof setInterval> | null = null;
  let isAsked = false;
  let last: Promise<void> = Promise.resolve();
  const done = new Map<Outbox, Set<string>>();

  const move = (olderThanMs: number): Promise<void> => {
    last = last.then(() => moveAll(options, done, olderThanMs));
    return last;
  };
  return {
    done: (outbox, id) => {
      const ids = done.get(outbox);
      if (ids === undefined) done.set(outbox, new Set([id]));
      else ids.add(id);
    },
    relaySoon: () => {
      if (isAsked) return;
      isAsked = true;
      last = last
        .then(() => new Promise((resolve) => setImmediate(resolve)))
        .then(() => {
          isAsked = false;
          return moveAll(options, done, 0);
        });
    },
    start: () => {
      rounds = setInterval(() => void move(leaveMs), roundEveryMs);
      return move(0);
    },
    stop: () => {
      if (rounds !== null) clearInterval(rounds);
      return move(0);
    },
  };
}

async function moveAll(
  options: RelayOptions,
  done: ReadonlyMap<Outbox, Set<string>>,
  olderThanMs: number,
): Promise<void> {
  for (const outbox of options.outboxes()) {
    try {
      while (await moveSome(options, outbox, done.get(outbox) ?? new Set(), olderThanMs));
    } catch (error) {
      // The items stay in the outbox for the next round of any instance.
      const problem = options.failureOf(error).message;
      options.log.warn('accepted work could not be handed to the queue yet', { problem });
    }
  }
}

/** True: there is more to look for in the queue. */
async function moveSome(
  { queue, step }: RelayOptions,
  outbox: Outbox,
  doneIds: Set<string>,
  olderThanMs: number,
): Promise<boolean> {
  const dropped = [...doneIds];
  const { accepted, overdue, tooLate, hasMore, cancelled } = await outbox.beginRound(olderThanMs, dropped);
  for (const id of dropped) doneIds.delete(id);
  if (accepted.length > 0) {
    await step?.('relay.before_add');
    await queue.add(accepted);
    await step?.('relay.between_add_and_drop');
    await outbox.markQueued(accepted);
    await step?.('relay.dropped');
  }
  if (overdue.length > 0) await outbox.dropFromOutbox(await queue.restore(overdue));
  if (tooLate.length > 0) await outbox.dropFromOutbox(await queue.findGone(tooLate));
  if (cancelled.length > 0) {
    await queue.removeTimers(cancelled);
    await outbox.forgetCancelled(cancelled);
  }
  return hasMore;
}
