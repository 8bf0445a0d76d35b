import { z } from 'zod';
import type { FleetFailure } from '../domain/fleet-failure.ts';
import type { FleetUserId } from '../domain/ids.ts';
import type { DeviceRequest } from '../domain/request.ts';
import type { ServiceContext } from './context.ts';

export interface DevicesHeld {
  readonly name: string;
  readonly count: number;
  /** The first ones by name. */
  readonly devices: readonly string[];
}

const MOST_PEOPLE = 5;
const MOST_NAMES = 10;
const FRESH_MS = 10 * 60 * 1000;
const KEEP_MS = 60 * 60 * 1000;

const Held = z.object({ count: z.number(), devices: z.array(z.string()) });

/** What the people it is for already have. Of whom Fleet does not say, nothing is said: the card goes out without. */
export async function devicesHeld(context: ServiceContext, request: DeviceRequest): Promise<readonly DevicesHeld[]> {
  const people = new Map<FleetUserId, string>();
  for (const { fleetUserId, assigneeName } of request.lines) {
    if (fleetUserId !== null && assigneeName !== null) people.set(fleetUserId, assigneeName);
  }
  const asked = [...people].slice(0, MOST_PEOPLE).map(([fleetUserId, name]) => heldBy(context, fleetUserId, name));
  return (await Promise.all(asked)).filter((held) => held !== null);
}

async function heldBy(context: ServiceContext, fleetUserId: FleetUserId, name: string): Promise<DevicesHeld | null> {
  const entry = {
    key: `devices:${fleetUserId}`,
    freshMs: FRESH_MS,
    keepMs: KEEP_MS,
    parse: (stored: unknown) => Held.safeParse(stored).data ?? null,
  };
  const read = await context.store.cache.read<z.infer<typeof Held>, FleetFailure>(entry, async () => {
    const page = await context.fleet.listDevices({ fleetUserId, limit: MOST_NAMES }, 'background');
    if (!page.ok) return page;
    const devices = page.value.items.map((device) => device.name).filter((one) => one !== null);
    return { ok: true, value: { count: page.value.total, devices } };
  });
  return read.ok ? { name, ...read.value } : null;
}
