import type { Lease } from '../../domain/async.ts';
import type { FleetFailure } from '../../domain/failures/failure.ts';
import type { FleetUserId } from '../../domain/ids.ts';
import { foldEmail } from '../../domain/people/match.ts';
import type { FleetResult } from '../../fleet/fleet.ts';
import type { FleetUser, Page } from '../../fleet/schema.ts';
import type { DirectoryEntry } from '../../store/directory.ts';
import type { ServiceContext } from '../context.ts';
import { PAGE_SIZE, startReading, type WhyNotWhole } from '../pages.ts';

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

/** 100,000 people: a bound in case Fleet's list never ends. */
const MAX_PAGES = 1_000;
/** Longer than one page can wait for room in the request budget. */
const LEASE_MS = 3 * 60_000;
/** Someone added or removed during a pass shifts the pages, and people can be missed: we start over once. */
const MAX_PASSES = 2;
/** A directory this old is replaced even by a pass in which people moved: old rights must not count for ever. */
const STALE_MS = 4 * REFRESH_EVERY_MS;

type RefreshOutcome =
  /** `notWhole`: whom it lacks may exist nevertheless. */
  | { readonly kind: 'done'; readonly people: number; readonly notWhole: WhyNotWhole | null }
  /** Another job is refreshing, or took over. */
  | { readonly kind: 'already_running' }
  /** The previous directory stays in place. */
  | { readonly kind: 'failed'; readonly failure: FleetFailure }
  /** So does it when people came or went in each pass. */
  | { readonly kind: 'moved'; readonly notWhole: WhyNotWhole };

/** Reads all of the company's Fleet users and replaces the directory in one step. */
export async function refreshDirectory(context: ServiceContext): Promise<RefreshOutcome> {
  const lease = await context.store.lease('refresh-directory', LEASE_MS);
  if (lease === null) return { kind: 'already_running' };
  try {
    const refreshed = await runPasses(context, lease);
    await recordOutcome(context, refreshed);
    return refreshed;
  } finally {
    await lease.release();
  }
}

async function recordOutcome(context: ServiceContext, refreshed: RefreshOutcome): Promise<void> {
  const { store, log } = context;
  switch (refreshed.kind) {
    case 'done':
      await noteRefresh(context, 'done');
      if (refreshed.notWhole !== null) log.warn('the directory may lack people', { why: refreshed.notWhole });
      return;
    case 'failed':
      await noteRefresh(context, 'failed');
      log.warn('the directory was not refreshed', { failure: refreshed.failure.kind });
      // Until the directory is first built we match no one, so don't wait for the next scheduled refresh.
      if ((await store.directory.state()) === null) await askForRefreshSoon(context);
      return;
    case 'moved':
      log.warn('the directory was not refreshed', { failure: refreshed.kind, why: refreshed.notWhole });
      return askForRefreshSoon(context);
    case 'already_running':
      return;
    default:
      return refreshed satisfies never;
  }
}

async function runPasses(context: ServiceContext, lease: Lease): Promise<RefreshOutcome> {
  const { directory, redisTime } = context.store;
  let before: ReadonlySet<FleetUserId> | null = null;
  for (let number = 1; ; number += 1) {
    const startedAt = await redisTime();
    const pass = context.newId();
    let isSwapped = false;
    try {
      const written = await writePass(context, lease, pass);
      if (written.kind !== 'written') return written;
      await addLately(context, pass, { startedAt, people: written.people });
      const { people, notWhole, areRolesKnown } = written;
      const isLast = number === MAX_PASSES;
      if (isSettled(written, before) || (isLast && (await isReplaceable(context, startedAt)))) {
        isSwapped = true;
        const isWhole = notWhole === null;
        // Dated from its start: people added to Fleet during the pass may be missing.
        await directory.swapIn(pass, { builtAt: startedAt, isWhole, areAdminsKnown: isWhole && areRolesKnown });
        return { kind: 'done', people: people.size, notWhole };
      }
      if (isLast) return { kind: 'moved', notWhole: notWhole ?? 'moved' };
      before = people;
    } finally {
      if (!isSwapped) await directory.dropPass(pass);
    }
  }
}

/** Reading again would give the same: no one moved, or Fleet's count and its list disagree for good. */
function isSettled({ people, notWhole }: Written, before: ReadonlySet<FleetUserId> | null): boolean {
  if (notWhole === 'moved') return false;
  if (notWhole !== 'total') return true;
  return before !== null && before.size === people.size && [...people].every((one) => before.has(one));
}

/** Part of the people is better than none, or than what was true an hour ago. */
async function isReplaceable({ store }: ServiceContext, now: number): Promise<boolean> {
  const current = await store.directory.state();
  return current === null || now - current.builtAt >= STALE_MS;
}

const emptyDirectory: FleetFailure = { operation: 'listUsers', kind: 'unreadable', issue: 'nobody in it', status: 200 };

interface Written {
  readonly kind: 'written';
  readonly people: ReadonlySet<FleetUserId>;
  readonly notWhole: WhyNotWhole | null;
  /** False: someone has a role that we don't know, and Fleet may mean an `ADMIN`. */
  readonly areRolesKnown: boolean;
}
type WrittenPass = Written | Extract<RefreshOutcome, { readonly kind: 'failed' | 'already_running' }>;

async function writePass({ fleet, store }: ServiceContext, lease: Lease, pass: string): Promise<WrittenPass> {
  const reading = startReading<FleetUser>(({ fleetUserId }) => fleetUserId);
  const people = new Set<FleetUserId>();
  let areRolesKnown = true;
  let offset: number | null = 0;
  for (let pages = 0; pages < MAX_PAGES && offset !== null; pages += 1) {
    const page: FleetResult<Page<FleetUser>> = await fleet.listUsers({ limit: PAGE_SIZE, offset }, 'refresh');
    if (!page.ok) return { kind: 'failed', failure: page.failure };
    if (!(await lease.extend(LEASE_MS))) return { kind: 'already_running' };
    const { fresh, next } = reading.take(offset, page.value);
    await store.directory.add(pass, fresh.map(entryOf));
    for (const { fleetUserId, role } of fresh) {
      people.add(fleetUserId);
      areRolesKnown &&= roles.has(role);
    }
    offset = next;
  }
  // A company with a working key has people. An empty directory would lock everyone out, admins included.
  if (people.size === 0) return { kind: 'failed', failure: emptyDirectory };
  return { kind: 'written', people, notWhole: offset === null ? reading.notWhole() : 'too_long', areRolesKnown };
}

/** Fleet's lists may not show our own writes yet. */
const READS_LAG_MS = 2 * 60_000;

/** People whom we added since the pass began, or too shortly before: its pages may lack them. */
async function addLately(
  { store }: ServiceContext,
  pass: string,
  { startedAt, people }: { readonly startedAt: number; readonly people: ReadonlySet<FleetUserId> },
): Promise<void> {
  const added = await store.directory.addedLately();
  const missing = added.filter(({ at, entry }) => at > startedAt - READS_LAG_MS && !people.has(entry.fleetUserId));
  await store.directory.add(
    pass,
    missing.map(({ entry }) => entry),
  );
}

/** All that Fleet documents. */
const roles: ReadonlySet<string> = new Set(['ADMIN', 'EMPLOYEE']);

export function entryOf(user: FleetUser): DirectoryEntry {
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
