import { z } from 'zod';
import { FleetUserId, SlackUserId, WorkspaceId } from '../ids.ts';
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

/** What Slack says of a person (`users.info`). The e-mail is for matching only: it is never shown, logged or stored in clear. */
export const SlackProfile = z.object({
  slackUserId: SlackUserId,
  slackTeamId: WorkspaceId,
  name: z.string(),
  /** Null: hidden, or the scope is missing. */
  email: z.string().nullable(),
  /** IANA name, such as `Europe/Berlin`. */
  timeZone: z.string(),
  /** Such as `de-DE`. */
  locale: z.string(),
  isBot: z.boolean(),
  /** Multi- or single-channel guest. */
  isGuest: z.boolean(),
  /** From another workspace or organisation (Slack Connect). */
  isStranger: z.boolean(),
  isDeactivated: z.boolean(),
  /** Slack workspace admin or owner. */
  isSlackAdmin: z.boolean(),
});
export type SlackProfile = DeepReadonly<z.infer<typeof SlackProfile>>;

/** A user group, where the workspace gave the app `usergroups:read`. */
export const SlackGroup = z.object({ id: z.string(), name: z.string() });
export type SlackGroup = DeepReadonly<z.infer<typeof SlackGroup>>;

/** An admin's word for who somebody is in Fleet, where their e-mail cannot tell. */
export const Link = z.object({ slackUserId: SlackUserId, fleetUserId: FleetUserId, by: SlackUserId, at: z.number() });
export type Link = DeepReadonly<z.infer<typeof Link>>;
