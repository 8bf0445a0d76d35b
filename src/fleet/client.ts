import { createFleet, type Fleet } from './fleet.ts';
import { createSend } from './send.ts';
import { type FleetClientOptions, settingsOf } from './settings.ts';

/**
 * The client of one Fleet key. It rejects only with `InvalidFleetRequest` (a bug of ours; nothing was sent) and with
 * whatever `budget.take` rejects with (nothing was sent either): every answer of Fleet's, and the lack of one, is a value.
 */
export function createFleetClient(options: FleetClientOptions): Fleet {
  return createFleet(createSend(settingsOf(options)));
}
