import type { FleetUserId } from '../ids.ts';
import type { NoMatch } from './people.ts';
import type { SlackProfile } from './slack-profile.ts';

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

export type FoundUser = { readonly kind: 'found'; readonly fleetUserId: FleetUserId } | NoMatch;

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
