import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config.ts';
import { withTimeout } from '../domain/async.ts';
import type { SlackUserId, WorkspaceId } from '../domain/ids.ts';
import type { Work } from '../domain/work.ts';
import type { HandlerDeps, HandlerWorkspace } from '../handlers/listener.ts';
import { createWorkQueue, type WorkQueue } from '../jobs/queue.ts';
import { createRelay, type Relay } from '../jobs/relay.ts';
import { carryOut } from '../jobs/run.ts';
import { createSchedule, type Schedule } from '../jobs/schedule.ts';
import { type JobWorkspace, notifyStuckJob, parkWhileStopped, startWorker, type WorkWorker } from '../jobs/worker.ts';
import type { Workspace } from '../presenters/workspace.ts';
import { retryAfter } from '../services/context.ts';
import { resumeUnderNewKey } from '../services/settings/pause.ts';
import { chargeTo } from '../store/budget.ts';
import { QUEUE_PREFIX } from '../store/keys.ts';
import { unavailable } from '../store/redis.ts';
import { createApp, createEntrance, type SlackEntrance } from './app.ts';
import { type BackgroundWork, createBackgroundWork } from './background-work.ts';
import { type HttpRoutes, type RunningServer, startServer } from './http-server.ts';
import { createRedisProbe, type RedisProbe, warnAboutRedis } from './redis-health.ts';
import { type IdentityWatch, watchIdentity } from './token-watch.ts';
import {
  createInstalledWorkspace,
  eraseWorkspace,
  fleetKeyId,
  type InstalledWorkspace,
  type InstanceOptions,
  openParts,
  type Parts,
  resumeInstalledWorkspace,
} from './workspace.ts';

export interface Instance {
  readonly port: number;
  /** Work accepted and not done: waiting in the outboxes, queued or under way, without jobs delayed until later. */
  waitingWork(): Promise<number>;
  /**
   * Takes no new work, finishes or hands over what was accepted, and closes every connection. `drainMs`: says in
   * `/readyz` for so long that it will, while it still answers.
   */
  close(withinMs: number, drainMs?: number): Promise<void>;
}

/** A Redis that is away must not keep the process from answering. */
const FIRST_ROUND_MS = 3_000;

type Workspaces = Map<string, InstalledWorkspace>;

/** Starts the whole app from its configuration: production, the demo and the tests all start it this way. */
export async function startInstance(config: Config, options: InstanceOptions): Promise<Instance> {
  const parts = openParts(config, options);
  const { log, now } = parts;
  await parts.clock.compare();
  const { step, intervalsMs = {}, around = (workspace: InstalledWorkspace) => workspace } = options;
  const prefix = options.queuePrefix ?? QUEUE_PREFIX;
  const queue = createWorkQueue(parts.queueRedis, prefix, now);
  const workspaces: Workspaces = new Map();
  const relay = createRelay({
    outboxes: () => [...workspaces.values()].map((one) => one.context.store),
    queue,
    log: parts.quietLog,
    failureOf: unavailable,
    ...(step === undefined ? {} : { step }),
  });
  const { relaySoon } = relay;
  const background = createBackgroundWork(log);
  const schedule = createSchedule({ queue, relaySoon, log });
  const recheckToken = () => identity.recheck();

  const identity: IdentityWatch = await watchIdentity({
    webApi: parts.interactive,
    botToken: config.slack.botToken,
    log,
    onKnown: async ({ slackTeamId }) => {
      const known = workspaces.get(slackTeamId);
      if (known !== undefined) return resumeInstalledWorkspace(known, relaySoon);
      const workspaceParts = { ...parts, onTokenRefused: recheckToken };
      const workspace = around(createInstalledWorkspace(workspaceParts, slackTeamId as WorkspaceId));
      workspaces.set(slackTeamId, workspace);
      // Until then nothing may be written, not even that a pause is over.
      const resumed = resumeInstalledWorkspace(workspace, relaySoon);
      const resumedWithKey = resumed.then(() => resumeUnderNewKey(workspace.context, fleetKeyId(parts)));
      background.run('resume a workspace', resumedWithKey);
      schedule.keep(workspace.context);
    },
    retryMs: intervalsMs.tokenCheck,
  });
  const entrance = createEntrance(config, parts.logger);
  const handling = { relaySoon, inBackground: background.run, ownTurn: background.ownTurn, recheckToken };
  const deps: HandlerDeps = {
    workspace: (slackTeamId) => workspaceForHandlers(workspaces, slackTeamId, handling),
    respond: parts.respond,
    log,
  };
  createApp(entrance.receiver, identity.current, parts.logger, deps);
  const jobs = { parts, prefix, queue, workspaces, relay, recheckToken };
  // First: what a worker finishes makes the queue forget what the previous release did more than moments ago.
  await withTimeout(sleep, FIRST_ROUND_MS, relay.start());
  const worker = startJobs(jobs, options);
  await entrance.start();
  warnAboutRedis(parts);
  const probe = createRedisProbe(parts, {
    prefix,
    worker,
    workspaceIds: () => [...workspaces.keys()] as WorkspaceId[],
  });
  const server = await serve({ config, parts, identity, entrance, probe, about: options.about });
  const running = { identity, schedule, server, entrance, worker, background, relay, queue, parts };
  return {
    port: server.port,
    waitingWork: async () => (await countOutboxes(workspaces)) + (await queue.underWay()),
    close: async (withinMs, drainMs = 0) => {
      server.drain();
      if (drainMs > 0) await sleep(drainMs);
      await shutDown(running, withinMs - drainMs);
    },
  };
}

function workspaceForHandlers(
  workspaces: Workspaces,
  slackTeamId: string,
  handling: Omit<HandlerWorkspace, keyof Workspace>,
): HandlerWorkspace | null {
  const workspace = workspaces.get(slackTeamId);
  return workspace === undefined ? null : { context: workspace.context, slack: workspace.forPeople, ...handling };
}

interface Jobs {
  readonly parts: Parts;
  readonly prefix: string;
  readonly queue: WorkQueue;
  readonly workspaces: Workspaces;
  readonly relay: Relay;
  readonly recheckToken: () => void;
}

function startJobs(
  { parts, prefix, queue, workspaces, relay, recheckToken }: Jobs,
  { takeOver, step, intervalsMs = {} }: InstanceOptions,
): WorkWorker {
  const { queueRedis: connection, quietLog: log, now, random, metrics } = parts;
  return startWorker({
    connection,
    prefix,
    log,
    failureOf: unavailable,
    now,
    random,
    carryOut: async (work, jobId) => {
      const workspace = workspaceForJobs(workspaces, work.tenant);
      // At start, jobs can arrive before Slack has confirmed the token. That is not a failure.
      if (workspace === null) return retryAfter(UNKNOWN_WORKSPACE_RETRY_MS);
      const againMs = intervalsMs.stoppedWorkspace;
      const parked = await parkWhileStopped(work, workspace, { recheckToken, againMs });
      const erase = () => eraseWorkspace(parts, queue, work.tenant);
      // What the job asks for (cards, messages) is queued now, not in the next round.
      if (parked !== null) return parked;
      const carriedOut = chargeTo(accountOf(work), () => carryOut(work, { ...workspace, erase }, jobId));
      const outcome = await carriedOut.finally(relay.relaySoon);
      if (outcome.kind === 'done') relay.done(workspace.context.store, jobId);
      return outcome;
    },
    notifyStuckJob: async (work) => {
      const workspace = workspaceForJobs(workspaces, work.tenant);
      if (workspace !== null) await notifyStuckJob(work, workspace);
    },
    ...(takeOver === undefined ? {} : { takeOver }),
    ...(step === undefined ? {} : { step }),
    onDone: (kind, outcome, durationMs) => metrics.job({ kind, outcome }, durationMs),
  });
}

/** An accepted approval comes first; what a person queued counts as if they waited for it. */
function accountOf(work: Work): SlackUserId | 'signing' | null {
  if (work.kind === 'carry_out_approval' || work.kind === 'look_up_unconfirmed') return 'signing';
  if (work.kind === 'rebuild_request') return work.pressedBy;
  return 'slackUserId' in work ? work.slackUserId : null;
}

const UNKNOWN_WORKSPACE_RETRY_MS = 2_000;

function workspaceForJobs(workspaces: Workspaces, workspaceId: WorkspaceId): JobWorkspace | null {
  const workspace = workspaces.get(workspaceId);
  return workspace === undefined ? null : { context: workspace.context, slack: workspace.forJobs };
}

async function countOutboxes(workspaces: Workspaces): Promise<number> {
  const accepted = await Promise.all([...workspaces.values()].map((one) => one.context.store.outbox(0)));
  return accepted.flat().length;
}

interface Served {
  readonly config: Config;
  readonly parts: Parts;
  readonly identity: IdentityWatch;
  readonly entrance: SlackEntrance;
  readonly probe: RedisProbe;
  readonly about: InstanceOptions['about'];
}

function serve({ config, parts, identity, entrance, probe, about }: Served): Promise<RunningServer> {
  const routes: HttpRoutes = {
    slackEvents: entrance.requests,
    health: () => ({ alive: true, ...about }),
    notReady: async () => [
      ...(identity.current() === null ? ['Slack has not confirmed the bot token'] : []),
      ...(await probe()),
    ],
    metrics: parts.metrics.render,
  };
  return startServer(routes, config.http);
}

interface Running {
  readonly identity: IdentityWatch;
  readonly schedule: Schedule;
  readonly server: RunningServer;
  readonly entrance: SlackEntrance;
  readonly worker: WorkWorker;
  readonly background: BackgroundWork;
  readonly relay: Relay;
  readonly queue: WorkQueue;
  readonly parts: Parts;
}

/**
 * Takes nothing new, finishes what it can in time and leaves the rest to other instances. Each step has its share of the
 * time, whatever doesn't answer: accepted work is in Redis, so stopping is never worse than a crash.
 */
async function shutDown(running: Running, withinMs: number): Promise<void> {
  const { identity, schedule, server, entrance, background, relay, queue, parts } = running;
  identity.stop();
  schedule.stop();
  await Promise.all([
    server.close(withinMs / 4),
    withTimeout(sleep, withinMs / 4, entrance.stop()),
    closeWorker(running, withinMs / 2),
  ]);
  await withTimeout(sleep, withinMs / 8, background.settle());
  // Last, so that work accepted by the final answers and jobs is still handed to the other instances.
  await withTimeout(sleep, withinMs / 8, relay.stop());
  await withTimeout(sleep, withinMs / 8, queue.close());
  parts.close();
}

async function closeWorker({ worker, parts }: Running, withinMs: number): Promise<void> {
  const closed = await withTimeout(sleep, withinMs, worker.close());
  // `close(true)` would wait for the `close` above. When the process ends, its locks expire and another takes over.
  if (closed === null) parts.log.info('running jobs are left to other instances');
}
