import type { SlackUserId } from '../../domain/ids.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { HomeScreen } from '../../domain/tracking/home-screen.ts';
import type { ServiceContext } from '../context.ts';
import { isAdmin } from '../people/admins.ts';
import { matchPerson } from '../people/match-person.ts';
import { sealCard } from '../signature/card-value.ts';
import { waitingApprovals } from '../signature/waiting-approvals.ts';
import { listCarts } from './list-carts.ts';
import { personStatus } from './person-status.ts';

/** Everything that one person's Home tab shows. */
export async function homeScreen(context: ServiceContext, slackUserId: SlackUserId): Promise<HomeScreen> {
  const [match, pause, status, waiting, admin] = await Promise.all([
    matchPerson(context, slackUserId),
    context.store.pause(),
    personStatus(context, slackUserId),
    waitingApprovals(context, slackUserId, 0),
    isAdmin(context, slackUserId),
  ]);
  const trouble = pause === null ? null : ({ kind: 'paused' } as const);
  return {
    trouble: trouble ?? (match.kind === 'matched' ? null : match),
    status,
    items: await Promise.all(
      status.items.map(async (item) => ({ ...item, buttonValue: await valueFor(context, item.request) })),
    ),
    waiting,
    company: admin ? await company(context) : null,
  };
}

/** Signed with where the other person's copy stands, as on the card itself. */
async function valueFor(context: ServiceContext, request: DeviceRequest): Promise<string | null> {
  if (request.state.kind !== 'pending') return null;
  const copies = await context.store.copies(request.id);
  return sealCard(context, request, copies.find(({ kind }) => kind === 'approver') ?? null);
}

async function company(context: ServiceContext): Promise<NonNullable<HomeScreen['company']>> {
  const [open, stuck, unmatched] = await Promise.all([
    listCarts(context, 'open', 0),
    listCarts(context, 'stuck', 0),
    context.store.unmatched(),
  ]);
  return { open: open.count, stuck: stuck.count, unmatched: unmatched.length };
}
