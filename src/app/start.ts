import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config.ts';
import { withTimeout } from '../domain/async.ts';
import type { WorkspaceId } from '../domain/ids.ts';
import type { HandlerDeps } from '../handlers/listener.ts';
import { createWorkQueue, type WorkQueue } from '../jobs/queue.ts';
import { createRelay, type Relay } from '../jobs/relay.ts';
import { carryOut } from '../jobs/run.ts';
import { createSchedule, type Schedule } from '../jobs/schedule.ts';
import {
  type JobWorkspace,
  notifyStuckJob,
  parkWhileStopped,
  RetryLater,
  startWorker,
  type WorkWorker,
} from '../jobs/worker.ts';
import { resumeUnderNewKey } from '../services/settings/fleet-key.ts';
import { QUEUE_PREFIX } from '../store/keys.ts';
import { createApp, createEntrance, type SlackEntrance } from './app.ts';
import { type BackgroundWork, createBackgroundWork } from './background-work.ts';
import { type HttpRoutes, type RunningServer, startServer } from './http-server.ts';
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
 * Takes nothing new, finishes what it can in time and leaves the rest to other instances. No step waits for longer than
 * its share, whatever is away: what was accepted is in Redis, and going is never worse than a crash.
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
  // Last: what the answers and the jobs of a moment ago have accepted goes to whoever is alive.
  await withTimeout(sleep, withinMs / 8, relay.stop());
  await withTimeout(sleep, withinMs / 8, queue.close());
  parts.close();
}

async function closeWorker({ worker, parts }: Running, withinMs: number): Promise<void> {
  const closed = await withTimeout(sleep, withinMs, worker.close());
  // `close(true)` would wait for the `close` above. The process ends, the locks run out, another instance takes over.
  if (closed === null) parts.log.info('jobs under way are left to other instances');
}

export interface Instance {
  readonly port: number;
  /** Jobs queued or under way now, without those that wait for their time; and what is accepted and not yet queued. */
  waitingWork(): Promise<number>;
  /** Takes no new work, finishes or hands over what was accepted, and closes every connection. */
  close(withinMs: number): Promise<void>;
}

/** The whole app from its configuration: production, the demo and the tests start it in the same way. */
export async function startInstance(config: Config, options: InstanceOptions): Promise<Instance> {
  const parts = openParts(config, options);
  const { log, now, random, metrics } = parts;
  const prefix = options.queuePrefix ?? QUEUE_PREFIX;
  const queue = createWorkQueue(parts.queueRedis, prefix, now);
  const workspaces = new Map<string, InstalledWorkspace>();
  const { step, takeOver, intervalsMs = {}, around = (workspace: InstalledWorkspace) => workspace } = options;
  const relay = createRelay({
    outboxes: () => [...workspaces.values()].map((one) => one.context.store),
    queue,
    log,
    ...(step === undefined ? {} : { step }),
  });
  const background = createBackgroundWork(log);
  const schedule = createSchedule({ queue, relaySoon: relay.relaySoon, log });
  const recheckToken = () => identity.recheck();
  const deps: HandlerDeps = {
    workspace: (slackTeamId) => {
      const { context, forPeople: slack } = workspaces.get(slackTeamId) ?? {};
      if (context === undefined || slack === undefined) return null;
      return { context, slack, relaySoon: relay.relaySoon, inBackground: background.run, recheckToken };
    },
    log,
  };

  const identity: IdentityWatch = await watchIdentity({
    client: parts.interactive,
    botToken: config.slack.botToken,
    log,
    onKnown: async ({ slackTeamId }) => {
      const known = workspaces.get(slackTeamId);
      if (known !== undefined) return resumeInstalledWorkspace(known, relay.relaySoon);
      const workspace = around(
        createInstalledWorkspace({ ...parts, onTokenRefused: recheckToken }, slackTeamId as WorkspaceId),
      );
      workspaces.set(slackTeamId, workspace);
      background.run('resume under a new key', resumeUnderNewKey(workspace.context, fleetKeyId(parts)));
      background.run('resume a workspace', resumeInstalledWorkspace(workspace, relay.relaySoon));
      schedule.keep(workspace.context);
    },
    retryMs: intervalsMs.tokenCheck,
  });
  const entrance = createEntrance(config, parts.logger);
  createApp(entrance.receiver, identity.current, parts.logger, deps);
  const worker = startWorker({
    connection: parts.queueRedis,
    prefix,
    // What a job asks for (cards, messages) goes on at once, not at the next round.
    carryOut: async (work, jobId) => {
      const workspace = workspaceForJobs(workspaces, work.tenant);
      await parkWhileStopped(work, workspace, { recheckToken, againMs: intervalsMs.stoppedWorkspace });
      const erase = () => eraseWorkspace(parts, queue, work.tenant);
      await carryOut(work, { ...workspace, erase }, jobId).finally(relay.relaySoon);
    },
    notifyStuckJob: (work) => notifyStuckJob(work, workspaceForJobs(workspaces, work.tenant)),
    log,
    now,
    random,
    ...(takeOver === undefined ? {} : { takeOver }),
    ...(step === undefined ? {} : { step }),
    onDone: (kind, outcome, durationMs) => metrics.job({ kind, outcome }, durationMs),
  });
  relay.start();
  await entrance.start();
  const server = await serve({ config, parts, identity, entrance, about: options.about });
  const running = { identity, schedule, server, entrance, worker, background, relay, queue, parts };
  return {
    port: server.port,
    waitingWork: async () => (await acceptedWork(workspaces)) + (await queue.underWay()),
    close: (withinMs) => shutDown(running, withinMs),
  };
}

interface Served {
  readonly config: Config;
  readonly parts: Parts;
  readonly identity: IdentityWatch;
  readonly entrance: SlackEntrance;
  readonly about: InstanceOptions['about'];
}

function serve({ config, parts, identity, entrance, about }: Served): Promise<RunningServer> {
  const routes: HttpRoutes = {
    slackEvents: entrance.requests,
    health: () => ({ alive: true, ...about }),
    notReady: () => notReady(parts, identity),
    metrics: parts.metrics.render,
    now: parts.now,
  };
  return startServer(routes, config.http.port, config.http.host);
}

async function acceptedWork(workspaces: ReadonlyMap<string, InstalledWorkspace>): Promise<number> {
  const accepted = await Promise.all([...workspaces.values()].map((one) => one.context.store.outbox(0)));
  return accepted.flat().length;
}

async function notReady(parts: Parts, identity: IdentityWatch): Promise<readonly string[]> {
  return [
    ...(identity.current() === null ? ['Slack has not confirmed the bot token'] : []),
    ...((await parts.redisAnswers()) ? [] : ['Redis does not answer']),
  ];
}

const UNKNOWN_AGAIN_MS = 2_000;

function workspaceForJobs(workspaces: ReadonlyMap<string, InstalledWorkspace>, workspaceId: WorkspaceId): JobWorkspace {
  const workspace = workspaces.get(workspaceId);
  // At start, jobs may come before Slack has confirmed the token: that is no failure of theirs.
  if (workspace === undefined) throw new RetryLater(UNKNOWN_AGAIN_MS);
  return { context: workspace.context, slack: workspace.forJobs };
}
