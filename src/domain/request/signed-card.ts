import { z } from 'zod';
import { FleetOrderId, FleetUserId, RequestId, SlackChannelId, SlackMessageTs, SlackUserId, TenantId } from '../ids.ts';
import type { DeepReadonly } from '../schema.ts';

/** Where one copy of a card is in Slack. */
export const CopyPlace = z.object({ channel: SlackChannelId, ts: SlackMessageTs });
export type CopyPlace = DeepReadonly<z.infer<typeof CopyPlace>>;

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
  otherCopy: CopyPlace.nullable(),
});
export type CardSide = DeepReadonly<z.infer<typeof CardSide>>;

/** What a modal that a card's button opened carries, signed: the button's value, and where the card is. */
export const CardModalMemory = z.object({ card: z.string(), copy: CopyPlace.nullable() });
