import { aSeed } from '../../sandbox/fleet/seed/a-seed.ts';
import type { SlackSeed } from '../../sandbox/slack/start.ts';
import type { FleetOrderId, FleetUserId, RequestId, SlackUserId, WorkspaceId } from '../../src/domain/ids.ts';
import type { Person } from '../../src/domain/people/people.ts';
import type { DeviceRequest } from '../../src/domain/request/request.ts';
import type { WorkItem } from '../../src/domain/work.ts';
import type { WorkspaceStore } from '../../src/store/store.ts';
import { aLine, aSnapshot, euros } from '../domain/a-line.ts';
import { aRequest, clara, dan } from '../domain/a-request.ts';
import type { World } from '../support/world.ts';

const FIRST = 101;
const HOUR = 60 * 60 * 1000;

/** As many employees in Fleet and in Slack as there are requests: each has one cart. */
export const staff = (count: number) => aSeed({ users: count + 20, productGroups: 20 });

export function withStaff(seed: SlackSeed, count: number): SlackSeed {
  const employees = Array.from({ length: count }, (_, index) => {
    const number = FIRST + index;
    const about = { name: `person${number}`, realName: `Person${number} Staff${number}` };
    return { id: idOf(index), ...about, email: `person.${number}@acme.test`, tz: 'Europe/Paris', locale: 'en-GB' };
  });
  return { ...seed, people: [...seed.people, ...employees] };
}

const idOf = (index: number): string => `U0P${FIRST + index}`;

function employee(index: number): Person {
  const number = FIRST + index;
  const name = `Person${number} Staff${number}`;
  return { slackUserId: idOf(index) as SlackUserId, fleetUserId: number as FleetUserId, name };
}

export const approverOf = (index: number): Person => (index % 2 === 0 ? clara : dan);
export const otherApprover = (index: number): Person => (index % 2 === 0 ? dan : clara);

/** As the two modals leave it: a cart in Fleet, its lines in a locked draft, and a request that waits. */
export async function sentRequest(world: World, store: WorkspaceStore, index: number): Promise<DeviceRequest> {
  const requester = employee(index);
  const fleetOrderId = await cartOf(world, requester);
  const now = Date.now();
  const lines = [aLine({ fleetUserId: requester.fleetUserId, assigneeName: requester.name })];
  const request = aRequest({
    ...{ id: `soak${index}` as RequestId, tenant: world.workspaceId as WorkspaceId, fleetOrderId, requester, lines },
    ...{ approver: approverOf(index), fingerprint: `fp-${index}`, note: '', revision: 1 },
    ...{ total: { fleet: euros('54.90'), ours: [euros('54.9')], unpriced: 0 } },
    ...{ expectedInFleet: aSnapshot([101], '54.90', { names: ['MacBook Pro 14'] }) },
    ...{ createdAt: now, expiresAt: now + 7 * 24 * HOUR },
  });
  await store.commit({
    request: { expectedRevision: null, next: request },
    draft: {
      slackUserId: requester.slackUserId,
      expectedRevision: null,
      next: {
        ...{ purchaserId: requester.fleetUserId, fleetOrderId, mode: 'LEASING', lines, standing: 'ours' },
        ...{ fleetHolds: request.expectedInFleet, creatingSince: null, lockedBy: request.id },
        ...{ appliedChanges: [], revision: 1 },
      },
    },
    work: firstWork(request),
  });
  return request;
}

function firstWork({ id: requestId, tenant, expiresAt }: DeviceRequest): WorkItem[] {
  return [
    { id: `update_cards.${requestId}.1`, work: { kind: 'update_cards', tenant, requestId } },
    { id: `expire.${requestId}.1`, notBefore: expiresAt, work: { kind: 'expire', tenant, requestId } },
  ];
}

async function cartOf({ fleet }: World, { fleetUserId }: Person): Promise<FleetOrderId> {
  const item = { product_id: 101, delivery_country: 'FR', keyboard_layout: 'FRENCH_AZERTY', user_id: fleetUserId };
  const answer = await fetch(`${fleet.url}/carts`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${fleet.apiKey}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ purchaser_id: fleetUserId, acquisition_mode: 'LEASING', order_items: [item] }),
  });
  const body = (await answer.json()) as { readonly data: { readonly order_id: number } };
  return body.data.order_id as FleetOrderId;
}
