import type { User } from '../../sandbox/fleet/model.ts';
import type { FleetOrderId, FleetUserId, RequestId, WorkspaceId } from '../../src/domain/ids.ts';
import { aRequest, clara } from '../domain/a-request.ts';
import { wholeSince } from '../store/support/records.ts';
import { storeOf } from '../support/store-of.ts';
import type { World } from '../support/world.ts';

/** Older than any refresh leaves it: the first look at it begins the next one. */
const STALE_MS = 60 * 60_000;

/** Fleet's orders, as if each had been signed here; where Fleet stands with them is known. */
export async function placedFromHere(world: World): Promise<void> {
  const store = storeOf(world);
  const workspaceId = world.workspaceId as WorkspaceId;
  for (const { id, clientStatus } of world.fleet.orders()) {
    const status = `${clientStatus}`;
    const ids = { id: `r${id}` as RequestId, tenant: workspaceId, fleetOrderId: id as FleetOrderId, revision: 1 };
    const ordered = { kind: 'ordered', by: clara, at: 1, signatoryConfirmed: true } as const;
    const state = { ...ordered, clientStatus: status, toldOf: [status] };
    await store.commit({ request: { expectedRevision: null, next: aRequest({ ...ids, state }) } });
  }
}

/** A directory of before, of the same people. */
export async function knownBefore(world: World, users: readonly User[]): Promise<void> {
  const { directory } = storeOf(world);
  const entries = users.map((user) => ({
    ...{ fleetUserId: user.id as FleetUserId, isFleetAdmin: user.role === 'ADMIN' },
    ...{
      name: `${user.first_name} ${user.last_name}`,
      email: user.email?.toLowerCase() ?? null,
      secondaryEmail: user.secondary_email,
    },
  }));
  for (let from = 0; from < entries.length; from += 1_000)
    await directory.add('before', entries.slice(from, from + 1_000));
  await directory.swapIn('before', wholeSince(Date.now() - STALE_MS));
}
