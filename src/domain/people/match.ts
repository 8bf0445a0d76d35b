import type { FleetUserId, SlackUserId } from '../ids.ts';
import type { FleetPerson, Link, NoMatch, SlackProfile } from './people.ts';

/** The Kelvin sign and the dotted capital I fold into ASCII letters: that would be somebody else's address. */
const FOLDS_INTO_ASCII = /[\u212a\u0130]/u;

/** Trimmed and case-folded, and nothing else: no plus tags, no dots, no other domain. Null: it matches nobody. */
export function foldEmail(email: string): string | null {
  return FOLDS_INTO_ASCII.test(email) ? null : email.trim().toLowerCase();
}

/** Why this Slack account never acts for anybody in Fleet, whatever its address. Null: nothing speaks against it. */
export function barredProfile(profile: SlackProfile | null): NoMatch | null {
  // Slack does not know the account (any more).
  if (profile === null || profile.isDeactivated) return { kind: 'deactivated' };
  if (profile.isStranger) return { kind: 'stranger' };
  if (profile.isBot) return { kind: 'bot' };
  return profile.isGuest ? { kind: 'guest' } : null;
}

/** Fleet users with the address as `email`, and as `secondary_email`. */
export interface FoundByEmail {
  readonly primary: readonly FleetUserId[];
  readonly secondary: readonly FleetUserId[];
}

type FoundUser = { readonly kind: 'found'; readonly fleetUserId: FleetUserId } | NoMatch;

/** `email` first and then `secondary_email`; two people with the same address are nobody. */
export function userByEmail({ primary, secondary }: FoundByEmail): FoundUser {
  const candidates = new Set(primary.length > 0 ? primary : secondary);
  const [only] = candidates;
  if (only === undefined) return { kind: 'no_match' };
  return candidates.size > 1 ? { kind: 'two_matches' } : { kind: 'found', fleetUserId: only };
}

/**
 * `found` null: Slack shows no address. An admin's link is for where the e-mail cannot tell; where the e-mail tells
 * something else by now, there are two answers and so none.
 */
export function userOf(found: FoundByEmail | null, linked: FleetUserId | null): FoundUser {
  const byEmail: FoundUser = found === null ? { kind: 'email_hidden' } : userByEmail(found);
  if (linked === null) return byEmail;
  if (byEmail.kind !== 'found') return { kind: 'found', fleetUserId: linked };
  return byEmail.fleetUserId === linked ? byEmail : { kind: 'two_matches' };
}

export type LinkRefusal =
  | { readonly kind: 'not_an_admin' }
  | { readonly kind: 'yourself' }
  /** It would give the rights of a Fleet `ADMIN`, which only a Fleet `ADMIN` may give. */
  | { readonly kind: 'fleet_admins_only' }
  | { readonly kind: 'no_such_fleet_user'; readonly fleetUserId: FleetUserId }
  /** A guest, a bot, somebody who left or belongs elsewhere: never acts for anybody. */
  | { readonly kind: 'barred'; readonly why: NoMatch }
  /** Their e-mail tells already who they are. */
  | { readonly kind: 'matched_by_email'; readonly fleetUserId: FleetUserId }
  | { readonly kind: 'linked_already'; readonly link: Link }
  /** The Fleet user is somebody else: by e-mail, or by another link. */
  | { readonly kind: 'taken_by_email'; readonly by: SlackUserId }
  | { readonly kind: 'taken_by_link'; readonly link: Link }
  /** Slack or the directory cannot say just now. */
  | { readonly kind: 'unknown_now'; readonly why: NoMatch }
  /** Somebody else linked one of the two at the same moment. */
  | { readonly kind: 'overtaken' };

export interface LinkQuestion {
  readonly by: SlackUserId;
  readonly slackUserId: SlackUserId;
  readonly fleetUserId: FleetUserId;
  readonly barred: NoMatch | null;
  /** Whom the directory has under the number. */
  readonly fleetPerson: FleetPerson | null;
  readonly isByFleetAdmin: boolean;
  /** Whom the Slack person's own e-mail names. */
  readonly byEmail: FleetUserId | null;
  /** Who else's e-mail names the Fleet user. */
  readonly othersByEmail: readonly SlackUserId[];
  readonly linkOfPerson: Link | null;
  readonly linkOfFleetUser: Link | null;
}

/** Null: nothing speaks against it. */
export function mayNotLink(asked: LinkQuestion): LinkRefusal | null {
  const { slackUserId, fleetUserId, linkOfPerson, linkOfFleetUser } = asked;
  if (asked.by === slackUserId) return { kind: 'yourself' };
  if (asked.barred !== null) return { kind: 'barred', why: asked.barred };
  if (asked.fleetPerson === null) return { kind: 'no_such_fleet_user', fleetUserId };
  if (asked.fleetPerson.isFleetAdmin && !asked.isByFleetAdmin) return { kind: 'fleet_admins_only' };
  if (asked.byEmail !== null) return { kind: 'matched_by_email', fleetUserId: asked.byEmail };
  if (linkOfPerson !== null) return { kind: 'linked_already', link: linkOfPerson };
  const [taken] = asked.othersByEmail;
  if (taken !== undefined) return { kind: 'taken_by_email', by: taken };
  return linkOfFleetUser === null ? null : { kind: 'taken_by_link', link: linkOfFleetUser };
}
