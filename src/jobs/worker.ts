import { type ConnectionOptions, DelayedError, type Job, type JobSchedulerJobOptions, Worker } from 'bullmq';
import { errorName, type StoreUnavailable } from '../domain/failures/failure.ts';
import type { Work } from '../domain/work.ts';
import type { Workspace } from '../presenters/workspace.ts';
import { type JobOutcome, type Log, retryAfter, type ServiceContext } from '../services/context.ts';
import { changeTakesLongText, decisionTakesLongText, sentence } from '../views/notices.ts';
import { doneAt, keptWhenDone, QUEUE_NAME } from './queue.ts';

/** Its Slack client has long time-outs, since no one waits. */
export interface JobWorkspace extends Workspace {
  /** Deletes everything stored for the workspace, and its jobs. Left out where nothing may be deleted. */
  readonly erase?: () => Promise<void>;
}

interface WorkerOptions {
  readonly connection: ConnectionOptions;
  readonly prefix: string;
  readonly carryOut: (work: Work, jobId: string) => Promise<JobOutcome>;
  /** Called once for a job that keeps failing. */
  readonly notifyStuckJob: (work: Work) => Promise<void>;
  readonly log: Log;
  /** What a failure of the queue's connection was, without what it quotes. */
  readonly failureOf: (error: unknown) => StoreUnavailable;
  readonly now: () => number;
  readonly random: () => number;
  readonly concurrency?: number;
  readonly takeOver?: TakeOver;
  readonly step?: ServiceContext['step'];
  readonly onDone?: (kind: Work['kind'], outcome: 'done' | 'later' | 'failed', durationMs: number) => void;
}

/** A killed instance's jobs are taken over after at most the lock and two checks. */
export interface TakeOver {
  readonly lockMs: number;
  readonly checkEveryMs: number;
}

const RECONNECT_MS = 1_000;
const defaultTakeOver: TakeOver = { lockMs: 10_000, checkEveryMs: 5_000 };

export interface WorkWorker {
  /** Why Redis gives it no jobs. Null: it does, or is away. */
  refusal(): string | null;
  /** Takes no new jobs and waits for those under way. */
  close(): Promise<void>;
}

const MAX_BLOCK_SECONDS = 3;

/** BullMQ would wait for a job for up to ten seconds, and its connection could not be told from one that hangs. */
class SoonBackWorker extends Worker<Work> {
  override get maximumBlockTimeout(): number {
    return MAX_BLOCK_SECONDS;
  }
}

/** Failures in a row. */
const STUCK_AFTER = 5;

export function startWorker(options: WorkerOptions): WorkWorker {
  const { lockMs, checkEveryMs } = options.takeOver ?? defaultTakeOver;
  const worker = new SoonBackWorker(QUEUE_NAME, (job, token) => run(options, job, token), {
    connection: options.connection,
    prefix: options.prefix,
    concurrency: options.concurrency ?? 25,
    lockDuration: lockMs,
    stalledInterval: checkEveryMs,
    // BullMQ's default, 15 s, is how long a press right after Redis returned would wait.
    runRetryDelay: RECONNECT_MS,
    drainDelay: MAX_BLOCK_SECONDS,
    maxStalledCount: Number.MAX_SAFE_INTEGER,
    settings: { backoffStrategy: (attempts) => retryDelayMs(attempts, options.random) },
  });
  const backOff = createBackOff(worker);
  worker.on('error', (error) => {
    const { message, isRefused } = options.failureOf(error);
    if (!isRefused) options.log.warn('the queue has a problem', { problem: message });
    else if (backOff.begin(message)) options.log.warn('Redis refuses the queue', { problem: message });
  });
  return {
    refusal: backOff.reason,
    close: () => {
      backOff.stop();
      return worker.close();
    },
  };
}

const FIRST_BACK_OFF_MS = 1_000;
const MAX_BACK_OFF_MS = 10_000;

/** BullMQ asks a Redis that refuses (MOVED, NOPERM, READONLY, OOM) again at once, thousands of times a second. */
function createBackOff(worker: Worker<Work>) {
  let waitMs = 0;
  let reason: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const end = (): void => {
    void worker.resume();
    // Not refused again by then: it works.
    timer = setTimeout(() => {
      waitMs = 0;
      reason = null;
    }, FIRST_BACK_OFF_MS);
  };
  return {
    reason: () => reason,
    /** False: it waits already. */
    begin: (why: string): boolean => {
      if (worker.isPaused()) return false;
      clearTimeout(timer);
      reason = why;
      waitMs = Math.min(waitMs * 2 || FIRST_BACK_OFF_MS, MAX_BACK_OFF_MS);
      // Jobs under way go on.
      void worker.pause(true);
      timer = setTimeout(end, waitMs);
      return true;
    },
    stop: () => clearTimeout(timer),
  };
}

async function run(options: WorkerOptions, job: Job<Work>, token: string | undefined): Promise<string | undefined> {
  const { kind } = job.data;
  const startedAt = options.now();
  const report = (outcome: 'done' | 'later' | 'failed') => options.onDone?.(kind, outcome, options.now() - startedAt);
  let outcome: JobOutcome;
  try {
    await options.step?.(`job.${kind}.taken`);
    outcome = await options.carryOut(job.data, job.id ?? '');
    if (outcome.kind === 'done') await options.step?.(`job.${kind}.carried_out`);
  } catch (error) {
    report('failed');
    const attempt = job.attemptsMade + 1;
    options.log.error('a job failed and will be retried', { kind, attempt, error: errorName(error) });
    if (attempt === STUCK_AFTER) await tryNotifyStuckJob(options, job.data);
    if (isOvertaken(job, Date.now())) return undefined;
    throw error;
  }
  report(outcome.kind);
  if (outcome.kind === 'done') {
    job.opts.removeOnComplete = keptWhenDone;
    return doneAt(options.now());
  }
  // BullMQ goes by real time, whatever clock the services use.
  const at = Date.now() + outcome.afterMs;
  if (isOvertaken(job, at)) return undefined;
  await job.moveToDelayed(at, token);
  throw new DelayedError();
}

const FIRST_RETRY_MS = 1000;
const MAX_RETRY_MS = 5 * 60 * 1000;

/** Doubles up to five minutes, less up to a fifth at random so that jobs spread out. `attempt` counts from 1. */
function retryDelayMs(attempt: number, random: () => number): number {
  const full = Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempt - 1, 20), MAX_RETRY_MS);
  return Math.round(full * (1 - random() / 5));
}

/** A recurring job that could not run within its interval gives way to the next run, so that runs never pile up. */
function isOvertaken({ opts, timestamp }: Job<Work>, at: number): boolean {
  const { repeat, delay = 0 }: JobSchedulerJobOptions = opts;
  return repeat?.every !== undefined && at >= timestamp + delay + repeat.every;
}

/** If this fails too, the job's own failure must still be reported. */
async function tryNotifyStuckJob({ notifyStuckJob, log }: WorkerOptions, work: Work): Promise<void> {
  try {
    await notifyStuckJob(work);
  } catch (error) {
    log.error('a stuck job could not be reported', {
      kind: work.kind,
      error: errorName(error),
    });
  }
}

const PARKED_MS = 30_000;

interface ParkOptions {
  /** Asks Slack whether it accepts the token again. */
  readonly recheckToken: () => void;
  readonly againMs?: number | undefined;
}

/** While Slack refuses the workspace's token, its jobs wait, except the one that may erase it. Null: nothing to wait for. */
export async function parkWhileStopped(
  work: Work,
  { context }: JobWorkspace,
  { recheckToken, againMs = PARKED_MS }: ParkOptions,
): Promise<JobOutcome | null> {
  if (work.kind === 'erase_workspace' || (await context.store.stop()) === null) return null;
  recheckToken();
  return retryAfter(againMs);
}

/**
 * Tells the people who wait for a job that keeps failing that it is late, and whether anything was ordered. The job is
 * still retried.
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
    case 'check_ending':
    case 'notify':
    case 'tell':
    case 'rebuild_request':
    case 'person_changed':
    case 'erase_workspace':
    case 'refresh_directory':
    case 'save_in_fleet':
    case 'follow_orders':
    case 'publish_home':
      // No one waits for these at a screen.
      context.log.error('a job keeps failing', { kind: work.kind });
      return;
    default:
      work satisfies never;
  }
}
