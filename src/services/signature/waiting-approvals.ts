import type { SlackUserId } from '../../domain/ids.ts';
import { type PageOf, pageOf } from '../../domain/page-of.ts';
import type { RequestCard } from '../../domain/request/request.ts';
import type { ServiceContext } from '../context.ts';
import { groupsOf } from '../people/group-members.ts';
import { matchPerson } from '../people/match-person.ts';
import { renderCard } from './render-card.ts';

/** With everything that an approver reads before deciding, so few that nothing of it is cut. */
const CARDS = 3;

/** What waits for this person's signature, oldest first, each as its card is. */
export async function waitingApprovals(
  context: ServiceContext,
  slackUserId: SlackUserId,
  page: number,
): Promise<PageOf<RequestCard>> {
  const waiting = await context.store.requestsWaitingFor(slackUserId);
  const pending = waiting.filter(({ state }) => state.kind === 'pending');
  const shown = pageOf(pending, page, CARDS);
  const rows = await Promise.all(
    shown.rows.map(async (request) => {
      const copies = await context.store.copies(request.id);
      const otherCopy = copies.find(({ kind }) => kind === 'requester') ?? null;
      return renderCard(context, request, { side: 'approver', slackUserId, otherCopy });
    }),
  );
  return { ...shown, rows };
}

/** May be asked to sign, or is asked right now: whom the help tells of approvals. */
export async function isApprover(context: ServiceContext, slackUserId: SlackUserId): Promise<boolean> {
  const { people, userGroups } = (await context.store.settings()).approvers;
  if (people.includes(slackUserId)) return true;
  if ((await context.store.requestsWaitingFor(slackUserId)).length > 0) return true;
  if (people.length > 0 || userGroups.length > 0)
    return (await groupsOf(context, userGroups, slackUserId)).memberOf.length > 0;
  const match = await matchPerson(context, slackUserId);
  return match.kind === 'matched' && match.isFleetAdmin;
}
