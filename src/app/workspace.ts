import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@slack/bolt';
import type { Config } from '../config.ts';
import type { WorkspaceId } from '../domain/ids.ts';
import { createFleetClient } from '../fleet/client.ts';
import { createKeepAliveFetch, type Fetch } from '../fleet/http.ts';
import type { FleetTimeouts } from '../fleet/settings.ts';
import type { WorkQueue } from '../jobs/queue.ts';
import type { TakeOver } from '../jobs/worker.ts';
import type { Log, LookedUp, ServiceContext, SlackPeople } from '../services/context.ts';
import { askForRefresh } from '../services/people/directory.ts';
import { resumeWorkspace } from '../services/settings/pause.ts';
import { createSlack } from '../slack/client.ts';
import { createRespond } from '../slack/respond.ts';
import type { Slack, SlackResult } from '../slack/slack.ts';
import { createSlackAgent, createWebApi, type WebApi } from '../slack/web-api.ts';
import { createFleetBudget } from '../store/budget.ts';
import { connectRedis } from '../store/connection.ts';
import { parseEncryptionKeys } from '../store/key-ring.ts';
import type { RedisClient } from '../store/redis.ts';
import { createSeal, type Seal } from '../store/seal.ts';
import { createWorkspaceStore } from '../store/store.ts';
import { eraseWorkspaceRecords } from '../store/workspace.ts';
import { watchFleet } from './key-watch.ts';
import { boltLogger, withoutRepeats } from './logging.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { createSharedClock, type SharedClock } from './shared-clock.ts';

export interface InstanceOptions {
  readonly log: Log;
  /** Replaces the time that all instances share, which is Redis's. */
  readonly now?: () => number;
  /** Replaces this machine's clock. */
  readonly machineClock?: () => number;
  readonly random?: () => number;
  /** Called at named points between two awaits: a crash suite ends the process there. */
  readonly step?: ServiceContext['step'];
  /** Wraps each workspace, so that a crash suite can stop before and after every call. */
  readonly around?: (workspace: InstalledWorkspace) => InstalledWorkspace;
  /** How soon a dead instance's jobs are taken over. */
  readonly takeOver?: TakeOver;
  /** Apps that share a Redis, as in tests, need one each. */
  readonly queuePrefix?: string;
  /** Replaces production's time-outs for Fleet. */
  readonly fleetTimeoutsMs?: FleetTimeouts;
  /** Replaces production's time-out for a Redis command. */
  readonly redisTimeoutMs?: number;
  /** Replaces production's time-out for what is typed into a list. */
  readonly searchTimeoutMs?: number;
  /** Replaces production's time-out for what an acknowledgement looks up. */
  readonly lookUpTimeoutMs?: number;
  /** Replaces production's intervals. */
  readonly intervalsMs?: Intervals;
  /** Added to `/healthz`, such as that the store is embedded. */
  readonly about?: Readonly<Record<string, string>>;
}

interface Intervals {
  /** Between two checks of the bot token. */
  readonly tokenCheck?: number;
  /** Between two attempts at the jobs of a workspace whose token Slack refuses. */
  readonly stoppedWorkspace?: number;
  /** Between two sweeps over the orders in Fleet. Overrides the configuration and the settings. */
  readonly statusPoll?: number;
}

/** What a process opens once, for all of its workspaces. */
export interface Parts extends WorkspaceParts {
  readonly queueRedis: RedisClient;
  readonly clock: SharedClock;
  readonly logger: Logger;
  /** For what may fail many times a second. */
  readonly quietLog: Log;
  close(): void;
}

export function openParts(config: Config, options: InstanceOptions): Parts {
  const {
    log,
    random = Math.random,
    step,
    fleetTimeoutsMs,
    redisTimeoutMs,
    searchTimeoutMs,
    lookUpTimeoutMs,
    intervalsMs = {},
  } = options;
  const quietLog = withoutRepeats(log);
  // Anyone can make Bolt warn, with an unsigned request.
  const logger = boltLogger(quietLog);
  const onError = (problem: string) => quietLog.warn('the connection to Redis has a problem', { problem });
  const limit = redisTimeoutMs === undefined ? {} : { commandTimeoutMs: redisTimeoutMs };
  const redis = connectRedis(config.redisUrl, 'commands', { onError, ...limit });
  const queueRedis = connectRedis(config.redisUrl, 'queue', { onError });
  const clock = clockOf(options, redis);
  const fleetHttp = createKeepAliveFetch();
  const agent = createSlackAgent();
  const webApi = { agent, token: config.slack.botToken, slackApiUrl: config.slack.apiUrl };
  return {
    config: { ...config, pollEveryMs: intervalsMs.statusPoll ?? config.pollEveryMs },
    redis,
    queueRedis,
    seal: createSeal(parseEncryptionKeys(config.encryptionKeys)),
    fleetFetch: fleetHttp.fetch,
    // A person waits: an answer after Slack's three seconds is useless.
    interactive: createWebApi({ ...webApi, timeoutMs: 2_000 }),
    // The queue retries, not the client: resending a `chat.postMessage` that timed out can post twice.
    background: createWebApi({ ...webApi, timeoutMs: 10_000 }),
    respond: createRespond(agent, config.slack.apiUrl),
    metrics: createMetrics(),
    log,
    quietLog,
    logger,
    clock,
    now: clock.now,
    random,
    newId,
    ...(step === undefined ? {} : { step }),
    ...(fleetTimeoutsMs === undefined ? {} : { fleetTimeoutsMs }),
    ...(searchTimeoutMs === undefined ? {} : { searchTimeoutMs }),
    ...(lookUpTimeoutMs === undefined ? {} : { lookUpTimeoutMs }),
    close: () => {
      clock.stop();
      redis.disconnect();
      queueRedis.disconnect();
      fleetHttp.close();
      void agent.destroy();
    },
  };
}

function clockOf({ now, machineClock, log }: InstanceOptions, redis: RedisClient): SharedClock {
  if (now !== undefined) return { now, compare: async () => {}, stop: () => {} };
  return createSharedClock({ redis, log, ...(machineClock === undefined ? {} : { machineClock }) });
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** 20 letters and digits, each equally likely. */
function newId(): string {
  return Array.from({ length: 20 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}

/** A workspace that this process serves, with everything its handlers and jobs need. */
export interface InstalledWorkspace {
  readonly context: ServiceContext;
  /** With short time-outs: a person is waiting. */
  readonly forPeople: Slack;
  readonly forJobs: Slack;
}

interface WorkspaceParts {
  readonly config: Config;
  readonly redis: RedisClient;
  readonly seal: Seal;
  readonly fleetFetch: Fetch;
  readonly interactive: WebApi;
  readonly background: WebApi;
  readonly respond: Slack['respond'];
  readonly metrics: Metrics;
  readonly log: Log;
  readonly now: () => number;
  readonly random: () => number;
  readonly newId: () => string;
  readonly onTokenRefused?: () => void;
  readonly step?: ServiceContext['step'];
  readonly fleetTimeoutsMs?: FleetTimeouts;
  readonly searchTimeoutMs?: number;
  readonly lookUpTimeoutMs?: number;
}

export function createInstalledWorkspace(parts: WorkspaceParts, workspaceId: WorkspaceId): InstalledWorkspace {
  const { config, redis, seal, log, now, onTokenRefused = () => {} } = parts;
  const forPeople = createSlack(parts.interactive, workspaceId, parts.respond, onTokenRefused);
  const forJobs = createSlack(parts.background, workspaceId, parts.respond, onTokenRefused);
  const store = createWorkspaceStore({
    redis,
    workspaceId,
    seal,
    now,
    onUnreadable: (what) => log.warn('a stored record could not be read', { ...what }),
  });
  const client = createFleetClient({
    baseUrl: config.fleet.baseUrl,
    apiKey: config.fleet.apiKey,
    fetch: parts.fleetFetch,
    sleep: (ms) => sleep(ms),
    now,
    random: parts.random,
    budget: createFleetBudget(redis, workspaceId, { perMinute: config.fleet.requestsPerMinute }),
    onOddity: (message, fields) => log.warn(message, fields),
    onRequest: ({ operation, urgency, kind, durationMs }) =>
      parts.metrics.fleetRequest({ operation, urgency, outcome: kind }, durationMs),
    ...(parts.fleetTimeoutsMs === undefined ? {} : { timeoutsMs: parts.fleetTimeoutsMs }),
  });
  const fleet = watchFleet(client, { workspaceId, store, keyId: fleetKeyId(parts), now, log });
  const context: ServiceContext = {
    workspaceId,
    fleet,
    store,
    seal,
    slackPeople: peopleOf(forPeople),
    now,
    newId: parts.newId,
    log,
    sleep: sleepAside,
    ...(config.pollEveryMs === null ? {} : { pollEveryMs: config.pollEveryMs }),
    ...(parts.searchTimeoutMs === undefined ? {} : { searchTimeoutMs: parts.searchTimeoutMs }),
    ...(parts.lookUpTimeoutMs === undefined ? {} : { lookUpTimeoutMs: parts.lookUpTimeoutMs }),
    ...(parts.step === undefined ? {} : { step: parts.step }),
  };
  return { context, forPeople, forJobs };
}

/** Doesn't keep the process. An abort only ends it: an error for each time-out that isn't needed is costly. */
function sleepAside(ms: number, _value?: undefined, { signal }: { signal?: AbortSignal } = {}): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms).unref();
    const end = (): void => {
      clearTimeout(timer);
      resolve();
    };
    signal?.addEventListener('abort', end, { once: true });
  });
}

/** Tells keys apart without revealing them. */
export function fleetKeyId({ seal, config }: Pick<WorkspaceParts, 'seal' | 'config'>): string {
  return seal.blind('fleet-key', config.fleet.apiKey).slice(0, 24);
}

function peopleOf(slack: Slack): SlackPeople {
  return {
    profile: async (slackUserId) => toLookUp(await slack.profile(slackUserId)),
    profileByEmail: async (email) => toLookUp(await slack.profileByEmail(email)),
    groups: async () => toLookUp(await slack.groups()),
    groupMembers: async (group) => toLookUp(await slack.groupMembers(group)),
  };
}

function toLookUp<T>(result: SlackResult<T>): LookedUp<T> {
  if (result.ok) return result;
  const { failure } = result;
  if (failure.kind === 'rate_limited') return { ok: false, retryAfterMs: failure.retryAfterMs };
  return failure.kind === 'not_allowed' ? { ok: false, isRefused: true } : { ok: false };
}

/** Slack accepts the token again: parked jobs resume, and erased people are read again. */
export async function resumeInstalledWorkspace({ context }: InstalledWorkspace, relaySoon: () => void): Promise<void> {
  await resumeWorkspace(context);
  await askForRefresh(context);
  relaySoon();
}

/** Deletes the workspace's jobs first, so that none of them finds half of its records. */
export async function eraseWorkspace({ redis }: Parts, queue: WorkQueue, workspaceId: WorkspaceId): Promise<void> {
  await queue.cancel(workspaceId);
  await eraseWorkspaceRecords(redis, workspaceId);
}
