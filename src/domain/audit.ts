import { z } from 'zod';
import { FleetOrderId, FleetUserId, RequestId, SlackUserId } from './ids.ts';
import type { DeviceRequest } from './request/request.ts';
import { type DeepReadonly, looseObject, openEnum } from './vocabulary.ts';

/** Who did what to which order, when, from which surface, with which outcome. No names, addresses or free text. */
export const AuditEntry = looseObject({
  at: z.number(),
  by: z.union([
    z.literal('fleet_for_slack'),
    z.object({ slackUserId: SlackUserId, fleetUserId: FleetUserId.nullable() }),
  ]),
  /** Verb phrase, snake_case: `request_sent`, `approval_pressed`, `approver_press_refused`, … */
  did: z.string(),
  requestId: RequestId.nullable(),
  fleetOrderId: FleetOrderId.nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  surface: openEnum<'command' | 'modal' | 'card' | 'home' | 'job' | 'settings'>(),
  outcome: z.string(),
  /** Only for a person's own request that they signed: the admin's reason in the settings for allowing it. */
  reason: z.string().exactOptional(),
});
export type AuditEntry = DeepReadonly<z.infer<typeof AuditEntry>>;

/** `orders`: about a cart, a request or an order. `company`: settings, links, backups, pauses. */
export const auditFilters = ['all', 'orders', 'company'] as const;
export type AuditFilter = (typeof auditFilters)[number];

export function isInAudit({ fleetOrderId, requestId, did }: AuditEntry, filter: AuditFilter): boolean {
  if (filter === 'all') return true;
  const isAboutOrder = fleetOrderId !== null || requestId !== null || did.startsWith('cart_');
  return filter === (isAboutOrder ? 'orders' : 'company');
}

/** An entry as admins read it, with the request that it is about, if that is still known. */
export interface AuditRow {
  readonly entry: AuditEntry;
  readonly request: DeviceRequest | null;
}
