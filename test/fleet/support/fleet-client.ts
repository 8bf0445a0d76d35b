import { onTestFinished } from 'vitest';
import type { FleetBudget, Urgency } from '../../../src/domain/fleet-budget.ts';
import { createFleetClient } from '../../../src/fleet/client.ts';
import type { Fleet } from '../../../src/fleet/fleet.ts';
import { createKeepAliveFetch } from '../../../src/fleet/http.ts';
import type { FleetClientOptions, RequestReport } from '../../../src/fleet/settings.ts';
import { type FleetServer, type Responder, startFleetServer } from './fleet-server.ts';

export const API_KEY = 'flt_sk_test_0123456789';
export const NOW = Date.UTC(2026, 10, 21, 9, 0, 0);

type Taken = Awaited<ReturnType<FleetBudget['take']>>;

/** Everything that the adapter did besides asking, in the order in which it did it. */
interface Observed {
  readonly steps: string[];
  readonly sleeps: number[];
  readonly pauses: number[];
  readonly taken: Urgency[];
  readonly reports: RequestReport[];
  readonly oddities: { readonly message: string; readonly fields: Readonly<Record<string, string | number>> }[];
}

export interface ClientSetup extends Observed {
  readonly fleet: Fleet;
}

/** A real client over real node-fetch. Sleeps are recorded and never slept; the budget answers `grants` in turn. */
export function aFleetClient(
  baseUrl: string,
  { grants = [], ...overrides }: Partial<FleetClientOptions> & { readonly grants?: Taken[] } = {},
): ClientSetup {
  const observed: Observed = { steps: [], sleeps: [], pauses: [], taken: [], reports: [], oddities: [] };
  const pool = createKeepAliveFetch();
  onTestFinished(pool.close);
  const fleet = createFleetClient({
    baseUrl,
    apiKey: API_KEY,
    fetch: (url, init) => {
      observed.steps.push('fetch');
      return pool.fetch(url, init);
    },
    sleep: async (ms) => {
      observed.steps.push('sleep');
      observed.sleeps.push(ms);
    },
    now: () => NOW,
    random: () => 0.5,
    budget: {
      take: async (urgency) => {
        observed.steps.push('take');
        observed.taken.push(urgency);
        return grants.shift() ?? { ok: true };
      },
      pause: async (ms) => {
        observed.steps.push('pause');
        observed.pauses.push(ms);
      },
    },
    onRequest: (report) => observed.reports.push(report),
    onOddity: (message, fields) => observed.oddities.push({ message, fields }),
    ...overrides,
  });
  return { ...observed, fleet };
}

export async function aFleet(
  respond: Responder,
  overrides: Parameters<typeof aFleetClient>[1] = {},
): Promise<ClientSetup & { readonly server: FleetServer }> {
  const server = await startFleetServer(respond);
  return { ...aFleetClient(server.baseUrl, overrides), server };
}
