/**
 * The whole thing for handler tests: the real app (one or several instances) over signed HTTP, the strict Slack and the
 * Fleet stand-in, on one Redis.
 *
 *   const world = await startWorld();               // or startWorld({ instances: 2, fleet: { baseLatencyMs: 5000 } })
 *   const anna = world.slack.person(people.anna);   // acts by visible label; see sandbox/slack/README.md
 *   await anna.command('/fleet order');
 *   await world.close();                            // fails the test when the app broke one of Slack's rules
 */
import { randomBytes } from 'node:crypto';
import { acmeSlack } from '../../sandbox/acme.ts';
import { type FleetOptions, type FleetStandIn, startFleet } from '../../sandbox/fleet/start.ts';
import { type SlackOptions, type SlackSeed, type SlackWorkspace, startSlack } from '../../sandbox/slack/start.ts';
import { type Instance, startInstance } from '../../src/app/start.ts';
import type { InstanceOptions } from '../../src/app/workspace.ts';
import { readConfig } from '../../src/config.ts';
import type { Log } from '../../src/services/context.ts';
import type { RedisClient } from '../../src/store/redis.ts';
import { ENCRYPTION_KEYS } from './keys.ts';
import { connectPatiently, REDIS_PATIENCE_MS, redisUrlForTests } from './redis-url.ts';

export { channels, people } from '../../sandbox/acme.ts';

/** What is typed into a list is answered later on a busy machine. Tests about a slow search keep production's time-out. */
const SEARCH_PATIENCE_MS = 10_000;

interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface World {
  readonly slack: SlackWorkspace;
  readonly fleet: FleetStandIn;
  readonly redisUrl: string;
  /** The test's own connection beside the app's, opened at first use and closed with the world. */
  redis(): RedisClient;
  readonly workspaceId: string;
  readonly instances: readonly Instance[];
  /** Everything that the app logged: tests search it for what must not be there. */
  readonly logged: readonly LogLine[];
  /** Starts one more instance on the same Redis; Slack delivers to all in turn. */
  addInstance(options?: Partial<InstanceOptions>): Promise<Instance>;
  /** Ends them (as SIGTERM does) and starts as many anew. */
  restart(): Promise<void>;
  /** Of every delivery so far, option look-ups included. */
  slowestAckMs(): number;
  /** Nothing is queued or under way, and nothing was exchanged for a moment. */
  quiet(): Promise<void>;
  close(options?: { readonly violations?: 'expected' }): Promise<void>;
}

export interface WorldOptions {
  /** One that is written down, such as in a fixture; a new one otherwise. */
  readonly workspaceId?: string;
  readonly instances?: number;
  readonly slack?: Omit<SlackOptions, 'seed'>;
  readonly slackSeed?: (seed: SlackSeed) => SlackSeed;
  readonly fleet?: FleetOptions;
  readonly env?: Readonly<Record<string, string>>;
  readonly instance?: Partial<InstanceOptions>;
  /** Wait until everybody can be matched; on by default. */
  readonly directory?: boolean;
  /** How long to wait for that; 10 s by default. */
  readonly patience?: number;
}

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const redisUrl = options.env?.REDIS_URL ?? (await redisUrlForTests());
  const workspaceId = options.workspaceId ?? `T${randomBytes(8).toString('hex').toUpperCase()}`;
  const seed = (options.slackSeed ?? ((one: SlackSeed) => one))(acmeSlack(workspaceId));
  const slack = await startSlack({ searchTimeoutMs: SEARCH_PATIENCE_MS + 5_000, ...options.slack, seed });
  const fleet = await startFleet({ requestsPerMinute: Number.POSITIVE_INFINITY, ...options.fleet });
  const config = readConfig({
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_API_URL: slack.apiUrl,
    FLEET_API_KEY: fleet.apiKey,
    FLEET_API_URL: fleet.url,
    FLEET_REQUESTS_PER_MINUTE: '100000',
    REDIS_URL: redisUrl,
    ENCRYPTION_KEYS,
    PORT: '0',
    HOST: '127.0.0.1',
    ...options.env,
  });
  const logged: LogLine[] = [];
  const instances: Instance[] = [];
  const start = async (more: Partial<InstanceOptions> = {}): Promise<Instance> => {
    const instance = await startInstance(config, {
      log: collect(logged),
      queuePrefix: `{fleet-slack:test:${workspaceId}}`,
      redisTimeoutMs: REDIS_PATIENCE_MS,
      searchTimeoutMs: SEARCH_PATIENCE_MS,
      ...options.instance,
      ...more,
    });
    instances.push(instance);
    slack.deliverTo(instances.map(({ port }) => `http://127.0.0.1:${port}/slack/events`));
    return instance;
  };
  for (let count = options.instances ?? 1; count > 0; count -= 1) await start();
  if (options.directory !== false)
    await until(() => logged.some(({ message }) => message === 'the directory is complete'), options.patience);
  let redis: RedisClient | undefined;
  const closeAll = async () => {
    await Promise.all(instances.splice(0).map((one) => one.close(2_000)));
  };
  return {
    slack,
    fleet,
    redisUrl,
    redis: () => {
      redis ??= connectPatiently(redisUrl);
      return redis;
    },
    workspaceId,
    instances,
    logged,
    addInstance: start,
    restart: async () => {
      const count = instances.length;
      await closeAll();
      for (let left = count; left > 0; left -= 1) await start();
    },
    slowestAckMs: () =>
      slack.journal.entries({ direction: 'to_app' }).reduce((most, { ms }) => (ms > most ? ms : most), 0),
    quiet: async () => {
      await until(async () => (await Promise.all(instances.map((one) => one.waitingWork()))).every((n) => n === 0));
      await slack.quiet(120);
    },
    close: async ({ violations } = {}) => {
      await closeAll();
      redis?.disconnect();
      await Promise.all([slack.close(), fleet.close()]);
      const broken = slack.violations.breaches();
      if (violations === undefined && broken.length > 0)
        throw new Error(`the app broke rules of Slack:\n${JSON.stringify(broken, null, 2)}`);
    },
  };
}

export async function until(probe: () => boolean | Promise<boolean>, timeoutMs = 10_000): Promise<void> {
  const by = Date.now() + timeoutMs;
  while (!(await probe())) {
    if (Date.now() > by) throw new Error('what was waited for did not happen');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function collect(lines: LogLine[]): Log {
  const at =
    (level: LogLine['level']) =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}): void => {
      lines.push({ level, message, fields });
    };
  return { info: at('info'), warn: at('warn'), error: at('error') };
}
