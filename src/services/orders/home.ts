import type { SlackUserId } from '../../domain/ids.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { HomeScreen } from '../../domain/screens.ts';
import type { ServiceContext } from '../context.ts';
import { isAdmin } from '../people/admins.ts';
import { matchOrReport } from '../people/match.ts';
import { sealCard, waitingApprovals } from '../request/cards.ts';
import { listCarts } from './list.ts';
import { refreshPersonStatus } from './status.ts';

/** Everything that a person's Home tab shows. Records new statuses, like `/fleet status`. */
export async function homeScreen(context: ServiceContext, slackUserId: SlackUserId): Promise<HomeScreen> {
  const [match, pause, status, waiting, admin] = await Promise.all([
    matchOrReport(context, slackUserId),
    context.store.pause(),
    refreshPersonStatus(context, slackUserId),
    waitingApprovals(context, slackUserId, 0),
    isAdmin(context, slackUserId),
  ]);
  const trouble = pause === null ? null : ({ kind: 'paused' } as const);
  return {
    trouble: trouble ?? (match.kind === 'matched' ? null : match),
    status,
    items: await Promise.all(
      status.items.map(async (item) => ({ ...item, buttonValue: await buttonValueOf(context, item.request) })),
    ),
    waiting,
    company: admin ? await companyCounts(context) : null,
  };
}

/** Includes where the other person's copy is, as on the card itself. */
async function buttonValueOf(context: ServiceContext, request: DeviceRequest): Promise<string | null> {
  if (request.state.kind !== 'pending') return null;
  const copies = await context.store.copies(request.id);
  return sealCard(context, request, copies.find(({ kind }) => kind === 'approver') ?? null);
}

async function companyCounts(context: ServiceContext): Promise<NonNullable<HomeScreen['company']>> {
  const [open, stuck, unmatched] = await Promise.all([
    listCarts(context, 'open', 0),
    listCarts(context, 'stuck', 0),
    context.store.unmatchedPeople(),
  ]);
  return { open: open.count, stuck: stuck.count, unmatched: unmatched.length };
}

/** A Home tab is published at most this often. */
const MIN_INTERVAL_MS = 5_000;

/**
 * Queues an update of these people's Home tabs, if they ever opened them. Changes within a few seconds share one
 * update, after the last of them.
 */
export async function queueHomeUpdates(context: ServiceContext, people: readonly SlackUserId[]): Promise<void> {
  const opened = await context.store.peopleWithHome([...new Set(people)]);
  if (opened.length === 0) return;
  const now = context.now();
  const notBefore = (Math.floor(now / MIN_INTERVAL_MS) + 1) * MIN_INTERVAL_MS;
  await context.store.commit({
    work: opened.map((slackUserId) => ({
      id: `home.${context.workspaceId}.${slackUserId}.${notBefore}`,
      notBefore,
      work: { kind: 'publish_home', tenant: context.workspaceId, slackUserId } as const,
    })),
  });
}
