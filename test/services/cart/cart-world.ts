import { randomBytes } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { acmeSlack, people } from '../../../sandbox/acme.ts';
import { type FleetOptions, startFleet } from '../../../sandbox/fleet/start.ts';
import { watchFleet } from '../../../src/app/key-watch.ts';
import type {
  ChangeId,
  CountryCode,
  FleetProductGroupId,
  FleetProductId,
  SlackUserId,
  SlackViewId,
} from '../../../src/domain/ids.ts';
import { noCarry, type OrderChoice } from '../../../src/domain/order-form/choice.ts';
import { fingerprintText } from '../../../src/domain/screens.ts';
import { defaultSettings, type Settings } from '../../../src/domain/settings/settings.ts';
import type { CartChange } from '../../../src/domain/work.ts';
import { createFleetClient } from '../../../src/fleet/client.ts';
import { createKeepAliveFetch } from '../../../src/fleet/http.ts';
import { changeCartInFleet } from '../../../src/services/cart/change.ts';
import { openReconciledCart } from '../../../src/services/cart/open.ts';
import type { CartOutcome, ChangeWork, SendWork } from '../../../src/services/cart/session.ts';
import type { ServiceContext } from '../../../src/services/context.ts';
import { refreshDirectory } from '../../../src/services/people/directory.ts';
import { sendRequest } from '../../../src/services/request/send.ts';
import type { RedisClient } from '../../../src/store/redis.ts';
import { aStore } from '../../store/support/a-store.ts';
import { never } from '../../support/never.ts';

export const BEN = people.ben as string as SlackUserId;
export const CLARA = people.clara as string as SlackUserId;
export const EVA = people.eva as string as SlackUserId;
export const BEN_IN_FLEET = 12;
/** Ben's other Slack account: Fleet knows its address as his secondary one. */
export const BEN_TOO = 'U0BENTOO' as SlackUserId;

export function aChoice(over: Partial<OrderChoice> = {}): OrderChoice {
  return {
    deliveryCountry: 'FR' as CountryCode,
    category: null,
    productGroupId: 1 as FleetProductGroupId,
    productId: 101 as FleetProductId,
    keyboardLayout: 'FRENCH_AZERTY',
    quantity: 1,
    assignee: { kind: 'me' },
    shippingAddressId: null,
    mode: 'LEASING',
    ...over,
  };
}

export const aScreen = (over: Partial<OrderChoice> = {}): OrderChoice =>
  aChoice({
    productGroupId: 4 as FleetProductGroupId,
    productId: 131 as FleetProductId,
    keyboardLayout: null,
    ...over,
  });

/** The services over a real store and a real client, with Fleet's stand-in behind it and Slack as a list. */
export async function cartWorld(redis: RedisClient, options: FleetOptions = {}) {
  const fleet = await startFleet({ requestsPerMinute: Number.POSITIVE_INFINITY, ...options });
  const pool = createKeepAliveFetch();
  onTestFinished(async () => {
    await fleet.close();
    await pool.close();
  });
  const { store, workspaceId, seal, clock, keys } = aStore(redis);
  const seed = acmeSlack(workspaceId);
  const profiles = seed.people.map(({ id, realName, email }) => ({
    ...{ slackUserId: id as SlackUserId, slackTeamId: workspaceId, name: realName, email: email ?? null },
    ...{ timeZone: 'UTC', locale: 'en-US', isBot: false, isGuest: false, isStranger: false },
    ...{ isDeactivated: false, isSlackAdmin: false },
  }));
  const logged: unknown[] = [];
  const log = (message: string, fields?: unknown) => logged.push([message, fields]);
  const context: ServiceContext = {
    ...{ workspaceId, store, seal },
    fleet: watchFleet(
      createFleetClient({
        ...{ baseUrl: fleet.url, apiKey: fleet.apiKey, fetch: pool.fetch, random: () => 0.5 },
        sleep: async () => {},
        now: () => clock.now,
        budget: { take: async () => ({ ok: true }), pause: async () => {} },
        timeoutsMs: { read: 400, write: 400 },
        waitBoundsMs: { person: 0, background: 0, refresh: 0 },
      }),
      { workspaceId, store, keyId: 'key', now: () => clock.now, log: { info: log, warn: log, error: log } },
    ),
    slackPeople: {
      groups: async () => ({ ok: false }),
      groupMembers: async () => ({ ok: false }),
      profile: async (id) => ({ ok: true, value: profiles.find((one) => one.slackUserId === id) ?? null }),
      profileByEmail: async (email) => ({ ok: true, value: profiles.find((one) => one.email === email) ?? null }),
    },
    now: () => clock.now,
    newId: () => randomBytes(10).toString('hex'),
    log: { info: log, warn: log, error: log },
    sleep: never,
  };
  const ben = fleet.state.users.get(BEN_IN_FLEET);
  const [first] = profiles.filter(({ slackUserId }) => slackUserId === BEN);
  if (ben === undefined || first === undefined) throw new Error('nobody is called Ben');
  const email = 'ben@old.acme.test';
  fleet.state.users.set(BEN_IN_FLEET, { ...ben, secondary_email: email });
  profiles.push({ ...first, slackUserId: BEN_TOO, email });
  await refreshDirectory(context);

  const work = (change: CartChange, over: Partial<ChangeWork> = {}): ChangeWork => ({
    kind: 'change_cart',
    ...{ tenant: workspaceId, slackUserId: BEN, change, carry: noCarry },
    changeId: randomBytes(16).toString('hex') as ChangeId,
    viewId: 'V1' as SlackViewId,
    ...over,
  });
  /** As the queue does: later means again, when the time has come. */
  const settled = async (run: () => Promise<CartOutcome>): Promise<Exclude<CartOutcome, { kind: 'later' }>> => {
    for (let runs = 0; runs < 30; runs += 1) {
      const outcome = await run();
      if (outcome.kind !== 'later') return outcome;
      clock.now += outcome.afterMs;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error('it never came to an end');
  };
  const done = (one: ChangeWork, as: ServiceContext = context) => settled(() => changeCartInFleet(as, one));
  return {
    ...{ context, fleet, store, clock, keys, logged, work, done },
    add: (choice = aChoice(), over: Partial<ChangeWork> = {}) => done(work({ kind: 'add', choice }, over)),
    open: (slackUserId = BEN) => openReconciledCart(context, slackUserId, noCarry),
    draft: (slackUserId = BEN) => store.draft(slackUserId),
    seenOn: (screen: Parameters<typeof fingerprintText>[0]) => seal.digest(fingerprintText(screen)),
    seen: async (slackUserId = BEN): Promise<string> => {
      const { screen } = cartOf(await openReconciledCart(context, slackUserId, noCarry));
      return seal.digest(fingerprintText(screen));
    },
    send: (over: Partial<SendWork> = {}, as: ServiceContext = context) => {
      const sending: SendWork = {
        kind: 'send_request',
        ...{
          tenant: workspaceId,
          slackUserId: BEN,
          approverSlackUserId: CLARA,
          note: 'Please',
          seen: '',
          viewId: null,
        },
        changeId: randomBytes(16).toString('hex') as ChangeId,
        ...over,
      };
      return settled(() => sendRequest(as, sending));
    },
    settings: async (change: Partial<Settings>): Promise<void> => {
      const { revision } = await store.savedSettings();
      await store.commit({ settings: { expectedRevision: revision, next: { ...defaultSettings, ...change } } });
    },
    /** What a lost Redis takes with it. */
    forgetDraft: async () => {
      const draft = await store.draft(BEN);
      if (draft !== null)
        await store.commit({ draft: { slackUserId: BEN, expectedRevision: draft.revision, next: null } });
    },
    calls: fleet.journal.count,
  };
}

export function cartOf(outcome: CartOutcome) {
  if (outcome.kind !== 'screen' || outcome.screen.kind !== 'cart')
    throw new Error(`not a cart: ${JSON.stringify(outcome)}`);
  return { ...outcome, screen: outcome.screen };
}
