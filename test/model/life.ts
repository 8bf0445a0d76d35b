import { randomBytes } from 'node:crypto';
import { watchFleet } from '../../src/app/key-watch.ts';
import type { FleetOrderId, RequestId, SlackUserId } from '../../src/domain/ids.ts';
import type { SlackProfile } from '../../src/domain/people/people.ts';
import type { DeviceRequest } from '../../src/domain/request/request.ts';
import { defaultSettings } from '../../src/domain/settings/settings.ts';
import { createFleetClient } from '../../src/fleet/client.ts';
import type { JobWorkspace } from '../../src/jobs/worker.ts';
import { toOrderItems } from '../../src/services/cart/session.ts';
import type { ServiceContext } from '../../src/services/context.ts';
import { refreshDirectory } from '../../src/services/people/directory.ts';
import type { RedisClient } from '../../src/store/redis.ts';
import { createWorkspaceStore, type WorkspaceStore } from '../../src/store/store.ts';
import { aLine } from '../domain/a-line.ts';
import { anna, HOUR, SENT_AT } from '../domain/a-request.ts';
import { aSeal } from '../store/support/a-store.ts';
import { aWorkspaceId } from '../store/support/redis-for-tests.ts';
import { never } from '../support/never.ts';
import { fleetInProcess } from './fleet-in-process.ts';
import { createHold } from './hold.ts';
import { cast, emails, type Name, names } from './people.ts';
import { createQueue, Killed } from './queue.ts';
import { slackInProcess } from './slack-in-process.ts';

export const lines = [aLine(), aLine(), aLine({ fleetUserId: null, assigneeName: null })];

export type Life = Awaited<ReturnType<typeof startLife>>;

/** One life: two instances of the app on one Redis with Fleet and Slack in this process, and a clock that we move. */
export async function startLife(redis: RedisClient) {
  const [workspaceId, seal, clock] = [aWorkspaceId(), aSeal(), { now: SENT_AT }];
  const now = () => clock.now;
  const fleet = fleetInProcess(now);
  const slack = slackInProcess(workspaceId, fleet);
  const hold = createHold();
  const queue = createQueue(now, hold);
  const profiles = new Map<string, SlackProfile>(
    names.map((name) => [cast[name].slackUserId, profileOf(name, workspaceId)]),
  );
  /** Every revision of every request, in the order of their commits. */
  const history = new Map<string, DeviceRequest[]>();
  const observers: ((is: DeviceRequest, was: DeviceRequest | null) => void)[] = [];
  const seen = (is: DeviceRequest): void => {
    const before = history.get(is.id) ?? [];
    history.set(is.id, [...before, is]);
    for (const observe of observers) observe(is, before.at(-1) ?? null);
  };
  /** Where the process that runs the next job ends. */
  const cut: { point: string | null } = { point: null };
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const instance = (): JobWorkspace => {
    const store = watched(createWorkspaceStore({ redis, workspaceId, seal, now, onUnreadable: () => {} }), seen);
    const client = createFleetClient({
      ...{ baseUrl: fleet.url, apiKey: fleet.apiKey, fetch: fleet.fetch, random: () => 0.5, now },
      sleep: async () => {},
      budget: { take: async () => ({ ok: true }), pause: async () => {} },
      timeoutsMs: { read: 4, write: 4 },
      waitBoundsMs: { person: 0, background: 0, refresh: 0 },
    });
    const context: ServiceContext = {
      ...{ workspaceId, store, seal, now, log, sleep: never },
      fleet: watchFleet(client, { workspaceId, store, keyId: 'key', now, log }),
      slackPeople: {
        groups: async () => ({ ok: true, value: [] }),
        groupMembers: async () => ({ ok: true, value: [] }),
        profile: async (id) => ({ ok: true, value: profiles.get(id) ?? null }),
        profileByEmail: async (email) => ({
          ok: true,
          value: [...profiles.values()].find((one) => one.email === email && !one.isDeactivated) ?? null,
        }),
      },
      newId: () => randomBytes(10).toString('hex'),
      step: async (name) => {
        if (name === cut.point) {
          cut.point = null;
          throw new Killed(name);
        }
      },
    };
    return { context, slack: slack.slack };
  };
  const instances = [instance(), instance()] as const;
  const [{ context }] = instances;
  await refreshDirectory(context);
  const settings = { ...defaultSettings, expireAfterMs: 2 * 24 * HOUR, remindAfterMs: 24 * HOUR };
  await context.store.commit({ settings: { expectedRevision: null, next: settings } });
  const order = await aCart(context);
  /** What else grows older with the clock. */
  const ages: ((ms: number) => Promise<void>)[] = [];
  const age = async (ms: number): Promise<void> => {
    await fleet.late.landUntil(clock.now + ms);
    clock.now += ms;
    for (const grow of ages) await grow(ms);
  };
  const parts = { workspaceId, clock, fleet, slack, queue, profiles, history, observers, instances, context, order };
  return { ...parts, cut, hold, age, ages };
}

function watched(store: WorkspaceStore, seen: (is: DeviceRequest) => void): WorkspaceStore {
  return {
    ...store,
    commit: async (commit) => {
      const committed = await store.commit(commit);
      if (committed === 'committed' && commit.request !== undefined) seen(commit.request.next);
      return committed;
    },
  };
}

/** Anna's cart as the two modals leave it: in Fleet, with its lines in her draft. */
async function aCart(context: ServiceContext): Promise<FleetOrderId> {
  const body = { purchaserId: anna.fleetUserId, orderItems: toOrderItems(lines), acquisitionMode: 'LEASING' as const };
  const created = await context.fleet.createCart(body, 'person');
  if (!created.ok) throw new Error(JSON.stringify(created.failure));
  const { fleetOrderId } = created.value;
  const draft = { purchaserId: anna.fleetUserId, fleetOrderId, mode: 'LEASING' as const, lines, fleetHolds: null };
  const rest = { standing: 'ours' as const, creatingSince: null, lockedBy: null, appliedChanges: [], revision: 1 };
  await context.store.commit({
    draft: { slackUserId: anna.slackUserId, expectedRevision: null, next: { ...draft, ...rest } },
  });
  return fleetOrderId;
}

export function profileOf(name: Name, workspaceId: ServiceContext['workspaceId'], isDeactivated = false): SlackProfile {
  return {
    ...{ slackUserId: cast[name].slackUserId as SlackUserId, slackTeamId: workspaceId, name: cast[name].name },
    ...{ email: emails[name], timeZone: 'Europe/Berlin', locale: 'en-GB', isBot: false, isGuest: false },
    ...{ isStranger: false, isDeactivated, isSlackAdmin: false },
  };
}

/** Every request of this life, oldest first. */
export function requestIds(life: Life): readonly RequestId[] {
  return [...life.history.keys()] as RequestId[];
}

/** A round of the relay: what is done leaves the outbox, and what the queue lost is added again. */
export async function relay({ context: { store }, queue }: Life): Promise<void> {
  const { accepted, overdue, cancelled } = await store.beginRound(0, queue.takeDone());
  if (accepted.length > 0) {
    queue.add(accepted);
    await store.markQueued(accepted);
  }
  queue.restore(overdue);
  queue.removeTimers(cancelled);
  await store.forgetCancelled(cancelled);
}
