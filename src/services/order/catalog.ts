import type { z } from 'zod';
import { adviceFor } from '../../domain/failures/failure-table.ts';
import type { FleetFailure } from '../../domain/failures/fleet-failure.ts';
import type { Urgency } from '../../domain/fleet-budget.ts';
import type { CountryCode } from '../../domain/ids.ts';
import type { FleetResult } from '../../fleet/fleet.ts';
import type { ServiceContext } from '../context.ts';
import { dropCountry } from './offered-countries.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export interface Kept<T> {
  readonly key: string;
  readonly schema: z.ZodType<T>;
  readonly freshMs: number;
  readonly keepMs: number;
  readonly sealed?: boolean;
}

/** How long each part of the catalog is believed, and how long it is shown while Fleet is asked again. */
export const lifetimes = {
  groups: { freshMs: 15 * MINUTE, keepMs: 24 * HOUR },
  products: { freshMs: 15 * MINUTE, keepMs: 24 * HOUR },
  prices: { freshMs: 10 * MINUTE, keepMs: HOUR },
  addresses: { freshMs: 15 * MINUTE, keepMs: 24 * HOUR },
} as const;

/** Reads through the cache: people wait for missing entries, and stale entries are refreshed in the background. */
export async function readThrough<T>(
  context: ServiceContext,
  kept: Kept<T>,
  ask: (urgency: Urgency) => Promise<FleetResult<T>>,
): Promise<FleetResult<T>> {
  const { key, schema, freshMs, keepMs, sealed = false } = kept;
  const read = await context.store.cache.read<T, FleetFailure>(
    {
      key,
      freshMs,
      keepMs,
      sealed,
      parse: (stored) => {
        const parsed = schema.safeParse(stored);
        return parsed.success ? parsed.data : null;
      },
    },
    (why) => ask(why === 'missing' ? 'person' : 'refresh'),
  );
  return read.ok ? { ok: true, value: read.value } : read;
}

/** What Fleet says of a country while it is asked about something else in it. */
export async function heedingCountry<T>(
  context: ServiceContext,
  country: CountryCode,
  answer: FleetResult<T>,
): Promise<FleetResult<T>> {
  if (!answer.ok && adviceFor(answer.failure).dropsCountryForADay) await dropCountry(context, country);
  return answer;
}
