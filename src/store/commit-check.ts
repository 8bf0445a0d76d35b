import type { TenantId } from '../domain/ids.ts';
import type { Commit } from './store.ts';

const WORK_ID = /^[A-Za-z0-9_.-]+$/;

/** Nothing crosses from one tenant to another, and revisions rise by one: whoever breaks that has a bug. */
export function checkCommit(tenant: TenantId, { draft, request, link, pause, once, work = [] }: Commit): void {
  if (pause && once !== undefined)
    throw new RangeError('a commit is written once for one reason: a name or a new pause');
  if (link && (link.was === null) === (link.is === null)) throw new RangeError('a link is made or undone, not changed');
  if (draft?.is) checkRevision(draft.was, draft.is.revision);
  if (request) {
    checkRevision(request.was, request.is.revision);
    checkTenant(tenant, request.is.tenant);
  }
  for (const item of work) {
    if (!WORK_ID.test(item.id)) throw new RangeError('the id of a work item holds a character that the queue refuses');
    checkTenant(tenant, item.work.tenant);
  }
}

function checkRevision(was: number | null, is: number): void {
  if (is !== (was ?? 0) + 1) throw new RangeError('a saved record has the revision after the one it was read with');
}

function checkTenant(ours: TenantId, theirs: TenantId): void {
  if (ours !== theirs) throw new RangeError("a record of another tenant in this tenant's commit");
}
