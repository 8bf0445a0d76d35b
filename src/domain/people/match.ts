import type { FleetUserId, SlackUserId } from '../ids.ts';
import type { Settings } from '../settings/settings.ts';
import type { FleetPerson, Link, Match, NoMatch, Person, SlackProfile } from './people.ts';

/** The Kelvin sign and the dotted capital I fold into ASCII letters, which would be someone else's address. */
const FOLDS_INTO_ASCII = /[\u212a\u0130]/u;

/** Only trimmed and case-folded: plus tags, dots and domains are kept. Null: it matches no one. */
export function foldEmail(email: string): string | null {
  return FOLDS_INTO_ASCII.test(email) ? null : email.trim().toLowerCase();
}

/** Why this Slack account may never act in Fleet, whatever its address. Null: it may. */
export function barredProfile(profile: SlackProfile | null): NoMatch | null {
  // Null: Slack doesn't know the account (any more).
  if (profile === null || profile.isDeactivated) return { kind: 'deactivated' };
  if (profile.isStranger) return { kind: 'stranger' };
  if (profile.isBot) return { kind: 'bot' };
  return profile.isGuest ? { kind: 'guest' } : null;
}

/** Fleet users with this address as `email` and as `secondary_email`. */
export interface FoundByEmail {
  readonly primary: readonly FleetUserId[];
  readonly secondary: readonly FleetUserId[];
}

type FoundUser = { readonly kind: 'found'; readonly fleetUserId: FleetUserId } | NoMatch;

/** `email` first, then `secondary_email`. Two people with the same address match no one. */
export function userByEmail({ primary, secondary }: FoundByEmail): FoundUser {
  const candidates = new Set(primary.length > 0 ? primary : secondary);
  const [only] = candidates;
  if (only === undefined) return { kind: 'no_match' };
  return candidates.size > 1 ? { kind: 'two_matches' } : { kind: 'found', fleetUserId: only };
}

/**
 * `found` null: Slack shows no address. An admin's link counts where the email finds no one; if the email finds someone
 * else by now, there are two answers, and so no match.
 */
export function userOf(found: FoundByEmail | null, linked: FleetUserId | null): FoundUser {
  const byEmail: FoundUser = found === null ? { kind: 'email_hidden' } : userByEmail(found);
  if (linked === null) return byEmail;
  if (byEmail.kind !== 'found') return { kind: 'found', fleetUserId: linked };
  return byEmail.fleetUserId === linked ? byEmail : { kind: 'two_matches' };
}

/** A link lets someone act as a Fleet user, but only a Fleet `ADMIN` can give an `ADMIN`'s rights with it. */
export function givesAdminRights(found: { readonly isByEmail: boolean; readonly link: Link | null }): boolean {
  return found.isByEmail || found.link?.byFleetAdmin === true;
}

export type LinkRefusal =
  | { readonly kind: 'not_an_admin' }
  /** Who is an admin can't be told, because Fleet's people are not read whole. */
  | { readonly kind: 'admins_unknown' }
  | { readonly kind: 'yourself' }
  /** It would give the rights of a Fleet `ADMIN`, which only a Fleet `ADMIN` may give. */
  | { readonly kind: 'fleet_admins_only' }
  | { readonly kind: 'no_such_fleet_user'; readonly fleetUserId: FleetUserId }
  /** A guest, a bot, or someone who left or belongs to another workspace: may never act in Fleet. */
  | { readonly kind: 'barred'; readonly why: NoMatch }
  /** Their email already identifies them. */
  | { readonly kind: 'matched_by_email'; readonly fleetUserId: FleetUserId }
  | { readonly kind: 'linked_already'; readonly link: Link }
  /** The Fleet user is someone else, by email or by another link. */
  | { readonly kind: 'taken_by_email'; readonly by: SlackUserId }
  | { readonly kind: 'taken_by_link'; readonly link: Link }
  /** Slack or the directory can't say. */
  | { readonly kind: 'unknown_now'; readonly why: NoMatch }
  /** This very command ran before. */
  | { readonly kind: 'repeated'; readonly did: 'linked' | 'unlinked' }
  /** Another admin linked one of the two at the same moment. */
  | { readonly kind: 'overtaken' };

export interface LinkQuestion {
  readonly by: SlackUserId;
  readonly slackUserId: SlackUserId;
  readonly fleetUserId: FleetUserId;
  readonly barred: NoMatch | null;
  /** The directory's entry for the Fleet user. */
  readonly fleetPerson: FleetPerson | null;
  readonly isByFleetAdmin: boolean;
  /** The Fleet user whom the Slack person's own email identifies. */
  readonly byEmail: FleetUserId | null;
  /** Other Slack people whose email identifies the Fleet user. */
  readonly othersByEmail: readonly SlackUserId[];
  readonly linkOfPerson: Link | null;
  readonly linkOfFleetUser: Link | null;
}

/** Null: the link is fine. */
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

/** Why a person may not sign. `why`: the reason that their Slack and Fleet accounts could not be matched. */
export type SignRefusal =
  | { readonly kind: 'own_request' }
  | { readonly kind: 'not_eligible'; readonly why: NoMatch | null }
  /** Cannot be determined right now: refused, but trying again may help. */
  | { readonly kind: 'eligibility_unknown'; readonly why: NoMatch };

export type SignDecision =
  | { readonly ok: true; readonly person: Person }
  | { readonly ok: false; readonly refusal: SignRefusal };

export interface SignQuestion {
  readonly signer: Match;
  readonly requester: Person;
  /** The approver groups from the settings that the signer is known to be in. */
  readonly memberOf: readonly string[];
  readonly settings: Pick<Settings, 'approvers' | 'selfApproval'>;
}

/** Approvers are on the list in the settings, or Fleet `ADMIN`s if it is empty. Own requests need a setting. */
export function maySign({ signer, requester, memberOf, settings }: SignQuestion): SignDecision {
  if (signer.kind !== 'matched') return { ok: false, refusal: refusalOf(signer) };
  const { person, isFleetAdmin } = signer;
  if (isOwnRequest(person, requester) && settings.selfApproval === null)
    return { ok: false, refusal: { kind: 'own_request' } };
  const eligible = isListed(person.slackUserId, memberOf, settings.approvers) ?? isFleetAdmin;
  return eligible ? { ok: true, person } : { ok: false, refusal: { kind: 'not_eligible', why: null } };
}

/** Compares both ids: a second Slack or Fleet account must not let people sign for themselves. */
export function isOwnRequest(signer: Person, requester: Person): boolean {
  return signer.slackUserId === requester.slackUserId || signer.fleetUserId === requester.fleetUserId;
}

/** Null: there is no list. */
function isListed(
  slackUserId: SlackUserId,
  memberOf: readonly string[],
  { people, userGroups }: Settings['approvers'],
): boolean | null {
  if (people.length === 0 && userGroups.length === 0) return null;
  return people.includes(slackUserId) || userGroups.some((group) => memberOf.includes(group));
}

function refusalOf(why: NoMatch): SignRefusal {
  switch (why.kind) {
    case 'people_loading':
    case 'people_incomplete':
    case 'fleet_unreachable':
    case 'key_refused':
    case 'slack_unreachable':
      return { kind: 'eligibility_unknown', why };
    default:
      return { kind: 'not_eligible', why };
  }
}
