import { z } from 'zod';
import type { FleetFailure } from '../../domain/failures/fleet-failure.ts';
import type { FleetUserId } from '../../domain/ids.ts';
import type { DeviceRequest, DevicesHeld } from '../../domain/request/request.ts';
import { withTimeout } from '../../domain/with-timeout.ts';
import type { ServiceContext } from '../context.ts';

const MOST_PEOPLE = 5;
const MOST_NAMES = 10;
const FRESH_MS = 10 * 60 * 1000;
const KEEP_MS = 60 * 60 * 1000;
/** A card waits for this no longer: whoever is to sign sees the request without it. */
const WAIT_MS = 2_000;
const REST_AFTER_FAILURE_MS = 60_000;

const Held = z.object({ count: z.number(), devices: z.array(z.string()) });
const Stored = z.union([Held, z.object({ failedAt: z.number() })]);

/** What the people it is for already have. Of whom Fleet does not say in time, nothing is said: the card goes out without. */
export async function devicesHeld(context: ServiceContext, request: DeviceRequest): Promise<readonly DevicesHeld[]> {
  const people = new Map<FleetUserId, string>();
  for (const { fleetUserId, assigneeName } of request.lines) {
    if (fleetUserId !== null && assigneeName !== null) people.set(fleetUserId, assigneeName);
  }
  const asked = [...people]
    .slice(0, MOST_PEOPLE)
    .map(([fleetUserId, name]) => withTimeout(context.sleep, WAIT_MS, heldBy(context, fleetUserId, name)));
  return (await Promise.all(asked)).filter((held) => held !== null);
}

async function heldBy(context: ServiceContext, fleetUserId: FleetUserId, name: string): Promise<DevicesHeld | null> {
  const entry = {
    key: `devices:${fleetUserId}`,
    freshMs: FRESH_MS,
    keepMs: KEEP_MS,
    parse: (stored: unknown) => stillSaid(context, Stored.safeParse(stored).data ?? null),
  };
  const read = await context.store.cache.read<z.infer<typeof Stored>, FleetFailure>(entry, async (why) => {
    const page = await context.fleet.listDevices({ fleetUserId, limit: MOST_NAMES }, 'background');
    // Kept as well: every card of this person would wait for the same failure again.
    if (!page.ok) return why === 'stale' ? page : { ok: true, value: { failedAt: context.now() } };
    const devices = page.value.items.map((device) => device.name).filter((one) => one !== null);
    return { ok: true, value: { count: page.value.total, devices } };
  });
  return read.ok && 'count' in read.value ? { name, ...read.value } : null;
}

function stillSaid({ now }: ServiceContext, stored: z.infer<typeof Stored> | null): z.infer<typeof Stored> | null {
  const isOver = stored !== null && 'failedAt' in stored && now() - stored.failedAt >= REST_AFTER_FAILURE_MS;
  return isOver ? null : stored;
}
