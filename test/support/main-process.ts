import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { acmeSlack } from '../../sandbox/acme.ts';
import { type FleetStandIn, startFleet } from '../../sandbox/fleet/start.ts';
import { startRedis } from '../../sandbox/redis/start.ts';
import { type SlackWorkspace, startSlack } from '../../sandbox/slack/start.ts';
import { type Gate, startGate } from './gate.ts';
import { ENCRYPTION_KEYS } from './keys.ts';
import { type RunningProcess, startProcess } from './process.ts';
import { until } from './world.ts';

const path = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** `npm start` without the build: the process reads its environment and listens to signals, nothing else. */
export interface MainProcess extends RunningProcess<never, never> {
  readonly port: number;
  ready(): Promise<{ readonly status: number; readonly missing: readonly string[] }>;
}

/** Everything around the app, and the app as a process that can be stopped. */
export interface Surroundings {
  readonly slack: SlackWorkspace;
  readonly fleet: FleetStandIn;
  readonly redis: Gate;
  readonly redisUrl: string;
  readonly workspaceId: string;
  readonly env: Readonly<Record<string, string>>;
  start(more?: Readonly<Record<string, string>>): Promise<MainProcess>;
  close(): Promise<void>;
}

export async function startSurroundings(): Promise<Surroundings> {
  const own = await startRedis();
  const redis = await startGate(own.url);
  const workspaceId = `T${randomBytes(8).toString('hex').toUpperCase()}`;
  const slack = await startSlack({ seed: acmeSlack(workspaceId) });
  const fleet = await startFleet({ requestsPerMinute: Number.POSITIVE_INFINITY });
  const env = {
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_API_URL: slack.apiUrl,
    FLEET_API_KEY: fleet.apiKey,
    FLEET_API_URL: fleet.url,
    FLEET_REQUESTS_PER_MINUTE: '100000',
    REDIS_URL: redis.url,
    ENCRYPTION_KEYS,
    PORT: '0',
    HOST: '127.0.0.1',
  };
  const running = new Set<MainProcess>();
  const start = async (more: Readonly<Record<string, string>> = {}): Promise<MainProcess> => {
    const started = startProcess<never, never>(path, { env: { ...env, ...more } });
    const portOf = () => /"port":(\d+)/.exec(started.output())?.[1];
    await until(() => portOf() !== undefined || !started.isAlive(), 20_000);
    const port = Number(portOf());
    const ready = async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
      const { missing } = (await answer.json()) as { missing: readonly string[] };
      return { status: answer.status, missing };
    };
    slack.deliverTo(`http://127.0.0.1:${port}/slack/events`);
    const main = { ...started, port, ready };
    running.add(main);
    return main;
  };
  return {
    ...{ slack, fleet, redis, redisUrl: own.url, workspaceId, env, start },
    close: async () => {
      for (const main of running) main.kill();
      await Promise.all([...running].map((main) => main.ended));
      await Promise.all([slack.close(), fleet.close(), redis.close()]);
      await own.close();
    },
  };
}
