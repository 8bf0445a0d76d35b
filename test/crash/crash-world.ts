import { randomBytes } from 'node:crypto';
import { acmeSlack } from '../../sandbox/acme.ts';
import { type FleetStandIn, startFleet } from '../../sandbox/fleet/start.ts';
import { type SlackWorkspace, startSlack } from '../../sandbox/slack/start.ts';
import { ENCRYPTION_KEYS } from '../support/keys.ts';
import { type Durable, openDurable } from './durable.ts';
import { type Held, IN_FLIGHT, killInFlight, letGo } from './in-flight.ts';
import type { CutPoint, ToParent } from './messages.ts';
import { ownerless } from './owners.ts';
import { postedAndNotRecorded } from './posted-and-not-recorded.ts';
import type { AppProcess, Processes } from './processes.ts';

export interface CrashWorld {
  readonly slack: SlackWorkspace;
  readonly fleet: FleetStandIn;
  readonly durable: Durable;
  /** What must never be so, and was. */
  readonly problems: string[];
  /** Names of the cut points that were passed since the last `arm`. */
  readonly passed: readonly string[];
  readonly deaths: () => number;
  /** Whom a crash has cut off between a post and its record: the one thing that can come twice. */
  readonly mayComeTwice: readonly string[];
  isAlive(): boolean;
  /** The process dies at its next passing of this point; null: it lives on. */
  arm(at: CutPoint | null): Promise<void>;
  kill(): void;
  /** A call of a dead process is still under way inside Fleet: no time passes for us meanwhile. */
  isHeld(): boolean;
  /** Another instance, after the time in which the dead one's leases and locks run out; `at`: it dies too. */
  revive(at?: CutPoint | null): Promise<void>;
  /** The waits that jobs asked for are over. */
  endWaits(): Promise<void>;
  /** Nothing is accepted, queued, under way or waiting that somebody waits for: seen in one instant. */
  isQuiet(): Promise<boolean>;
  log(): readonly string[];
  close(): Promise<void>;
}

export async function startCrashWorld(processes: Processes, redisUrl: string): Promise<CrashWorld> {
  const workspaceId = `T${randomBytes(8).toString('hex').toUpperCase()}`;
  const queuePrefix = `{fleet-slack:crash:${workspaceId}}`;
  const slack = await startSlack({ seed: acmeSlack(workspaceId) });
  const fleet = await startFleet({ requestsPerMinute: Number.POSITIVE_INFINITY });
  const durable = openDurable(redisUrl, workspaceId, queuePrefix, ENCRYPTION_KEYS);
  const env = {
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
  };
  const problems: string[] = [];
  const passed: string[] = [];
  const lines: string[] = [];
  const mayComeTwice: string[] = [];
  let deaths = 0;
  let aheadMs = 0;
  let child: AppProcess;
  slack.subscribe(({ what }) => {
    if (what.startsWith('message') && fleet.orders().length === 0 && saysOrdered(slack))
      problems.push('a message says Ordered, and Fleet does not');
  });

  let held: Held | null = null;
  const arm = async (at: CutPoint | null): Promise<void> => {
    passed.length = 0;
    held?.cancel();
    held = null;
    if (at?.name.startsWith(IN_FLIGHT)) {
      held = killInFlight(fleet, at.name, () => child.kill());
      return;
    }
    child.send({ kind: 'arm', at });
    await child.next((message): message is Extract<ToParent, { kind: 'armed' }> => message.kind === 'armed');
  };
  const start = async (at: CutPoint | null): Promise<void> => {
    child = await processes.take();
    child.on((message) => {
      if (message.kind === 'step') passed.push(message.name);
      if (message.kind === 'log') lines.push(message.line);
    });
    if (at !== null) await arm(at);
    child.send({ kind: 'start', env, queuePrefix, clockAheadMs: aheadMs });
    try {
      const ready = await child.next((one): one is Extract<ToParent, { kind: 'ready' }> => one.kind === 'ready');
      slack.deliverTo(`http://127.0.0.1:${ready.port}/slack/events`);
    } catch (error) {
      // Armed, it may die before it listens: what was left to do is taken up at once.
      if (at === null) throw error;
    }
  };
  await start(null);
  const world: CrashWorld = {
    ...{ slack, fleet, durable, problems, passed, mayComeTwice },
    deaths: () => deaths,
    isAlive: () => child.isAlive(),
    arm,
    kill: () => child.kill(),
    isHeld: () => held?.isLate === true && !child.isAlive(),
    revive: async (at = null) => {
      await child.ended;
      deaths += 1;
      const late = held;
      held = null;
      problems.push(...(await ownerless(durable)));
      mayComeTwice.push(...(await postedAndNotRecorded(slack, durable)));
      await durable.forgetTheDead();
      await start(at);
      if (late !== null) await letGo(late);
    },
    isQuiet: () => durable.isQuiet(),
    endWaits: async () => {
      const waited = await durable.endWaits();
      if (waited === 0) return;
      aheadMs += waited;
      child.send({ kind: 'clock', aheadMs });
    },
    log: () => lines,
    close: async () => {
      child.kill();
      await child.ended;
      await durable.close();
      await Promise.all([slack.close(), fleet.close()]);
    },
  };
  return world;
}

function saysOrdered(slack: SlackWorkspace): boolean {
  return Object.values(slack.state.snapshot().messages).some((messages) =>
    messages.some((message) => /\bOrdered\b/.test(message.text) || /\bOrdered\b/.test(JSON.stringify(message.blocks))),
  );
}
