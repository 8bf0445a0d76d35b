import type { FleetUserId, SlackUserId } from '../../../src/domain/ids.ts';
import { cast, names } from '../people.ts';

/** Fleet's `secondary_email` of Anna: a second Slack account of the same person. */
export const SECOND_EMAIL = 'anna.k@acme.test';

/** Everybody who reads what is told: one entry for each Slack account. */
export const accounts = {
  ...cast,
  'anna too': {
    slackUserId: 'U0ANNA2' as SlackUserId,
    fleetUserId: cast.anna.fleetUserId satisfies FleetUserId,
    name: cast.anna.name,
  },
} as const;
export type Account = keyof typeof accounts;
export const everybody: readonly Account[] = [...names, 'anna too'];
export const requesters = ['anna', 'anna too'] as const;
