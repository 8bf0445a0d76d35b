import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { Config } from './config.ts';
import type { TenantId } from './domain/ids.ts';
import { createFleetClient } from './fleet/client.ts';
import type { Fetch } from './fleet/http.ts';
import type { FleetTimeouts } from './fleet/settings.ts';
import type { Metrics } from './http/metrics.ts';
import type { Seal } from './seal/seal.ts';
import { watchFleet } from './services/admin/watch-fleet.ts';
import type { Log, Looked, ServiceContext, SlackPeople } from './services/context.ts';
import { createSlack } from './slack/create-slack.ts';
import type { Slack, SlackResult } from './slack/slack.ts';
import { createFleetBudget } from './store/budget.ts';
import { createTenantStore } from './store/create-tenant-store.ts';
import type { RedisClient } from './store/link.ts';

/** One workspace with everything that its handlers and jobs need. */
export interface Company {
  readonly context: ServiceContext;
  readonly forPeople: Slack;
  readonly forJobs: Slack;
}

export interface CompanyParts {
  readonly config: Config;
  readonly redis: RedisClient;
  readonly seal: Seal;
  readonly fleetFetch: Fetch;
  readonly interactive: WebClient;
  readonly background: WebClient;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly now: () => number;
  readonly random: () => number;
  readonly newId: () => string;
  readonly onTokenRefused?: () => void;
  readonly step?: ServiceContext['step'];
  readonly fleetTimeoutsMs?: FleetTimeouts;
}

export function createCompany(parts: CompanyParts, tenant: TenantId): Company {
  const { config, redis, seal, log, now, onTokenRefused = () => {} } = parts;
  const forPeople = createSlack(parts.interactive, tenant, globalThis.fetch, onTokenRefused);
  const forJobs = createSlack(parts.background, tenant, globalThis.fetch, onTokenRefused);
  const store = createTenantStore({
    redis,
    tenant,
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
    budget: createFleetBudget(redis, tenant, { perMinute: config.fleet.requestsPerMinute }),
    onOddity: (message, fields) => log.warn(message, fields),
    onRequest: ({ operation, urgency, kind, durationMs }) =>
      parts.metrics.fleetRequest({ operation, urgency, outcome: kind }, durationMs),
    ...(parts.fleetTimeoutsMs === undefined ? {} : { timeoutsMs: parts.fleetTimeoutsMs }),
  });
  const fleet = watchFleet(client, { tenant, store, keyId: fleetKeyId(parts), now, log });
  const context: ServiceContext = {
    tenant,
    fleet,
    store,
    seal,
    slackPeople: peopleOf(forPeople),
    now,
    newId: parts.newId,
    log,
    sleep: (ms, value, options) => sleep(ms, value, { ...options, ref: false }),
    ...(config.pollEveryMs === null ? {} : { pollEveryMs: config.pollEveryMs }),
    ...(parts.step === undefined ? {} : { step: parts.step }),
  };
  return { context, forPeople, forJobs };
}

/** Which key it is, without saying it. */
export function fleetKeyId({ seal, config }: Pick<CompanyParts, 'seal' | 'config'>): string {
  return seal.blind('fleet-key', config.fleet.apiKey).slice(0, 24);
}

function peopleOf(slack: Slack): SlackPeople {
  return {
    profile: async (slackUserId) => lookedUp(await slack.profile(slackUserId)),
    profileByEmail: async (email) => lookedUp(await slack.profileByEmail(email)),
    groups: async () => lookedUp(await slack.groups()),
    groupMembers: async (group) => lookedUp(await slack.groupMembers(group)),
  };
}

function lookedUp<T>(result: SlackResult<T>): Looked<T> {
  if (result.ok) return result;
  const { failure } = result;
  if (failure.kind === 'rate_limited') return { ok: false, retryAfterMs: failure.retryAfterMs };
  return failure.kind === 'not_allowed' ? { ok: false, isRefused: true } : { ok: false };
}
