import { z } from 'zod';
import { FleetOrderId, FleetUserId, RequestId, SlackChannelId, SlackMessageTs, SlackUserId, TenantId } from '../ids.ts';
import type { DeepReadonly } from '../schema.ts';

const side = z.object({ slackUserId: SlackUserId, fleetUserId: FleetUserId });

/**
 * What every button of a card carries, signed: enough to rebuild the request from the card and from Fleet when Redis
 * was lost, and to find the other copy. The lines are not in it: a button's value holds 2,000 characters.
 */
export const CardSide = z.object({
  tenant: TenantId,
  requestId: RequestId,
  fleetOrderId: FleetOrderId,
  requester: side,
  approver: side,
  expiresAt: z.number(),
  fingerprint: z.string(),
  otherCopy: z.object({ channel: SlackChannelId, ts: SlackMessageTs }).nullable(),
});
export type CardSide = DeepReadonly<z.infer<typeof CardSide>>;
