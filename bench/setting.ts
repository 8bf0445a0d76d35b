import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { acmeSlack } from '../sandbox/acme.ts';
import { aSeed, type SeedSize } from '../sandbox/fleet/seed/a-seed.ts';
import { type FleetStandIn, startFleet } from '../sandbox/fleet/start.ts';
import { type SlackPerson, type SlackWorkspace, startSlack } from '../sandbox/slack/start.ts';
import { type Gate, startGate } from '../test/support/gate.ts';
import { ENCRYPTION_KEYS } from '../test/support/keys.ts';
import startRedisServer from '../test/support/one-redis-a-run.ts';
import { type Server, startServer } from './process.ts';

/** The app as its own process between its stand-ins, which are in this one. */
export interface Setting {
  readonly slack: SlackWorkspace;
  readonly fleet: FleetStandIn;
  readonly app: Server;
  readonly redisUrl: string;
  readonly workspaceId: string;
  /** The environment of the app, for whoever stands in for it. */
  readonly env: Readonly<Record<string, string>>;
  /** How long each upstream's answers are held back. */
  readonly ways: Readonly<Record<'slack' | 'redis' | 'fleet', Gate>>;
  /** People of Fleet's company, also in Slack. */
  readonly staff: readonly SlackPerson[];
  close(): Promise<void>;
}

export interface SettingOptions extends SeedSize {
  readonly staff?: number;
  readonly fleetLatencyMs?: number;
  readonly requestsPerMinute?: number;
  /** Slack's answers can be held back. The app then can't answer by a `response_url`, which is of another address. */
  readonly holdsSlack?: true;
  /** Before the app starts. */
  readonly prepare?: (about: { readonly redisUrl: string; readonly workspaceId: string }) => Promise<void>;
}

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const FIRST_EMPLOYEE = 101;

export async function startSetting(options: SettingOptions = {}): Promise<Setting> {
  const { staff = 0, fleetLatencyMs = 0, requestsPerMinute = 1_000_000, holdsSlack, prepare, ...size } = options;
  const workspaceId = `T${randomBytes(8).toString('hex').toUpperCase()}`;
  const stopRedis = await startRedisServer();
  const redisUrl = process.env.REDIS_URL;
  if (redisUrl === undefined) throw new Error('the bench needs a redis-server on the PATH, or REDIS_URL');
  const seed = acmeSlack(workspaceId);
  const employees = Array.from({ length: staff }, (_, index) => employee(FIRST_EMPLOYEE + index));
  const slack = await startSlack({ seed: { ...seed, people: [...seed.people, ...employees] }, journalLimit: 200_000 });
  const users = Math.max(size.users ?? 60, FIRST_EMPLOYEE + staff);
  const fleet = await startFleet({
    seed: aSeed({ ...size, users }),
    requestsPerMinute: Number.POSITIVE_INFINITY,
    baseLatencyMs: fleetLatencyMs,
  });
  const ways = {
    slack: await startGate(slack.apiUrl),
    redis: await startGate(redisUrl),
    fleet: await startGate(fleet.url),
  };
  const env = {
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_API_URL: holdsSlack === true ? ways.slack.url : slack.apiUrl,
    FLEET_API_KEY: fleet.apiKey,
    FLEET_API_URL: ways.fleet.url,
    FLEET_REQUESTS_PER_MINUTE: String(requestsPerMinute),
    REDIS_URL: ways.redis.url,
    ENCRYPTION_KEYS,
    PORT: '0',
    HOST: '127.0.0.1',
    NODE_ENV: 'production',
  };
  await prepare?.({ redisUrl, workspaceId });
  const app = await startServer({ args: [main], env, readyPath: '/readyz' });
  slack.deliverTo(`http://127.0.0.1:${app.port}/slack/events`);
  await knowsEverybody(slack, employees.at(-1)?.id ?? 'U0ANNA');
  return {
    ...{ slack, fleet, app, redisUrl, workspaceId, env, ways },
    staff: employees.map(({ id }) => slack.person(id)),
    close: async () => {
      await app.stop();
      await Promise.all([slack.close(), fleet.close(), ...Object.values(ways).map((way) => way.close())]);
      await stopRedis?.();
    },
  };
}

function employee(number: number) {
  const about = { name: `person${number}`, realName: `Person${number} Staff${number}` };
  const where = { tz: 'Europe/Paris', locale: 'fr-FR' };
  return { id: `U0P${number}`, ...about, email: `person.${number}@acme.test`, ...where };
}

/** The directory is read once the last one has a form. A form that could not be filled is opened again. */
async function knowsEverybody(slack: SlackWorkspace, id: string): Promise<void> {
  const person = slack.person(id);
  for (let tries = 1; !person.modal()?.hasField('Product'); tries += 1) {
    await person.modal()?.closeAll();
    await person.command('/fleet order');
    const isFilled = () => person.modal()?.hasField('Product');
    await slack.until(isFilled, { what: 'the first form', timeoutMs: 20_000 }).catch((error: unknown) => {
      if (tries === 10) throw error;
    });
  }
  await person.modal()?.closeAll();
  await slack.quiet(200);
}
