import { z } from 'zod';
import { FleetUserId, SlackUserId, WorkspaceId } from '../ids.ts';
import type { DeepReadonly } from '../vocabulary.ts';

/** One person in Slack and in Fleet. `name` is Fleet's, or Slack's if Fleet has none. Text from people: escape it. */
export const Person = z.object({ slackUserId: SlackUserId, fleetUserId: FleetUserId, name: z.string() });
export type Person = DeepReadonly<z.infer<typeof Person>>;

/** What the directory knows about a Fleet user. No email: it is indexed by keyed hash. */
export const FleetPerson = z.object({ fleetUserId: FleetUserId, name: z.string(), isFleetAdmin: z.boolean() });
export type FleetPerson = DeepReadonly<z.infer<typeof FleetPerson>>;

/** Why a Slack person doesn't match exactly one Fleet user, so can't act in Fleet. Each reason has its own message. */
export type NoMatch =
  | { readonly kind: 'no_match' }
  | { readonly kind: 'two_matches' }
  | { readonly kind: 'email_hidden' }
  | { readonly kind: 'guest' }
  | { readonly kind: 'stranger' }
  | { readonly kind: 'deactivated' }
  | { readonly kind: 'bot' }
  | { readonly kind: 'people_loading' }
  /** Fleet's list of people could not be read whole, so they may be in it. */
  | { readonly kind: 'people_incomplete' }
  | { readonly kind: 'fleet_unreachable' }
  /** The directory isn't built yet, and Fleet rejects the workspace's key. */
  | { readonly kind: 'key_refused' }
  | { readonly kind: 'slack_unreachable' };

/** Waiting doesn't help: until somebody changes that, this person can't order. */
export function isLasting({ kind }: NoMatch): boolean {
  switch (kind) {
    case 'no_match':
    case 'two_matches':
    case 'email_hidden':
    case 'guest':
    case 'stranger':
    case 'deactivated':
    case 'bot':
      return true;
    case 'people_loading':
    case 'people_incomplete':
    case 'fleet_unreachable':
    case 'key_refused':
    case 'slack_unreachable':
      return false;
  }
}

export type Match = { readonly kind: 'matched'; readonly person: Person; readonly isFleetAdmin: boolean } | NoMatch;

/** Someone who used the app and matches no Fleet user. */
export interface UnmatchedPerson {
  readonly slackUserId: SlackUserId;
  readonly why: NoMatch;
}

/** A person in Slack (`users.info`). The email is for matching only: never shown, logged or stored in clear. */
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

/** An admin's statement of who a person is in Fleet, for when their email doesn't tell. */
export const Link = z.object({
  slackUserId: SlackUserId,
  fleetUserId: FleetUserId,
  by: SlackUserId,
  at: z.number(),
  /** Whether who gave it was a Fleet `ADMIN` then. Earlier releases didn't record it. */
  byFleetAdmin: z.boolean().exactOptional(),
});
export type Link = DeepReadonly<z.infer<typeof Link>>;

const nameOfNew = z.string().trim().min(1).max(100);

/** What **New colleague** asks for. */
export const NewColleague = z.object({
  firstName: nameOfNew,
  lastName: nameOfNew,
  email: z.string().trim().max(254).pipe(z.email()),
  /** `YYYY-MM-DD` */
  startDate: z.iso.date().optional(),
});
export type NewColleague = DeepReadonly<z.infer<typeof NewColleague>>;
