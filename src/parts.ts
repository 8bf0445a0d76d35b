import { randomInt } from 'node:crypto';
import type { Logger } from '@slack/bolt';
import type { Company, CompanyParts } from './company.ts';
import type { Config } from './config.ts';
import { createKeepAliveFetch } from './fleet/http.ts';
import type { FleetTimeouts } from './fleet/settings.ts';
import { createMetrics } from './http/metrics.ts';
import type { TakeOver } from './jobs/worker.ts';
import { boltLogger } from './logging.ts';
import { createSeal } from './seal/create-seal.ts';
import { parseEncryptionKeys } from './seal/encryption-keys.ts';
import type { Log, ServiceContext } from './services/context.ts';
import { backgroundClient, interactiveClient } from './slack/clients.ts';
import { connectRedis } from './store/connect.ts';
import type { RedisClient } from './store/link.ts';

export interface InstanceOptions {
  readonly log: Log;
  readonly now?: () => number;
  readonly random?: () => number;
  /** Named points between two awaits: a crash suite ends the process there. */
  readonly step?: ServiceContext['step'];
  /** Wraps what each workspace works with, so that a crash suite can stop before and after every call. */
  readonly around?: (company: Company) => Company;
  /** How soon a dead instance's jobs are taken over. */
  readonly takeOver?: TakeOver;
  /** Several apps on one Redis, as tests are, take one each. */
  readonly queuePrefix?: string;
  /** How long Fleet is waited for, where it is not what production waits. */
  readonly fleetTimeoutsMs?: FleetTimeouts;
  /** How soon it tries again or looks again, where it is not as soon as production. */
  readonly intervalsMs?: Intervals;
  /** Said by `/healthz`, such as that the store is embedded. */
  readonly about?: Readonly<Record<string, string>>;
}

export interface Intervals {
  /** Slack is asked again whose token this is. */
  readonly tokenCheck?: number;
  /** Jobs of a workspace whose token Slack refuses are tried again. */
  readonly stoppedWorkspace?: number;
  /** Fleet is asked for the statuses of open orders; overrides the configuration and the settings. */
  readonly statusPoll?: number;
}

/** What one process opens once, for all of its workspaces. */
export interface Parts extends CompanyParts {
  readonly queueRedis: RedisClient;
  readonly logger: Logger;
  redisAnswers(): Promise<boolean>;
  close(): void;
}

export function openParts(config: Config, options: InstanceOptions): Parts {
  const { log, now = Date.now, random = Math.random, step, fleetTimeoutsMs, intervalsMs = {} } = options;
  const logger = boltLogger(log);
  const onError = (problem: string) => log.warn('the connection to Redis has a problem', { problem });
  const redis = connectRedis(config.redisUrl, 'commands', { onError });
  const queueRedis = connectRedis(config.redisUrl, 'queue', { onError });
  const fleetHttp = createKeepAliveFetch();
  const clientOptions = { token: config.slack.botToken, slackApiUrl: config.slack.apiUrl, logger };
  return {
    config: { ...config, pollEveryMs: intervalsMs.statusPoll ?? config.pollEveryMs },
    redis,
    queueRedis,
    seal: createSeal(parseEncryptionKeys(config.encryptionKeys)),
    fleetFetch: fleetHttp.fetch,
    interactive: interactiveClient(clientOptions),
    background: backgroundClient(clientOptions),
    metrics: createMetrics(),
    log,
    logger,
    now,
    random,
    newId,
    ...(step === undefined ? {} : { step }),
    ...(fleetTimeoutsMs === undefined ? {} : { fleetTimeoutsMs }),
    redisAnswers: async () => {
      try {
        return (await redis.ping()) === 'PONG';
      } catch {
        return false;
      }
    },
    close: () => {
      redis.disconnect();
      queueRedis.disconnect();
      fleetHttp.close();
    },
  };
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** 20 letters and digits, each equally likely. */
function newId(): string {
  return Array.from({ length: 20 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}
