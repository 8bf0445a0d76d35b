import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect } from 'vitest';
import { startFleet } from '../../../sandbox/fleet/start.ts';
import { watchFleet } from '../../../src/app/key-watch.ts';
import { cartTotal, type DraftCart } from '../../../src/domain/cart/cart.ts';
import { snapshotOf } from '../../../src/domain/cart/compare.ts';
import type { FleetOrderId, FleetUserId, RequestId, SlackUserId } from '../../../src/domain/ids.ts';
import type { OrderLine } from '../../../src/domain/line.ts';
import type { SlackProfile } from '../../../src/domain/people/people.ts';
import { type DeviceRequest, signedText } from '../../../src/domain/request/request.ts';
import { defaultSettings, type Settings } from '../../../src/domain/settings/settings.ts';
import type { WorkItem } from '../../../src/domain/work.ts';
import { createFleetClient } from '../../../src/fleet/client.ts';
import { createKeepAliveFetch } from '../../../src/fleet/http.ts';
import type { FleetTimeouts } from '../../../src/fleet/settings.ts';
import { carryOut } from '../../../src/jobs/run.ts';
import { toOrderItems } from '../../../src/services/cart/session.ts';
import type { ServiceContext } from '../../../src/services/context.ts';
import { refreshDirectory } from '../../../src/services/people/directory.ts';
import { sealCard } from '../../../src/services/request/cards.ts';
import type { CardPress, PressedSide } from '../../../src/services/request/press.ts';
import type { Slack } from '../../../src/slack/slack.ts';
import type { RedisClient } from '../../../src/store/redis.ts';
import { noticeMessage } from '../../../src/views/notice-message.ts';
import { aLine } from '../../domain/a-line.ts';
import { anna, clara, dan, HOUR, SENT_AT } from '../../domain/a-request.ts';
import { aStore } from '../../store/support/a-store.ts';
import { never } from '../../support/never.ts';

export const eva = { slackUserId: 'U0EVA' as SlackUserId, fleetUserId: 13 as FleetUserId, name: 'Eva Lind' };
const emails: Readonly<Record<string, string>> = {
  U0ANNA: 'anna.keller@acme.test',
  U0CLARA: 'clara.rossi@acme.test',
  U0DAN: 'dan.oneil@acme.test',
  U0EVA: 'eva.lind@acme.test',
};

const noSlack = {} as Slack;

export type Bench = Awaited<ReturnType<typeof startBench>>;

/** Services over the real store, the real client and the Fleet stand-in; Slack's people come from a list. */
export async function startBench(redis: RedisClient, timeoutsMs: FleetTimeouts = { read: 400, write: 400 }) {
  const fleet = await startFleet({ requestsPerMinute: Number.POSITIVE_INFINITY });
  const http = createKeepAliveFetch();
  afterAll(async () => {
    http.close();
    await fleet.close();
  });
  const { store, workspaceId, seal, clock, keys } = aStore(redis);
  clock.now = SENT_AT;
  const logged: unknown[] = [];
  const log = (message: string, fields?: unknown) => logged.push([message, fields]);
  const profiles = new Map<string, SlackProfile>();
  const instance = (step?: ServiceContext['step']): ServiceContext => ({
    workspaceId,
    store,
    seal,
    fleet: watchFleet(
      createFleetClient({
        baseUrl: fleet.url,
        apiKey: fleet.apiKey,
        fetch: http.fetch,
        sleep: (ms) => sleep(ms / 100),
        now: () => Date.now(),
        random: () => 0.5,
        budget: { take: async () => ({ ok: true }), pause: async () => {} },
        timeoutsMs,
        waitBoundsMs: { person: 500, background: 500, refresh: 500 },
      }),
      { workspaceId, store, keyId: 'key', now: () => clock.now, log: { info: log, warn: log, error: log } },
    ),
    slackPeople: {
      groups: async () => ({ ok: false }),
      groupMembers: async () => ({ ok: false }),
      profile: async (slackUserId) => ({ ok: true, value: profiles.get(slackUserId) ?? null }),
      profileByEmail: async (email) => ({
        ok: true,
        value: [...profiles.values()].find((one) => one.email === email) ?? null,
      }),
    },
    now: () => clock.now,
    newId: () => randomBytes(10).toString('hex'),
    log: { info: log, warn: log, error: log },
    sleep: never,
    ...(step === undefined ? {} : { step }),
  });
  for (const { slackUserId, name } of [anna, clara, dan, eva]) {
    const about = { name, email: emails[slackUserId] ?? null, timeZone: 'Europe/Berlin', locale: 'en-GB' };
    const flags = { isBot: false, isGuest: false, isStranger: false, isDeactivated: false, isSlackAdmin: false };
    profiles.set(slackUserId, { slackUserId, slackTeamId: workspaceId, ...about, ...flags });
  }
  const context = instance();
  await refreshDirectory(context);

  return {
    ...{ fleet, context, store, workspaceId, keys, clock, logged, profiles, redis },
    /** One more process on the same Redis; `step` stops it where a test wants. */
    instance,
    sent: (lines?: readonly OrderLine[], over?: Partial<DeviceRequest>) => aSentRequest(context, lines, over),
    request: async (id: RequestId): Promise<DeviceRequest> => {
      const request = await store.request(id);
      if (request === null) throw new Error(`no request ${id}`);
      return request;
    },
    press: (request: DeviceRequest, slackUserId: SlackUserId, side: PressedSide = 'approver'): CardPress => ({
      value: sealCard(context, request, null),
      surface: 'card',
      slackUserId,
      side,
      copy: null,
      once: randomBytes(8).toString('hex'),
    }),
    settings: async (change: Partial<Settings>): Promise<void> => {
      const { revision } = await store.savedSettings();
      await store.commit({ settings: { expectedRevision: revision, next: { ...defaultSettings, ...change } } });
    },
    /** Whether nothing was ordered is checked, as the queue does once a request has ended. True: no check is left. */
    checkEndings: async (): Promise<boolean> => {
      const items = (await store.outbox(0)).filter(({ work }) => work.kind === 'check_ending');
      let isDone = true;
      for (const { id, work } of items) {
        const outcome = await carryOut(work, { context, slack: noSlack }, id);
        if (outcome.kind === 'done') await store.dropFromOutbox([id]);
        else isDone = false;
      }
      return isDone;
    },
    /** What waits to be carried out, of one kind. */
    work: async (kind: WorkItem['work']['kind']): Promise<readonly WorkItem[]> =>
      (await store.outbox(0)).filter(({ work }) => work.kind === kind),
    /** The sentences on their way, with whom they are for. */
    told: async (): Promise<readonly string[]> =>
      (await store.outbox(0)).flatMap(({ work }) => {
        if (work.kind !== 'notify') return [];
        const { to, notice } = work;
        if (to.kind !== 'person') return [`${to.kind}: ${notice.kind}`];
        return [`${to.slackUserId}: ${notice.kind === 'order_status' ? notice.kind : noticeMessage(notice).text}`];
      }),
    audit: async (): Promise<readonly string[]> => {
      const did: string[] = [];
      for await (const { entry } of store.audit()) did.push(entry.did);
      return did;
    },
  };
}

/** As `send-request` leaves it: a cart in Fleet, its lines in the requester's locked draft, a pending request. */
async function aSentRequest(
  context: ServiceContext,
  lines: readonly OrderLine[] = [aLine(), aLine()],
  over: Partial<DeviceRequest> = {},
): Promise<DeviceRequest> {
  const mode = over.mode ?? 'LEASING';
  const body = { purchaserId: anna.fleetUserId, orderItems: toOrderItems(lines), acquisitionMode: mode };
  const created = await context.fleet.createCart(body, 'person');
  if (!created.ok) throw new Error(JSON.stringify(created.failure));
  const cart = await context.fleet.getCart(created.value.fleetOrderId, 'person');
  if (!cart.ok) throw new Error(JSON.stringify(cart.failure));
  const expectedInFleet = snapshotOf(cart.value);
  const total = cartTotal(lines, expectedInFleet);
  const id = context.newId() as RequestId;
  const request: DeviceRequest = {
    ...{ id, tenant: context.workspaceId, fleetOrderId: created.value.fleetOrderId, requester: anna, approver: clara },
    ...{ mode, lines, total, note: 'please', expectedInFleet, createdAt: SENT_AT, lastRemindedAt: null },
    fingerprint: context.seal.digest(signedText({ requester: anna, mode, lines, total, expectedInFleet }, null)),
    expiresAt: SENT_AT + 7 * 24 * HOUR,
    ...{ previousRequestId: null, state: { kind: 'pending' }, difference: null, problem: null, approverGone: false },
    ...over,
    revision: 1,
  };
  const draft = draftOf(request, created.value.fleetOrderId);
  const committed = await context.store.commit({
    request: { expectedRevision: null, next: request },
    draft: { slackUserId: anna.slackUserId, expectedRevision: null, next: draft },
  });
  expect(committed).toBe('committed');
  return request;
}

function draftOf(request: DeviceRequest, fleetOrderId: FleetOrderId): DraftCart {
  return {
    ...{ purchaserId: anna.fleetUserId, fleetOrderId, mode: request.mode, lines: request.lines },
    ...{ fleetHolds: request.expectedInFleet, standing: 'ours', creatingSince: null, lockedBy: request.id },
    ...{ appliedChanges: [], revision: 1 },
  };
}
