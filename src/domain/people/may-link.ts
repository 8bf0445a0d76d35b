import type { FleetUserId, SlackUserId } from '../ids.ts';
import type { Link } from './link.ts';
import type { FleetPerson, NoMatch } from './people.ts';

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
