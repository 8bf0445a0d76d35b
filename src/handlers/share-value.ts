import { type FleetOrderId, parseFleetId } from '../domain/ids.ts';
import { isToBeSent } from '../domain/tracking/draft-report.ts';
import type { OrderStatus } from '../domain/tracking/status-report.ts';
import type { Tenant } from './deps.ts';

/** What **Share in channel** carries: the tenant and the number, signed. Whether the presser may see it is checked again. */
export function shareValueFor({ context }: Tenant, status: OrderStatus): string | null {
  const fleetOrderId = shareable(status);
  return fleetOrderId === null ? null : context.seal.sign('card', `share ${context.tenant} ${fleetOrderId}`);
}

/** Null: not ours, changed, or another workspace's. */
export function readShareValue({ context }: Tenant, value: string | undefined): FleetOrderId | null {
  const opened = value === undefined ? null : context.seal.open('card', value);
  const [what, tenant, number, ...more] = opened?.split(' ') ?? [];
  if (what !== 'share' || tenant !== context.tenant || number === undefined || more.length > 0) return null;
  return parseFleetId<FleetOrderId>(number);
}

function shareable(status: OrderStatus): FleetOrderId | null {
  switch (status.kind) {
    case 'request':
      return status.item.request.fleetOrderId;
    case 'foreign':
      return status.fleetOrderId;
    case 'draft':
      return isToBeSent(status.draft.cart) ? status.fleetOrderId : null;
    case 'not_found':
    case 'could_not_look':
      return null;
    default:
      return status satisfies never;
  }
}
