import { inChunks } from '../../domain/async.ts';
import type { AuditEntry } from '../../domain/audit.ts';
import type { FleetUserId, SlackUserId } from '../../domain/ids.ts';
import { barredProfile, type LinkRefusal, mayNotLink } from '../../domain/people/match.ts';
import type { FleetPerson, Link, Match, NoMatch, UnmatchedPerson } from '../../domain/people/people.ts';
import type { ServiceContext } from '../context.ts';
import { adminRightsNow } from './admins.ts';
import { profileNow } from './authority.ts';
import { findFleetUserByEmail, findOthersByEmail, matchPerson } from './match.ts';

interface LinkWanted {
  readonly by: SlackUserId;
  readonly slackUserId: SlackUserId;
  readonly fleetUserId: FleetUserId;
  /** The command itself (`onceName`). */
  readonly once: string;
}

type Linked =
  | { readonly kind: 'linked'; readonly link: Link; readonly fleetPerson: FleetPerson }
  | { readonly kind: 'refused'; readonly refusal: LinkRefusal };

export async function linkPerson(context: ServiceContext, asked: LinkWanted): Promise<Linked> {
  const { store, workspaceId, newId } = context;
  const { answer, unsure, isFleetAdmin: byFleetAdmin } = await adminRightsNow(context, asked.by, null);
  if (answer !== 'admin') return refused(unsure === null ? { kind: answer } : { kind: 'unknown_now', why: unsure });
  if (await isRepeated(context, asked)) return refused({ kind: 'repeated', did: 'linked' });
  const state = await store.directory.state();
  if (state === null) return refused({ kind: 'unknown_now', why: { kind: 'people_loading' } });
  const known = await readLinkFacts(context, asked);
  if (known === null) return refused({ kind: 'unknown_now', why: { kind: 'slack_unreachable' } });
  if (known.fleetPerson === null && !state.isWhole)
    return refused({ kind: 'unknown_now', why: { kind: 'people_incomplete' } });
  const refusal = mayNotLink({ ...asked, ...known, isByFleetAdmin: byFleetAdmin });
  if (refusal?.kind === 'fleet_admins_only' && unsure !== null) return refused({ kind: 'unknown_now', why: unsure });
  if (refusal !== null || known.fleetPerson === null)
    return refused(refusal ?? { kind: 'no_such_fleet_user', fleetUserId: asked.fleetUserId });
  const { once, ...people } = asked;
  const link: Link = { ...people, at: context.now(), byFleetAdmin };
  const { fleetPerson } = known;
  const notice = { kind: 'person_linked', fleetUserId: link.fleetUserId, name: fleetPerson.name } as const;
  const to = { kind: 'person', slackUserId: asked.slackUserId } as const;
  const committed = await store.commit({
    once,
    link: { expected: null, next: link },
    work: [{ id: `tell-linked.${newId()}`, work: { kind: 'notify', tenant: workspaceId, to, notice } }],
    audit: [linkAudit(context, 'person_linked', link, asked.by)],
  });
  if (committed === 'committed') return { kind: 'linked', link, fleetPerson };
  return refused(committed === 'repeated' ? { kind: 'repeated', did: 'linked' } : { kind: 'overtaken' });
}

/** An earlier delivery of the command did this. What has been done since stays. */
async function isRepeated({ store }: ServiceContext, { once }: Pick<LinkWanted, 'once'>): Promise<boolean> {
  return (await store.onceOutcome(once)) !== null;
}

/** Null: Slack can't say. */
async function readLinkFacts(context: ServiceContext, { slackUserId, fleetUserId }: LinkWanted) {
  const { store } = context;
  const [profile, fleetPerson, others, linkOfPerson, linkOfFleetUser] = await Promise.all([
    profileNow(context, slackUserId, { waitMs: null }),
    store.directory.person(fleetUserId),
    findOthersByEmail(context, fleetUserId, slackUserId),
    store.link(slackUserId),
    store.linkOf(fleetUserId),
  ]);
  if (!profile.ok || !others.ok) return null;
  const byEmail = profile.value === null ? null : await findFleetUserByEmail(context, profile.value);
  const barred = barredProfile(profile.value);
  return { fleetPerson, othersByEmail: others.value, linkOfPerson, linkOfFleetUser, byEmail, barred };
}

type Unlinked =
  | { readonly kind: 'unlinked'; readonly link: Link }
  | { readonly kind: 'not_linked' }
  | { readonly kind: 'refused'; readonly refusal: LinkRefusal };

/** Removes a link. It takes effect at once, because every press matches the person again. */
export async function unlinkPerson(
  context: ServiceContext,
  { by, slackUserId, once }: Omit<LinkWanted, 'fleetUserId'>,
): Promise<Unlinked> {
  const { answer, unsure } = await adminRightsNow(context, by, null);
  if (answer !== 'admin') return refused(unsure === null ? { kind: answer } : { kind: 'unknown_now', why: unsure });
  if (await isRepeated(context, { once })) return refused({ kind: 'repeated', did: 'unlinked' });
  const link = await context.store.link(slackUserId);
  if (link === null) return { kind: 'not_linked' };
  const committed = await context.store.commit({
    once,
    link: { expected: link, next: null },
    audit: [linkAudit(context, 'person_unlinked', link, by)],
  });
  if (committed === 'committed') return { kind: 'unlinked', link };
  return refused(committed === 'repeated' ? { kind: 'repeated', did: 'unlinked' } : { kind: 'overtaken' });
}

function refused(refusal: LinkRefusal): { readonly kind: 'refused'; readonly refusal: LinkRefusal } {
  return { kind: 'refused', refusal };
}

/** Both ids and no name: the log alone must tell who was linked to whom. */
function linkAudit({ now }: ServiceContext, did: string, link: Link, by: SlackUserId): AuditEntry {
  return {
    at: now(),
    by: { slackUserId: by, fleetUserId: null },
    did,
    requestId: null,
    fleetOrderId: null,
    from: link.slackUserId,
    to: `Fleet user ${link.fleetUserId}`,
    surface: 'command',
    outcome: 'done',
  };
}

const MAX_LISTED = 60;

interface Unmatched {
  readonly people: readonly UnmatchedPerson[];
  readonly links: readonly Link[];
}

/** The people who came and have no match. Those who have one by now, or need none, are taken off the list. */
export async function pruneUnmatched(context: ServiceContext): Promise<Unmatched> {
  const { store } = context;
  const [ids, links] = await Promise.all([store.unmatchedPeople(), store.links(MAX_LISTED)]);
  const people = await inChunks(ids.slice(0, MAX_LISTED), async (slackUserId) => {
    const match = await matchPerson(context, slackUserId);
    if (isStillUnmatched(match)) return [{ slackUserId, why: match }];
    if (!isUnknownNow(match)) await store.dropUnmatched(slackUserId);
    return [];
  });
  return { people: people.flat(), links };
}

/** A look-up that failed proves no match, so they stay on the list for the next one. */
function isUnknownNow({ kind }: Match): boolean {
  return ['people_loading', 'people_incomplete', 'fleet_unreachable', 'key_refused', 'slack_unreachable'].includes(
    kind,
  );
}

/** Someone who left or became a guest needs no link either. */
function isStillUnmatched(match: Match): match is NoMatch {
  return match.kind === 'no_match' || match.kind === 'two_matches' || match.kind === 'email_hidden';
}
