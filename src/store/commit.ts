import type { AuditEntry } from '../domain/audit.ts';
import { type DeviceRequest, isOpen } from '../domain/request/request.ts';
import { CommitUnclear, StoreUnavailable } from '../domain/store-unavailable.ts';
import type { WorkItem } from '../domain/work.ts';
import { auditCodec } from './audit.ts';
import type { Codec } from './codec.ts';
import { checkCommit } from './commit-check.ts';
import { CommitPlan } from './commit-plan.ts';
import { commitScript } from './commit-script.ts';
import { planDeputy } from './deputies.ts';
import { draftCodec } from './drafts.ts';
import { followedMember } from './followed.ts';
import { auditEntries, lifetimesMs, requestsListed } from './keys.ts';
import { planLink } from './links.ts';
import { workItemCodec } from './outbox.ts';
import { pauseCodec } from './pause.ts';
import { requestCodec } from './requests.ts';
import { planStop } from './stop.ts';
import type { Commit, Committed, Pause } from './store.ts';
import type { StoreParts } from './store-parts.ts';
import { unavailable } from './unavailable.ts';
import { waitingMember } from './waiting-member.ts';

/** Throws `RangeError`, before anything is sent, for a commit that no store could carry out: a bug of the caller. */
export async function commit(parts: StoreParts, change: Commit): Promise<Committed> {
  checkCommit(parts.tenant, change);
  const plan = planOf(parts, change);
  const answer = await parts.link.script(commitScript, plan.keys, [plan.toJson()]).catch(throwLost);
  if (answer === 'committed' || answer === 'conflict' || answer === 'repeated') return answer;
  throw unavailable(answer);
}

function throwLost(error: unknown): never {
  if (error instanceof StoreUnavailable && !error.isRefused) throw new CommitUnclear(error.message);
  throw error;
}

function planOf(parts: StoreParts, change: Commit): CommitPlan {
  const { draft, request, settings, link, deputy, once, stop, pause, work, audit } = change;
  const plan = new CommitPlan();
  if (once !== undefined) planOnce(plan, parts, once);
  if (pause !== undefined) planPause(plan, parts, pause);
  if (draft) planDraft(plan, parts, draft);
  if (request) planRequest(plan, parts, request);
  if (settings) {
    const revision = (settings.was ?? 0) + 1;
    plan.compare(parts.keys.settings, settings.was);
    writeRecord(plan, parts.keys.settings, revision, parts.settingsCodec, settings.is);
  }
  if (stop !== undefined) planStop(plan, parts, stop);
  if (link) planLink(plan, parts, link);
  if (deputy) planDeputy(plan, parts, deputy);
  for (const item of work ?? []) planWork(plan, parts, item);
  for (const entry of audit ?? []) planAudit(plan, parts, entry);
  return plan;
}

function planOnce(plan: CommitPlan, { keys }: StoreParts, name: string): void {
  const key = keys.once(name);
  plan.unless(key);
  plan.write('SET', 'string', key, '1', 'PX', lifetimesMs.once);
}

function planPause(plan: CommitPlan, { keys }: StoreParts, pause: Pause | null): void {
  if (pause === null) plan.write('DEL', 'string', keys.pause);
  else {
    plan.unless(keys.pause);
    plan.write('SET', 'string', keys.pause, pauseCodec.encode(pause));
  }
}

function planDraft(plan: CommitPlan, { keys, now }: StoreParts, { slackUserId, was, is }: Required<Commit>['draft']) {
  const key = keys.draft(slackUserId);
  plan.compare(key, was);
  if (is) {
    writeRecord(plan, key, is.revision, draftCodec, is);
    plan.write('PEXPIRE', 'hash', key, lifetimesMs.draft);
    plan.write('ZADD', 'zset', keys.drafts, now(), slackUserId);
  } else {
    plan.write('DEL', 'hash', key);
    plan.write('ZREM', 'zset', keys.drafts, slackUserId);
  }
  plan.write('ZREMRANGEBYSCORE', 'zset', keys.drafts, '-inf', now() - lifetimesMs.draft);
}

function planRequest(plan: CommitPlan, { keys }: StoreParts, { was, is }: Required<Commit>['request']): void {
  const key = keys.request(is.id);
  plan.compare(key, was);
  plan.move(key, 'waiting', keys.waiting, isOpen(is.state) ? waitingMember(is) : null);
  plan.move(key, 'followed', keys.followed, followedMember(is));
  plan.keepNewest(keys.newestForOrder(is.fleetOrderId), is.id, is.createdAt);
  plan.write('PEXPIRE', 'hash', keys.newestForOrder(is.fleetOrderId), lifetimesMs.request);
  writeRecord(plan, key, is.revision, requestCodec, is);
  plan.write('PEXPIRE', 'hash', key, lifetimesMs.request);
  planRequestIndexes(plan, keys, is);
}

function planRequestIndexes(plan: CommitPlan, keys: StoreParts['keys'], is: DeviceRequest): void {
  if (isOpen(is.state)) plan.write('ZADD', 'zset', keys.openRequests, is.createdAt, is.id);
  else plan.write('ZREM', 'zset', keys.openRequests, is.id);
  const own = keys.requestsBy(is.requester.slackUserId);
  plan.write('ZADD', 'zset', own, is.createdAt, is.id);
  // A list in use outlives its oldest records, so it is cut by number.
  plan.write('ZREMRANGEBYRANK', 'zset', own, 0, -requestsListed - 1);
  plan.write('PEXPIRE', 'zset', own, lifetimesMs.request);
}

function planWork(plan: CommitPlan, { keys, now }: StoreParts, item: WorkItem): void {
  // The same id asks for the same thing: the first one stands, with the time at which it was accepted.
  plan.write('HSETNX', 'hash', keys.outbox, item.id, workItemCodec.encode(item));
  plan.write('ZADD', 'zset', keys.outboxTimes, 'NX', now(), item.id);
}

function planAudit(plan: CommitPlan, { keys }: StoreParts, entry: AuditEntry): void {
  plan.write('XADD', 'stream', keys.audit, 'MAXLEN', '~', auditEntries, '*', 'entry', auditCodec.encode(entry));
}

function writeRecord<T>(plan: CommitPlan, key: string, revision: number, codec: Codec<T>, value: T): void {
  plan.write('HSET', 'hash', key, 'rev', revision, 'json', codec.encode(value));
}
