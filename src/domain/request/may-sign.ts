import type { SlackUserId } from '../ids.ts';
import type { Match, NoMatch, Person } from '../people/people.ts';
import type { Settings } from '../settings/settings.ts';

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
    case 'fleet_unreachable':
    case 'key_refused':
    case 'slack_unreachable':
      return { kind: 'eligibility_unknown', why };
    default:
      return { kind: 'not_eligible', why };
  }
}
