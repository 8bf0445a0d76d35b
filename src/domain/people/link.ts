import type { FleetUserId, SlackUserId } from '../ids.ts';

/** An admin's word for who somebody is in Fleet, where their e-mail cannot tell. */
export interface Link {
  readonly slackUserId: SlackUserId;
  readonly fleetUserId: FleetUserId;
  readonly by: SlackUserId;
  readonly at: number;
}
