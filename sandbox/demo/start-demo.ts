import { randomBytes } from 'node:crypto';
import { acmeSlack } from '../acme.ts';
import type { FleetSeed } from '../fleet/model.ts';
import { aSeed } from '../fleet/seed/a-seed.ts';
import { type FleetStandIn, startFleet } from '../fleet/start.ts';
import { startRedis } from '../redis/start.ts';
import { type SlackWorkspace, startSlack } from '../slack/start.ts';
import { type AppControl, createAppControl } from './app-control.ts';
import { readAppFace } from './app-face.ts';
import { type Clock, createClock } from './clock.ts';
import { openDelayedWork } from './delayed-work.ts';
import { createExchanges } from './exchanges.ts';
import { freePort } from './free-port.ts';
import { listen, stop } from './listen.ts';
import { createLive } from './live.ts';
import { buildPage, livePage } from './page-files.ts';
import { panelAct } from './panel-acts.ts';
import { panelPicture } from './panel-picture.ts';
import { parts as castParts } from './parts.ts';
import { performAct } from './person-acts.ts';
import { pictureOf } from './picture.ts';
import { canBeReached } from './reach.ts';
import { createDemoServer } from './server.ts';
import { talk } from './small-talk.ts';
import { createTroubles } from './trouble.ts';

export interface DemoOptions {
  readonly port?: number;
  /** Replaces the embedded Redis. */
  readonly redisUrl?: string | undefined;
  /** `live`: vite serves the page from its sources, for working on it. */
  readonly page?: 'built' | 'live';
  readonly onLogLine?: (line: string) => void;
}

export interface Demo {
  readonly url: string;
  readonly store: 'embedded' | 'redis';
  readonly slack: SlackWorkspace;
  readonly fleet: FleetStandIn;
  readonly app: AppControl;
  readonly clock: Clock;
  close(): Promise<void>;
}

const LOG_KEPT = 60;

/** Everything on this machine: Redis, Slack, Fleet, the real app in its own process, and the page. */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const closers: (() => Promise<void> | void)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    return await startParts(options, closers, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function startParts(
  options: DemoOptions,
  closers: (() => Promise<void> | void)[],
  close: () => Promise<void>,
): Promise<Demo> {
  // By far the slowest part, so it runs while everything else starts.
  const page = part('the page', options.page === 'live' ? livePage() : buildPage());
  page.catch(() => {});
  const clock = createClock();
  const redis = options.redisUrl === undefined ? await part('the embedded Redis', startRedis()) : null;
  closers.push(() => redis?.close());
  const redisUrl = redis?.url ?? options.redisUrl ?? '';
  if (redis === null) await part('the Redis in REDIS_URL', canBeReached(redisUrl));
  const slack = await part('the Slack stand-in', startSlack({ seed: acmeSlack(), now: clock.now }));
  closers.push(slack.close);
  await talk(slack);
  const fleet = await part('the Fleet stand-in', startFleet({ now: clock.now, seed: believable(aSeed()) }));
  closers.push(fleet.close);

  const log: string[] = [];
  const appPort = await freePort();
  const app = createAppControl({
    env: appEnvironment({ slack, fleet, redisUrl, port: appPort, store: redis === null ? 'redis' : 'embedded' }),
    offsetMs: clock.offsetMs,
    onLine(line) {
      log.push(line);
      if (log.length > LOG_KEPT) log.shift();
      options.onLogLine?.(line);
      live.changed();
    },
    onChange: () => live.changed(),
  });
  const store = redis === null ? 'redis' : 'embedded';
  const face = readAppFace();
  const troubles = createTroubles(slack, fleet, () => live.changed());
  const live = createLive({
    picture: (userId) => pictureOf(slack.state.snapshot(), userId, face, clock.now()),
    panel: () => panelPicture({ slack, fleet, app, clock, troubles, store, log }),
    exchanges: createExchanges(slack, fleet, clock.now),
  });
  slack.subscribe(live.changed);
  fleet.subscribe(live.changed);
  slack.deliverTo(`http://127.0.0.1:${appPort}/slack/events`);
  closers.push(live.close, app.stop);
  await part('the app', app.start());
  const delayed = openDelayedWork(redisUrl);
  closers.push(delayed.close);
  clock.onMove(app.setClock);
  clock.onMove((_offset, stepMs) => delayed.bringNearer(stepMs));

  const files = await page;
  const server = createDemoServer({
    page: files,
    live,
    isPerson: (userId) => castParts[userId] !== undefined,
    act: (userId, act) => performAct(slack.person(userId), act),
    panelAct: (act) => panelAct(act, { slack, fleet, app, clock, troubles, changed: live.changed }),
  });
  const port = await part('the page server', listen(server, options.port ?? 0));
  closers.push(files.close, () => stop(server), live.close);
  return { url: `http://127.0.0.1:${port}`, store, slack, fleet, app, clock, close };
}

async function part<T>(name: string, starting: Promise<T>): Promise<T> {
  try {
    return await starting;
  } catch (error) {
    throw new Error(`${name} could not start: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

function appEnvironment(from: {
  slack: SlackWorkspace;
  fleet: FleetStandIn;
  redisUrl: string;
  port: number;
  store: string;
}): Record<string, string> {
  return {
    SLACK_SIGNING_SECRET: from.slack.signingSecret,
    SLACK_BOT_TOKEN: from.slack.botToken,
    SLACK_API_URL: from.slack.apiUrl,
    FLEET_API_KEY: from.fleet.apiKey,
    FLEET_API_URL: from.fleet.url,
    REDIS_URL: from.redisUrl,
    // New each time: nothing the demo stores outlives it.
    ENCRYPTION_KEYS: `demo:${randomBytes(32).toString('base64')}`,
    PORT: String(from.port),
    HOST: '127.0.0.1',
    LOG_LEVEL: 'info',
    DEMO_STORE: from.store,
  };
}

/** The tests need two people of one name; in a story, nobody would believe the second. */
function believable(seed: FleetSeed): FleetSeed {
  const names = new Set<string>();
  const users = seed.users.filter(({ first_name, last_name }) => {
    const name = `${first_name} ${last_name}`;
    const isNew = !names.has(name);
    names.add(name);
    return isNew;
  });
  return { ...seed, users };
}
