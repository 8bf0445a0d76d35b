import type { Lease } from '../../domain/async.ts';
import type { FleetFailure } from '../../domain/failures/failure.ts';
import { foldEmail } from '../../domain/people/match.ts';
import type { FleetResult } from '../../fleet/fleet.ts';
import type { FleetUser, Page } from '../../fleet/schema.ts';
import type { DirectoryEntry } from '../../store/directory.ts';
import type { ServiceContext } from '../context.ts';

const REFRESH_AT_MOST_EVERY_MS = 60_000;
/** The directory's maximum age while Fleet answers: a new person or role counts after this long. */
export const REFRESH_EVERY_MS = 15 * 60_000;
/** How long a failed refresh counts as "Fleet is unreachable". The next one starts well before. */
const FAILURE_COUNTS_FOR_MS = 5 * 60_000;

/** At most one refresh a minute for the workspace, however many people are missing. Doesn't wait for it. */
export async function askForRefresh({ store, workspaceId, newId }: ServiceContext): Promise<void> {
  if (!(await store.directory.claimRefresh(REFRESH_AT_MOST_EVERY_MS))) return;
  await store.commit({
    work: [{ id: `refresh-directory.${newId()}`, work: { kind: 'refresh_directory', tenant: workspaceId } }],
  });
}

/** A refresh in a minute's time. Its id contains the minute, so repeated failures ask for only one. */
async function askForRefreshSoon({ store, workspaceId, now }: ServiceContext): Promise<void> {
  const notBefore = now() + REFRESH_AT_MOST_EVERY_MS;
  const minute = Math.floor(notBefore / REFRESH_AT_MOST_EVERY_MS);
  const id = `refresh-directory.${REFRESH_AT_MOST_EVERY_MS}.${minute}`;
  await store.commit({ once: id, work: [{ id, notBefore, work: { kind: 'refresh_directory', tenant: workspaceId } }] });
}

const LAST_REFRESH = 'directory:last-refresh';

async function noteRefresh({ store }: ServiceContext, how: 'done' | 'failed'): Promise<void> {
  await store.remember(LAST_REFRESH, how, FAILURE_COUNTS_FOR_MS);
}

/** Tells, before the directory is first built, whether people are loading or Fleet is unreachable. */
export async function didLastRefreshFail({ store }: ServiceContext): Promise<boolean> {
  const [how] = await store.recall([LAST_REFRESH]);
  return how === 'failed';
}

/** Fleet's largest page. */
const PAGE_SIZE = 100;
/** 100,000 people: a bound in case Fleet's list never ends. */
const MAX_PAGES = 1_000;
/** Longer than one page can wait for room in the request budget. */
const LEASE_MS = 3 * 60_000;
/** Someone added or removed during a pass shifts the pages, and people can be missed: we start over once. */
const MAX_PASSES = 2;

type RefreshOutcome =
  | { readonly kind: 'done'; readonly people: number }
  /** Another job is refreshing, or took over. */
  | { readonly kind: 'already_running' }
  /** The previous directory stays in place. */
  | { readonly kind: 'failed'; readonly failure: FleetFailure };

/** Reads all of the company's Fleet users and replaces the directory in one step. */
export async function refreshDirectory(context: ServiceContext): Promise<RefreshOutcome> {
  const lease = await context.store.lease('refresh-directory', LEASE_MS);
  if (lease === null) return { kind: 'already_running' };
  try {
    const refreshed = await runPasses(context, lease);
    if (refreshed.kind !== 'already_running') await recordOutcome(context, refreshed);
    return refreshed;
  } finally {
    await lease.release();
  }
}

async function recordOutcome(
  context: ServiceContext,
  refreshed: Exclude<RefreshOutcome, { readonly kind: 'already_running' }>,
): Promise<void> {
  await noteRefresh(context, refreshed.kind);
  if (refreshed.kind === 'failed')
    context.log.warn('the directory was not refreshed', { failure: refreshed.failure.kind });
  // Until the directory is first built we match no one, so don't wait for the next scheduled refresh.
  const isFirst = refreshed.kind === 'failed' && (await context.store.directory.builtAt()) === null;
  if (isFirst) await askForRefreshSoon(context);
}

async function runPasses(context: ServiceContext, lease: Lease): Promise<RefreshOutcome> {
  for (let number = 1; ; number += 1) {
    const startedAt = context.now();
    const pass = context.newId();
    const written = await writePass(context, lease, pass);
    if (written.kind !== 'written') return written;
    if (written.moved && number < MAX_PASSES) continue;
    // Dated from its start: people added to Fleet during the pass may be missing.
    await context.store.directory.swapIn(pass, startedAt);
    return { kind: 'done', people: written.people };
  }
}

const emptyDirectory: FleetFailure = { operation: 'listUsers', kind: 'unreadable', issue: 'nobody in it', status: 200 };

type WrittenPass =
  | { readonly kind: 'written'; readonly people: number; readonly moved: boolean }
  | Exclude<RefreshOutcome, { readonly kind: 'done' }>;

async function writePass({ fleet, store }: ServiceContext, lease: Lease, pass: string): Promise<WrittenPass> {
  const seenIds = new Set<number>();
  const totals = new Set<number>();
  let offset = 0;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const page: FleetResult<Page<FleetUser>> = await fleet.listUsers({ limit: PAGE_SIZE, offset }, 'refresh');
    if (!page.ok) return { kind: 'failed', failure: page.failure };
    if (!(await lease.extend(LEASE_MS))) return { kind: 'already_running' };
    const { items, total, limit } = page.value;
    await store.directory.add(pass, items.filter(({ fleetUserId }) => !seenIds.has(fleetUserId)).map(entryOf));
    for (const { fleetUserId } of items) seenIds.add(fleetUserId);
    totals.add(total);
    offset += limit > 0 ? limit : PAGE_SIZE;
    if (offset >= total) break;
  }
  // A company with a working key has people. An empty directory would lock everyone out, admins included.
  if (seenIds.size === 0) return { kind: 'failed', failure: emptyDirectory };
  return {
    kind: 'written',
    people: seenIds.size,
    moved: totals.size > 1 || [...totals].some((total) => seenIds.size < total),
  };
}

function entryOf(user: FleetUser): DirectoryEntry {
  const name = [user.firstName, user.lastName].map((part) => part?.trim() ?? '').filter((part) => part !== '');
  return {
    fleetUserId: user.fleetUserId,
    name: name.length === 0 ? `Fleet user ${user.fleetUserId}` : name.join(' '),
    isFleetAdmin: user.role === 'ADMIN',
    // An address that can't be folded matches no one.
    email: user.email === null ? null : foldEmail(user.email),
    secondaryEmail: user.secondaryEmail === null ? null : foldEmail(user.secondaryEmail),
  };
}
