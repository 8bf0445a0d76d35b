import { z } from 'zod';
import { FleetOrderId, FleetUserId, RequestId, SlackUserId } from './ids.ts';
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
