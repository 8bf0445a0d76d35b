import { type Cockpit, createCockpit } from './cockpit.ts';
import type { Stage } from './fault.ts';
import { createFaults, type Faults } from './faults.ts';
import { createGates, type Gate } from './gates.ts';
import { createJournal, type Journal } from './journal.ts';
import { createKeys } from './keys.ts';
import { type FleetSeed, isCart, type Order } from './model.ts';
import { createRateLimit } from './rate-limit.ts';
import { defaultRules, type Rules } from './rules.ts';
import { aSeed } from './seed/a-seed.ts';
import { listen } from './server.ts';
import { createState, type FleetSnapshot, type FleetState, type Listener } from './state.ts';
import type { Operation } from './vocabulary.ts';
import type { World } from './world.ts';

export type FleetOptions = {
  readonly seed?: FleetSeed;
  /** Default: any free port. */
  readonly port?: number;
  readonly now?: () => number;
  readonly apiKey?: string;
  /** Per key, default 100; Infinity for no limit. */
  readonly requestsPerMinute?: number;
  readonly baseLatencyMs?: number;
  readonly rules?: Partial<Rules>;
};

export type FleetStandIn = {
  /** Ends in `/platform/v1`. */
  readonly url: string;
  readonly apiKey: string;
  readonly readOnlyKey: string;
  readonly state: FleetState;
  readonly rules: Rules;
  readonly faults: Faults;
  readonly journal: Journal;
  readonly cockpit: Cockpit;
  /** Holds requests of one operation at a gate, by default before they change anything. */
  hold(operation: Operation, stage?: Stage): Gate;
  subscribe(listener: Listener): () => void;
  snapshot(): FleetSnapshot;
  /** Open carts, including everything Fleet does not return. */
  carts(): readonly Order[];
  /** What was validated, by API or in the cockpit, oldest first. */
  orders(): readonly Order[];
  /** A cart or an order. */
  order(orderId: number): Order | undefined;
  /** How often a validate by API was committed for this order. */
  validateCommits(orderId: number): number;
  close(): Promise<void>;
};

let standard: FleetSeed | undefined;
/** Built once: every stand-in clones it. */
const standardSeed = (): FleetSeed => {
  standard ??= aSeed();
  return standard;
};

export async function startFleet(options: FleetOptions = {}): Promise<FleetStandIn> {
  const now = options.now ?? Date.now;
  const state = createState(options.seed ?? standardSeed(), now);
  const rules: Rules = { ...defaultRules, ...options.rules };
  const world: World = { state, rules, now, validating: new Map() };
  const keys = createKeys(options.apiKey ?? 'flt_sk_test_acme');
  const faults = createFaults();
  const gates = createGates();
  const journal = createJournal();
  const admit = createRateLimit(options.requestsPerMinute ?? 100, now);
  const exchange = { world, keys, faults, gates, admit, baseLatencyMs: options.baseLatencyMs ?? 0 };
  const server = await listen(exchange, journal, options.port ?? 0);
  return {
    url: server.url,
    apiKey: keys.apiKey,
    readOnlyKey: keys.readOnlyKey,
    ...{ state, rules, faults, journal, cockpit: createCockpit(world, keys) },
    hold: (operation, stage = 'before_commit') => gates.hold(operation, stage),
    subscribe: state.subscribe,
    snapshot: state.snapshot,
    ...readModel(state),
    async close() {
      gates.openAll();
      await server.close();
    },
  };
}

function readModel(state: FleetState): Pick<FleetStandIn, 'carts' | 'orders' | 'order' | 'validateCommits'> {
  const copies = (keep: (order: Order) => boolean) => structuredClone([...state.orders.values()].filter(keep));
  return {
    carts: () => copies(isCart),
    orders: () => copies((order) => order.clientStatus !== null && !order.isDeleted),
    order: (orderId) => structuredClone(state.orders.get(orderId)),
    validateCommits: (orderId) =>
      state.orders.get(orderId)?.validations.filter((validation) => validation.by === 'api').length ?? 0,
  };
}
