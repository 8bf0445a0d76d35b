import type { IncomingMessage } from 'node:http';
import { createCockpit } from '../../sandbox/fleet/cockpit.ts';
import type { Delivery } from '../../sandbox/fleet/delivery.ts';
import { answer } from '../../sandbox/fleet/exchange.ts';
import { createFaults } from '../../sandbox/fleet/faults.ts';
import { createGates } from '../../sandbox/fleet/gates.ts';
import type { JournalEntry } from '../../sandbox/fleet/journal.ts';
import { createKeys } from '../../sandbox/fleet/keys.ts';
import type { Order } from '../../sandbox/fleet/model.ts';
import { createRateLimit } from '../../sandbox/fleet/rate-limit.ts';
import { matchRoute } from '../../sandbox/fleet/routes.ts';
import { defaultRules, type Rules } from '../../sandbox/fleet/rules.ts';
import { aSeed } from '../../sandbox/fleet/seed/a-seed.ts';
import { createState, type FleetState } from '../../sandbox/fleet/state.ts';
import type { Operation } from '../../sandbox/fleet/vocabulary.ts';
import type { World } from '../../sandbox/fleet/world.ts';
import type { Fetch, FetchInit, FetchResponse } from '../../src/fleet/http.ts';

const BASE = 'http://fleet.test/platform/v1';
const whole = aSeed({ productGroups: 20 });
const seed = { ...whole, users: whole.users.filter(({ id }) => id < 30), devices: [] };

export type FleetInProcess = ReturnType<typeof fleetInProcess>;

/**
 * Fleet's stand-in without its socket: the client's own `fetch` ends here. A thousand lives are lived in the time that
 * the sockets and real timeouts of a hundred would take, and what hangs costs no waiting.
 */
export function fleetInProcess(now: () => number) {
  const state = createState(seed, now);
  // A Fleet that takes a second validate finds every client out that leans on its 409.
  const rules: Rules = { ...defaultRules, secondValidate: 'again' };
  const world: World = { state, rules, now, validating: new Map() };
  const keys = createKeys('flt_sk_test_model');
  const faults = createFaults();
  const gates = createGates();
  const admit = createRateLimit(Number.POSITIVE_INFINITY, now);
  const on = { world, keys, faults, gates, admit, baseLatencyMs: 0 };
  const late = createLate();
  const past = createPast(state, now);
  const fetch: Fetch = async (url, init) => {
    const { pathname, searchParams } = new URL(url);
    const matched = matchRoute(init.method, pathname.replace('/platform/v1', ''));
    const query = Object.fromEntries(searchParams);
    const entry: JournalEntry = {
      ...{ time: now(), method: init.method, route: pathname, path: pathname, operation: null, key: null, query },
      ...{ body: null, status: null, durationMs: null, faults: [] },
    };
    const headers = Object.fromEntries(
      Object.entries(init.headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const operation = matched?.route.operation;
    const seen = { ...on, world: { ...world, state: past.asReadBy(operation) } };
    const answered = () => answer(seen, { headers } as IncomingMessage, matched, init.body ?? '', entry);
    if (!late.isNext || operation !== 'validateCart') return received(await answered(), init);
    late.begin(now(), async () => void (await answered()));
    return received({ kind: 'hang' }, init);
  };
  return {
    ...{ fetch, url: BASE, apiKey: keys.apiKey, faults, rules, state, late, lagMs: past.lagMs },
    cockpit: createCockpit(world, keys),
    order: (orderId: number) => state.orders.get(orderId),
    validates: (orderId: number) => state.orders.get(orderId)?.validations.filter(({ by }) => by === 'api') ?? [],
  };
}

/** Nothing that Fleet was sent is under way for longer: the one thing that the second validate leans on. */
const LATE_MS = 20_000;

/** A validate that its client gave up and that is still on its way inside Fleet. */
function createLate() {
  const late = {
    isNext: false,
    /** Longer only where Fleet refuses a second validate. */
    afterMs: LATE_MS,
    landsAt: 0,
    land: null as (() => Promise<void>) | null,
    begin: (now: number, answered: () => Promise<void>): void => {
      late.isNext = false;
      late.landsAt = now + late.afterMs;
      late.land = async () => {
        late.land = null;
        await answered();
      };
    },
    landUntil: async (now: number): Promise<void> => {
      if (now >= late.landsAt) await late.land?.();
    },
  };
  return late;
}

/** Reads that lag behind writes: each route can answer from what Fleet held a while ago. */
function createPast(state: FleetState, now: () => number) {
  const lagMs = { carts: 0, orders: 0 };
  const versions: { readonly at: number; readonly order: Order }[] = [];
  state.subscribe(({ orderId }) => {
    const order = orderId === undefined ? undefined : state.orders.get(orderId);
    if (order !== undefined) versions.push({ at: now(), order: structuredClone(order) });
  });
  const asOf = (at: number) => new Map(versions.filter((one) => one.at <= at).map(({ order }) => [order.id, order]));
  const asReadBy = (operation: Operation | undefined): FleetState => {
    const route = operation === undefined ? undefined : laggingRoutes[operation];
    const lag = route === undefined ? 0 : lagMs[route];
    return lag === 0 ? state : { ...state, orders: asOf(now() - lag) };
  };
  return { lagMs, asReadBy };
}

const laggingRoutes: Readonly<Partial<Record<Operation, 'carts' | 'orders'>>> = {
  ...{ getCart: 'carts', listCarts: 'carts', getOrder: 'orders', listOrders: 'orders' },
};

async function received(delivery: Delivery, { signal }: FetchInit): Promise<FetchResponse> {
  switch (delivery.kind) {
    case 'text':
      return response(delivery.status, delivery.headers, [delivery.text]);
    case 'half':
      return response(delivery.status, {}, broken(delivery.text));
    case 'reset':
      throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    case 'hang':
      if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      throw new Error('aborted');
    default:
      return delivery satisfies never;
  }
}

function response(
  status: number,
  headers: Readonly<Record<string, string>>,
  parts: AsyncIterable<string> | readonly string[],
): FetchResponse {
  const lower = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return { status, headers: { get: (name) => lower.get(name.toLowerCase()) ?? null }, body: asyncly(parts) };
}

async function* asyncly(parts: AsyncIterable<string> | readonly string[]): AsyncGenerator<string> {
  yield* parts;
}

async function* broken(text: string): AsyncGenerator<string> {
  yield text;
  throw new Error('the connection broke');
}
