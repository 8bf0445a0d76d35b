import type { DraftCart } from '../cart/cart.ts';
import type { FleetUserId, SlackUserId } from '../ids.ts';
import type { DeviceRequest } from '../request/request.ts';

export interface Viewer {
  readonly slackUserId: SlackUserId;
  /** Null: not tied to a Fleet user, so no line can be for them. */
  readonly fleetUserId: FleetUserId | null;
  readonly isAdmin: boolean;
}

/** Requester, people that its lines are for, approver, admins. Everybody else is answered as if it did not exist. */
export function maySeeRequest(viewer: Viewer, request: DeviceRequest): boolean {
  if (viewer.isAdmin) return true;
  if (viewer.slackUserId === request.requester.slackUserId) return true;
  if (viewer.slackUserId === request.approver.slackUserId) return true;
  return viewer.fleetUserId !== null && request.lines.some((line) => line.fleetUserId === viewer.fleetUserId);
}

/** A cart that is not sent yet has no approver. */
export function maySeeDraft(viewer: Viewer, owner: SlackUserId, draft: DraftCart): boolean {
  if (viewer.isAdmin || viewer.slackUserId === owner) return true;
  return viewer.fleetUserId !== null && draft.lines.some((line) => line.fleetUserId === viewer.fleetUserId);
}
