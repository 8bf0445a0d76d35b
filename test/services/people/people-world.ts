import { randomBytes } from 'node:crypto';
import type { FleetFailure } from '../../../src/domain/failures/failure.ts';
import type { Urgency } from '../../../src/domain/fleet-budget.ts';
import type { FleetUserId, SlackUserId } from '../../../src/domain/ids.ts';
import type { SlackProfile } from '../../../src/domain/people/people.ts';
import { defaultSettings, type Settings } from '../../../src/domain/settings/settings.ts';
import type { Fleet, FleetResult } from '../../../src/fleet/fleet.ts';
import type { PageQuery } from '../../../src/fleet/operations.ts';
import type { FleetUser, Page } from '../../../src/fleet/schema.ts';
import type { LookedUp, LookUpFailed, ServiceContext } from '../../../src/services/context.ts';
import { refreshDirectory } from '../../../src/services/people/directory.ts';
import type { RedisClient } from '../../../src/store/redis.ts';
import { aStore } from '../../store/support/a-store.ts';
import { never } from '../../support/never.ts';

export const slackId = (text: string) => text as SlackUserId;
export const fleetId = (number: number) => number as FleetUserId;

export const aUser = (id: number, over: Partial<FleetUser> = {}): FleetUser => ({
  fleetUserId: fleetId(id),
  email: `user${id}@acme.example`,
  secondaryEmail: null,
  firstName: `First${id}`,
  lastName: `Last${id}`,
  role: 'EMPLOYEE',
  ...over,
});

/** Everything that a person and a company can be, over a real store; Fleet and Slack answer from lists. */
export function peopleWorld(redis: RedisClient) {
  const { store, workspaceId, seal, clock } = aStore(redis);
  const slack = new Map<SlackUserId, SlackProfile>();
  const users: FleetUser[] = [];
  const asked = { fleet: [] as (PageQuery & { urgency: Urgency })[], profiles: 0, emails: 0 };
  const logged: unknown[] = [];
  const faults = {
    slackIsAway: false,
    /** What Slack says of this address instead of whose it is. */
    byEmail: (_email: string): LookUpFailed | null => null,
    /** Of user groups; the workspace gave no permission for them. */
    groups: { ok: false, isRefused: true } as LookedUp<readonly SlackUserId[]>,
    getUser: null as FleetFailure | null,
    /** The Fleet users whose rows can't be read. */
    unreadable: [] as number[],
    /** What a page says of itself that isn't so. */
    page: (_page: Page<FleetUser>): Partial<Page<FleetUser>> => ({}),
    /** Consulted before each page. */
    fleetPage: (_offset: number): FleetFailure | null => null,
  };
  const log = (message: string, fields?: unknown) => logged.push([message, fields]);
  const context: ServiceContext = {
    workspaceId,
    store,
    seal,
    fleet: {
      ...fleetThatIsNotAsked,
      listUsers: async (query, urgency) => {
        asked.fleet.push({ ...query, urgency });
        const page = pageOf(users, query, faults.fleetPage(query.offset ?? 0), faults.unreadable);
        return page.ok ? { ok: true, value: { ...page.value, ...faults.page(page.value) } } : page;
      },
      getUser: async (fleetUserId) => {
        const found = users.find((one) => one.fleetUserId === fleetUserId);
        if (faults.getUser !== null) return { ok: false, failure: faults.getUser };
        if (found !== undefined) return { ok: true, value: found };
        return { ok: false, failure: { operation: 'getUser', kind: 'rejected', code: 'USER_NOT_FOUND', status: 404 } };
      },
    },
    slackPeople: {
      groups: async () => ({ ok: false }),
      groupMembers: async () => faults.groups,
      profile: async (slackUserId) => {
        asked.profiles += 1;
        return faults.slackIsAway ? { ok: false } : { ok: true, value: slack.get(slackUserId) ?? null };
      },
      profileByEmail: async (email) => {
        asked.emails += 1;
        const found = [...slack.values()].find((one) => one.email?.toLowerCase() === email);
        if (faults.slackIsAway) return { ok: false };
        return faults.byEmail(email) ?? { ok: true, value: found ?? null };
      },
    },
    now: () => clock.now,
    newId: () => randomBytes(10).toString('hex'),
    log: { info: log, warn: log, error: log },
    sleep: never,
  };
  return {
    context,
    clock,
    asked,
    faults,
    logged,
    users,
    /** Somebody in Slack. */
    inSlack: (id: string, over: Partial<SlackProfile> = {}): SlackUserId => {
      const slackUserId = slackId(id);
      slack.set(slackUserId, { ...aProfile(slackUserId), slackTeamId: workspaceId, ...over });
      return slackUserId;
    },
    /** The company's Fleet users, read into the directory. */
    inFleet: async (...people: readonly FleetUser[]): Promise<void> => {
      users.splice(0, users.length, ...people);
      await refreshDirectory(context);
    },
    settings: async (change: Partial<Settings>): Promise<void> => {
      const { revision } = await store.savedSettings();
      await store.commit({ settings: { expectedRevision: revision, next: { ...defaultSettings, ...change } } });
    },
    /** Refreshes that wait to be carried out. */
    refreshesAsked: async () =>
      (await store.outbox(0)).filter(({ work, notBefore }) => work.kind === 'refresh_directory' && !notBefore).length,
  };
}

const aProfile = (slackUserId: SlackUserId): Omit<SlackProfile, 'slackTeamId'> => ({
  slackUserId,
  name: `Slack ${slackUserId}`,
  email: null,
  timeZone: 'Europe/Berlin',
  locale: 'en-GB',
  isBot: false,
  isGuest: false,
  isStranger: false,
  isDeactivated: false,
  isSlackAdmin: false,
});

function pageOf(
  users: readonly FleetUser[],
  { limit = 50, offset = 0 }: PageQuery,
  failure: FleetFailure | null,
  unreadable: readonly number[],
): FleetResult<Page<FleetUser>> {
  if (failure !== null) return { ok: false, failure };
  const came = users.slice(offset, offset + limit);
  const items = came.filter(({ fleetUserId }) => !unreadable.includes(fleetUserId));
  const unreadableAt = came.flatMap(({ fleetUserId }, at) => (unreadable.includes(fleetUserId) ? [at] : []));
  return { ok: true, value: { items, unreadableAt, total: users.length, limit, offset } };
}

const notAsked = async (): Promise<never> => {
  throw new Error('Fleet was asked for something else');
};
const fleetThatIsNotAsked: Fleet = {
  listProductGroups: notAsked,
  listProducts: notAsked,
  getPricing: notAsked,
  listCarts: notAsked,
  createCart: notAsked,
  getCart: notAsked,
  patchCart: notAsked,
  validateCart: notAsked,
  listOrders: notAsked,
  getOrder: notAsked,
  listUsers: notAsked,
  getUser: notAsked,
  listAddresses: notAsked,
  listUserAddresses: notAsked,
  listDevices: notAsked,
  createUser: notAsked,
  createAddress: notAsked,
  updateAddress: notAsked,
  updateDevice: notAsked,
};
