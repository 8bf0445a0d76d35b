import type { FleetOrderId, FleetUserId, RequestId, SlackUserId } from './ids.ts';

/** Who did what to which order, when, from which surface, with which outcome. No names, notes or addresses, and nothing that was written about a request. */
export interface AuditEntry {
  readonly at: number;
  readonly by: { readonly slackUserId: SlackUserId; readonly fleetUserId: FleetUserId | null } | 'fleet_for_slack';
  /** Verb phrase, snake_case: `request_sent`, `approval_pressed`, `approver_press_refused`, … */
  readonly did: string;
  readonly requestId: RequestId | null;
  readonly fleetOrderId: FleetOrderId | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly surface: 'command' | 'modal' | 'card' | 'home' | 'job' | 'settings';
  readonly outcome: string;
  /** Only of an own request that was signed: why settings allow it, as an admin wrote it there. */
  readonly reason?: string;
}
