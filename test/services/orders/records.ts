import { expect } from 'vitest';
import { cartTotal } from '../../../src/domain/cart/cart.ts';
import { snapshotOf } from '../../../src/domain/cart/compare.ts';
import type { FleetOrderId, RequestId } from '../../../src/domain/ids.ts';
import type { DeviceRequest, RequestState } from '../../../src/domain/request/request.ts';
import { signedText } from '../../../src/domain/request/request.ts';
import { toOrderItems } from '../../../src/services/cart/session.ts';
import { aLine } from '../../domain/a-line.ts';
import { anna, aRequest, clara, SENT_AT } from '../../domain/a-request.ts';
import type { Bench } from '../request/bench.ts';

export const orderedAs = (clientStatus: string): RequestState & { readonly kind: 'ordered' } => ({
  ...{ kind: 'ordered', by: clara, at: SENT_AT, clientStatus, signatoryConfirmed: true },
});

/** A pending request with its cart in Fleet, and no draft: a company has many of them at once. */
export async function aWaitingRequest(bench: Bench, over: Partial<DeviceRequest> = {}): Promise<DeviceRequest> {
  bench.fleet.rules.oneActiveCart = false;
  const { fleet, seal, newId, workspaceId, store } = bench.context;
  const lines = [aLine(), aLine()];
  const body = { purchaserId: anna.fleetUserId, orderItems: toOrderItems(lines), acquisitionMode: 'LEASING' } as const;
  const created = await fleet.createCart(body, 'person');
  const cart = created.ok ? await fleet.getCart(created.value.fleetOrderId, 'person') : created;
  if (!cart.ok) throw new Error(JSON.stringify(cart.failure));
  const expectedInFleet = snapshotOf(cart.value);
  const total = cartTotal(lines, expectedInFleet);
  const fingerprint = seal.digest(
    signedText({ requester: anna, mode: 'LEASING', lines, total, expectedInFleet }, null),
  );
  const request = aRequest({
    ...{
      id: newId() as RequestId,
      tenant: workspaceId,
      fleetOrderId: cart.value.fleetOrderId,
      lines,
      total,
      expectedInFleet,
    },
    ...{ fingerprint, revision: 1, ...over },
  });
  expect(await store.commit({ request: { expectedRevision: null, next: request } })).toBe('committed');
  return request;
}

/** An order in Fleet that was placed from here; the record says `known`, Fleet may say something else. */
export async function anOrder(bench: Bench, known: string, inFleet = known): Promise<DeviceRequest> {
  const request = await aWaitingRequest(bench, { state: orderedAs(known) });
  bench.fleet.cockpit.validate(request.fleetOrderId);
  bench.fleet.cockpit.setStatus(request.fleetOrderId, inFleet);
  return request;
}

/** Only the record, for an order that Fleet's seed has. */
export async function aRecord(bench: Bench, fleetOrderId: number, clientStatus: string): Promise<DeviceRequest> {
  const { workspaceId, store } = bench.context;
  const request = aRequest({
    ...{
      id: `r${fleetOrderId}` as RequestId,
      tenant: workspaceId,
      fleetOrderId: fleetOrderId as FleetOrderId,
      revision: 1,
    },
    state: orderedAs(clientStatus),
  });
  expect(await store.commit({ request: { expectedRevision: null, next: request } })).toBe('committed');
  return request;
}
