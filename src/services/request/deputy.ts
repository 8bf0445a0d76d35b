import { withTimeout } from '../../domain/async.ts';
import type { AuditEntry } from '../../domain/audit.ts';
import type { SlackUserId } from '../../domain/ids.ts';
import type { SignRefusal } from '../../domain/people/match.ts';
import type { NoMatch, Person, SlackProfile } from '../../domain/people/people.ts';
import { type Deputy, endOfDay, reassignToDeputy } from '../../domain/request/decide.ts';
import { approverUnavailableNotices, askedAgainNotices, deputyNotices } from '../../domain/request/notices.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import { flagApproverGone } from '../../domain/request/validate.ts';
import type { WorkItem } from '../../domain/work.ts';
import type { LookUpFailed, ServiceContext } from '../context.ts';
import { admitSigner, checkMaySign } from '../people/approvers.ts';
import { findByEmail, forgetSlackIds, matchOrReport, namePerson, slackProfile } from '../people/match.ts';
import { wasAskedBefore } from './cards.ts';
import { type RequestOutcome, updateIfUnchanged, updateRequest, workItem } from './update.ts';

interface DeputyReassignment {
  /** After any reassignment. */
  readonly request: DeviceRequest;
  /** Whether the deputy may sign could not be determined: worth another try. */
  readonly isEligibilityUnknown: boolean;
}

/**
 * Reassigns the request to the deputy of an approver who is away, if the deputy is not away too and may sign for this
 * requester. Otherwise the request stays with the approver.
 */
export async function askDeputyIfAway(context: ServiceContext, request: DeviceRequest): Promise<DeputyReassignment> {
  const unchanged: DeputyReassignment = { request, isEligibilityUnknown: false };
  const { id, state, approver, approverGone, requester } = request;
  if (state.kind !== 'pending' || approverGone) return unchanged;
  const deputy = await context.store.deputy(approver.slackUserId);
  if (deputy === null || (await context.store.deputy(deputy.slackUserId)) !== null) return unchanged;
  const may = await checkMaySign(context, { slackUserId: deputy.slackUserId, requester });
  if (!may.ok) return { request, isEligibilityUnknown: may.refusal.kind === 'eligibility_unknown' };
  if (may.person.slackUserId === approver.slackUserId) return unchanged;
  const to = await namePerson(context, may.person);
  const wasAsked = await wasAskedBefore(context, id, to.slackUserId);
  const outcome = await updateIfUnchanged(context, request, {
    surface: 'job',
    notices: (current) => [...deputyNotices(current, approver), ...(wasAsked ? askedAgainNotices(current) : [])],
    decide: (current, now) => reassignToDeputy(current, { to, now }),
  });
  return outcome !== 'conflict' && outcome.ok ? { request: outcome.request, isEligibilityUnknown: false } : unchanged;
}

type DeputyRefusal =
  | SignRefusal
  | { readonly kind: 'oneself' }
  | { readonly kind: 'day_is_over' }
  /** This very submission was received before. */
  | { readonly kind: 'repeated' }
  | { readonly kind: 'not_matched'; readonly why: NoMatch };

type NamedDeputy =
  | { readonly ok: true; readonly deputy: Person; readonly until: number }
  | { readonly ok: false; readonly refusal: DeputyRefusal };

interface Naming {
  /** Who will be away, from the signed payload. */
  readonly slackUserId: SlackUserId;
  readonly deputy: SlackUserId;
  /** Their last day away, `2026-12-24`. */
  readonly lastDay: string;
  /** The submission itself (`onceName`). */
  readonly once: string;
}

/** Slack must be answered within three seconds, and the deputy must be saved by then. */
const WAIT_MS = 1_500;

/** From now until the end of that day. The job that updates a waiting request's cards also reassigns it. */
export async function nameDeputy(context: ServiceContext, naming: Naming): Promise<NamedDeputy> {
  const { slackUserId, deputy } = naming;
  if (slackUserId === deputy) return { ok: false, refusal: { kind: 'oneself' } };
  const found = await withTimeout(context.sleep, WAIT_MS, findDeputy(context, slackUserId, deputy));
  if (found === null)
    return { ok: false, refusal: { kind: 'eligibility_unknown', why: { kind: 'slack_unreachable' } } };
  if (!found.ok) return found;
  const { own, may, timeZone } = found;
  const until = endOfDay(naming.lastDay, timeZone);
  if (until === null || until <= context.now()) return { ok: false, refusal: { kind: 'day_is_over' } };
  const isSaved = await saveDeputy(context, own, { slackUserId: deputy, until }, naming.once);
  return isSaved ? { ok: true, deputy: may, until } : { ok: false, refusal: { kind: 'repeated' } };
}

type FoundDeputy =
  | { readonly ok: true; readonly own: Person; readonly may: Person; readonly timeZone: string }
  | { readonly ok: false; readonly refusal: DeputyRefusal };

async function findDeputy(
  context: ServiceContext,
  slackUserId: SlackUserId,
  deputy: SlackUserId,
): Promise<FoundDeputy> {
  const own = await matchOrReport(context, slackUserId);
  if (own.kind !== 'matched') return { ok: false, refusal: { kind: 'not_matched', why: own } };
  const may = await admitSigner(context, { slackUserId: deputy, requester: own.person });
  if (!may.ok) return may;
  const profile = await slackProfile(context, slackUserId);
  const timeZone = profile.ok && profile.value !== null ? profile.value.timeZone : 'UTC';
  return { ok: true, own: own.person, may: may.person, timeZone };
}

/** False: this very press was received before. Requests that the deputy has received stay with them; they can be reassigned like any other. */
export async function endDeputy(context: ServiceContext, slackUserId: SlackUserId, once: string): Promise<boolean> {
  const own = await withTimeout(context.sleep, WAIT_MS, matchOrReport(context, slackUserId));
  const fleetUserId = own?.kind === 'matched' ? own.person.fleetUserId : null;
  return saveDeputy(context, { slackUserId, fleetUserId }, null, once);
}

async function saveDeputy(
  context: ServiceContext,
  by: Exclude<AuditEntry['by'], 'fleet_for_slack'>,
  deputy: Deputy | null,
  once: string,
): Promise<boolean> {
  const { store, workspaceId } = context;
  const waiting = deputy === null ? [] : await store.requestsWaitingFor(by.slackUserId);
  const committed = await store.commit({
    once,
    deputy: { slackUserId: by.slackUserId, next: deputy },
    work: waiting.map(({ id }) => ({
      id: `deputy.${id}.${context.newId()}`,
      work: { kind: 'update_cards', tenant: workspaceId, requestId: id },
    })),
    audit: [
      {
        at: context.now(),
        by: { slackUserId: by.slackUserId, fleetUserId: by.fleetUserId },
        did: deputy === null ? 'deputy_ended' : 'deputy_named',
        requestId: null,
        fleetOrderId: null,
        from: null,
        to: null,
        surface: 'modal',
        outcome: deputy?.slackUserId ?? 'back',
      },
    ],
  });
  return committed !== 'repeated';
}

/**
 * Deactivated, gone, or no longer eligible; a failed look-up proves nothing. Slack accepts messages to deactivated
 * people, so this reads their current profile instead of the cached one.
 */
export async function isApproverUnavailable(context: ServiceContext, request: DeviceRequest): Promise<boolean> {
  const profile = await context.slackPeople.profile(request.approver.slackUserId);
  if (profile.ok && profile.value === null) return true;
  if (profile.ok && profile.value !== null) await context.store.putProfile(profile.value);
  return isNotEligible(context, request);
}

async function isNotEligible(
  context: ServiceContext,
  { approver: { slackUserId, fleetUserId }, requester }: DeviceRequest,
): Promise<boolean> {
  const may = await checkMaySign(context, { slackUserId, requester, askedAs: fleetUserId });
  return !may.ok && may.refusal.kind === 'not_eligible';
}

/**
 * Tells the requester and admins, so that the request does not wait silently for an approver who cannot act.
 * `approver`: who was found to be unavailable; a request that has been reassigned since stays unchanged.
 */
export async function markApproverUnavailable(
  context: ServiceContext,
  { id, approver }: Pick<DeviceRequest, 'id' | 'approver'>,
): Promise<RequestOutcome> {
  return updateRequest(context, id, {
    surface: 'job',
    notices: approverUnavailableNotices,
    decide: (request, now) =>
      request.approver.slackUserId === approver.slackUserId
        ? flagApproverGone(request, now)
        : { ok: false, refusal: { kind: 'not_the_approver', approver: request.approver } },
    work: (request) => [approverUnavailableItem(request)],
  });
}

export function approverUnavailableItem(request: DeviceRequest): WorkItem {
  const { id, tenant, approver, requester } = request;
  const notice = { kind: 'approver_gone', requestId: id, approver, requester } as const;
  return workItem(request, { kind: 'notify', tenant, to: { kind: 'admins' }, notice }, { name: 'tell-admins' });
}

/** What a Slack event says about a person; what it leaves out may have changed. */
export type ReportedProfile = Partial<
  Pick<SlackProfile, 'email' | 'timeZone' | 'isDeactivated' | 'isGuest' | 'isSlackAdmin'>
>;

/**
 * Slack reports every change of everyone's profile, even a new status text. A look-up is queued only for people who
 * were looked up recently or have requests to approve, and only if something that matters here changed.
 */
export async function queuePersonChange(
  { store, workspaceId, seal }: ServiceContext,
  { slackUserId, eventId }: { readonly slackUserId: SlackUserId; readonly eventId: string },
  reported: ReportedProfile,
): Promise<void> {
  const [known, waiting] = await Promise.all([store.profile(slackUserId), store.requestsWaitingFor(slackUserId)]);
  if (known === null && waiting.length === 0) return;
  if (known !== null && isSameProfile(known, reported)) return;
  const id = seal.digest(`${workspaceId} ${eventId}`).slice(0, 32);
  const work = { kind: 'person_changed', tenant: workspaceId, slackUserId } as const;
  await store.commit({ once: `event.${id}`, work: [{ id: `person-changed.${id}`, work }] });
}

function isSameProfile(known: SlackProfile, reported: ReportedProfile): boolean {
  const { email, timeZone, isDeactivated, isGuest, isSlackAdmin } = reported;
  return (
    email === known.email &&
    timeZone === known.timeZone &&
    isDeactivated === known.isDeactivated &&
    isGuest === known.isGuest &&
    isSlackAdmin === known.isSlackAdmin
  );
}

/** Slack or the settings changed what this person may do. Not ok: Slack could not be asked, so the job tries again. */
export async function applyPersonChange(
  context: ServiceContext,
  slackUserId: SlackUserId,
): Promise<{ readonly ok: true } | LookUpFailed> {
  const { store, slackPeople } = context;
  const before = await store.profile(slackUserId);
  const profile = await slackPeople.profile(slackUserId);
  if (!profile.ok) return profile;
  if (profile.value !== null) await store.putProfile(profile.value);
  for (const email of [before?.email ?? null, profile.value?.email ?? null]) {
    const found = await findByEmail(context, email);
    for (const fleetUserId of [...(found?.primary ?? []), ...(found?.secondary ?? [])])
      await forgetSlackIds(context, fleetUserId);
  }
  for (const request of await store.requestsWaitingFor(slackUserId))
    if (profile.value === null || (await isNotEligible(context, request)))
      await markApproverUnavailable(context, request);
  return { ok: true };
}
