import { z } from 'zod';
import { FleetUserId, SlackUserId } from '../ids.ts';
import type { DeepReadonly } from '../schema.ts';

/** One human on both sides. `name` is Fleet's (or Slack's where Fleet has none): text from people, escape it. */
export const Person = z.object({ slackUserId: SlackUserId, fleetUserId: FleetUserId, name: z.string() });
export type Person = DeepReadonly<z.infer<typeof Person>>;

/** What the directory knows of a Fleet user. No e-mail: the index is by keyed hash. */
export const FleetPerson = z.object({ fleetUserId: FleetUserId, name: z.string(), isFleetAdmin: z.boolean() });
export type FleetPerson = DeepReadonly<z.infer<typeof FleetPerson>>;

/** Why a Slack person could not be tied to exactly one Fleet user. Each has its own sentence; none acts for anybody. */
export type NoMatch =
  | { readonly kind: 'no_match' }
  | { readonly kind: 'two_matches' }
  | { readonly kind: 'email_hidden' }
  | { readonly kind: 'guest' }
  | { readonly kind: 'stranger' }
  | { readonly kind: 'deactivated' }
  | { readonly kind: 'bot' }
  | { readonly kind: 'people_loading' }
  | { readonly kind: 'fleet_unreachable' }
  /** Before the first whole pass over its people: Fleet does not accept the workspace's key. */
  | { readonly kind: 'key_refused' }
  | { readonly kind: 'slack_unreachable' };

export type Match = { readonly kind: 'matched'; readonly person: Person; readonly isFleetAdmin: boolean } | NoMatch;

/** Somebody who came and could not be tied to a Fleet user. */
export interface UnmatchedPerson {
  readonly slackUserId: SlackUserId;
  readonly why: NoMatch;
}
