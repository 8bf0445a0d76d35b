import type {
  FleetOrderId,
  FleetUserId,
  RequestId,
  SlackChannelId,
  SlackMessageTs,
  SlackUserId,
  TenantId,
} from '../ids.ts';

/**
 * What every button of a card carries, signed: enough to rebuild the request from the card and from Fleet when Redis
 * was lost, and to find the other copy. The lines are not in it: a button's value holds 2,000 characters.
 */
export interface CardSide {
  readonly tenant: TenantId;
  readonly requestId: RequestId;
  readonly fleetOrderId: FleetOrderId;
  readonly requester: { readonly slackUserId: SlackUserId; readonly fleetUserId: FleetUserId };
  readonly approver: { readonly slackUserId: SlackUserId; readonly fleetUserId: FleetUserId };
  readonly expiresAt: number;
  readonly fingerprint: string;
  readonly otherCopy: { readonly channel: SlackChannelId; readonly ts: SlackMessageTs } | null;
}
