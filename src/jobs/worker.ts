import { type ConnectionOptions, DelayedError, type Job, type JobSchedulerJobOptions, Worker } from 'bullmq';
import { errorName } from '../domain/errors.ts';
import type { Work } from '../domain/work.ts';
import type { Log, ServiceContext } from '../services/context.ts';
import { changeTakesLongText, decisionTakesLongText, sentence } from '../views/notices.ts';
import { QUEUE_NAME } from './queue.ts';
import { type JobWorkspace, RetryLater } from './workspace.ts';

const FIRST_MS = 1000;
const LONGEST_MS = 5 * 60 * 1000;

/** `attempt` counts from 1. Doubles up to five minutes, with up to a fifth less by chance so that jobs do not march in step. */
function retryDelayMs(attempt: number, random: () => number): number {
  const full = Math.min(FIRST_MS * 2 ** Math.min(attempt - 1, 20), LONGEST_MS);
  return Math.round(full * (1 - random() / 5));
}

const AGAIN_MS = 30_000;

interface ParkOptions {
  /** Asks Slack whether it accepts the token again. */
  readonly doubt: () => void;
  readonly againMs?: number | undefined;
}

/** While Slack refuses the workspace's token its jobs wait, all but the one that may end it. */
export async function parkWhileStopped(
  work: Work,
  { context }: JobWorkspace,
  { doubt, againMs = AGAIN_MS }: ParkOptions,
): Promise<void> {
  if (work.kind === 'erase_workspace' || (await context.store.stop()) === null) return;
  doubt();
  throw new RetryLater(againMs);
}

/**
 * A job has failed several times in a row. It goes on being tried; here the people who wait for it hear that it is late,
 * and whether anything was ordered.
 */
export async function notifyStuckJob(work: Work, { context, slack }: JobWorkspace): Promise<void> {
  switch (work.kind) {
    case 'change_cart':
    case 'send_request':
      await slack.post(work.slackUserId, sentence(changeTakesLongText));
      return;
    case 'carry_out_approval':
    case 'look_up_unconfirmed': {
      const request = await context.store.request(work.requestId);
      if (request === null) return;
      const text = decisionTakesLongText(request.fleetOrderId);
      await slack.post(request.requester.slackUserId, sentence(text));
      await slack.post(request.approver.slackUserId, sentence(text));
      return;
    }
    case 'update_cards':
    case 'remind':
    case 'expire':
    case 'notify':
    case 'tell':
    case 'rebuild_request':
    case 'person_changed':
    case 'erase_workspace':
    case 'refresh_directory':
    case 'follow_orders':
    case 'publish_home':
      // Nobody waits for these in front of a screen, and telling goes through the same Slack that may be failing.
      context.log.error('a job keeps failing', { kind: work.kind });
      return;
    default:
      work satisfies never;
  }
}

interface WorkerOptions {
  readonly connection: ConnectionOptions;
  readonly prefix: string;
  readonly carryOut: (work: Work, jobId: string) => Promise<void>;
  /** Called once for a job that has failed this many times in a row: a person must see it. */
  readonly notifyStuckJob: (work: Work) => Promise<void>;
  readonly log: Log;
  readonly now: () => number;
  readonly random: () => number;
  readonly concurrency?: number;
  readonly takeOver?: TakeOver;
  readonly step?: ServiceContext['step'];
  readonly onDone?: (kind: Work['kind'], outcome: 'done' | 'later' | 'failed', durationMs: number) => void;
}

/** A killed instance's jobs are taken over after at most the lock and two checks; jobs are safe to run twice. */
export interface TakeOver {
  readonly lockMs: number;
  readonly checkEveryMs: number;
}

const RECONNECT_MS = 1_000;
const defaultTakeOver: TakeOver = { lockMs: 10_000, checkEveryMs: 5_000 };

export interface WorkWorker {
  /** Takes nothing new and waits for what is under way. */
  close(): Promise<void>;
}

const LAST_RESORT_AFTER = 5;

export function startWorker(options: WorkerOptions): WorkWorker {
  const { lockMs, checkEveryMs } = options.takeOver ?? defaultTakeOver;
  const worker = new Worker<Work>(QUEUE_NAME, (job, token) => run(options, job, token), {
    connection: options.connection,
    prefix: options.prefix,
    concurrency: options.concurrency ?? 25,
    lockDuration: lockMs,
    stalledInterval: checkEveryMs,
    // Default: 15 s. Whoever presses right after Redis came back would wait that long.
    runRetryDelay: RECONNECT_MS,
    maxStalledCount: Number.MAX_SAFE_INTEGER,
    settings: { backoffStrategy: (attempts) => retryDelayMs(attempts, options.random) },
  });
  worker.on('error', (error) => options.log.warn('the queue is away', { error: error.name }));
  return { close: () => worker.close() };
}

async function run(options: WorkerOptions, job: Job<Work>, token: string | undefined): Promise<void> {
  const startedAt = options.now();
  const done = (outcome: 'done' | 'later' | 'failed') =>
    options.onDone?.(job.data.kind, outcome, options.now() - startedAt);
  try {
    await options.step?.(`job.${job.data.kind}.taken`);
    await options.carryOut(job.data, job.id ?? '');
    await options.step?.(`job.${job.data.kind}.carried_out`);
    done('done');
  } catch (error) {
    if (error instanceof RetryLater) {
      done('later');
      // In the queue's own time, whatever clock the services go by.
      const at = Date.now() + error.afterMs;
      if (isOvertaken(job, at)) return;
      await job.moveToDelayed(at, token);
      throw new DelayedError();
    }
    done('failed');
    options.log.error('a job failed and is tried again', {
      kind: job.data.kind,
      attempt: job.attemptsMade + 1,
      error: errorName(error),
    });
    if (job.attemptsMade + 1 === LAST_RESORT_AFTER) await tellSomebody(options, job.data);
    if (isOvertaken(job, Date.now())) return;
    throw error;
  }
}

/** A scheduler's next run takes over from one that could not be carried out in its interval, so that they never pile up. */
function isOvertaken({ opts, timestamp }: Job<Work>, at: number): boolean {
  const { repeat, delay = 0 }: JobSchedulerJobOptions = opts;
  return repeat?.every !== undefined && at >= timestamp + delay + repeat.every;
}

/** A failure in telling must not hide the failure that it is about. */
async function tellSomebody({ notifyStuckJob, log }: WorkerOptions, work: Work): Promise<void> {
  try {
    await notifyStuckJob(work);
  } catch (error) {
    log.error('the last resort failed too', {
      kind: work.kind,
      error: errorName(error),
    });
  }
}
