import { type CardCopy, type DeviceRequest, isOpen } from '../domain/request/request.ts';
import { withTimeout } from '../domain/with-timeout.ts';
import { checkMaySign } from '../services/people/approvers.ts';
import { renderCard } from '../services/signature/render-card.ts';
import type { Lease } from '../services/under-lease.ts';
import type { SlackResult } from '../slack/slack.ts';
import { type RequestCard, requestCard, shortCard } from '../views/card/request-card.ts';
import type { Message } from '../views/surfaces.ts';
import { type CopiesOutcome, Outcomes } from './copies-outcome.ts';
import type { JobTenant } from './job-tenant.ts';

interface Bringing {
  readonly tenant: JobTenant;
  readonly lease: Lease;
  readonly leaseMs: number;
  readonly request: DeviceRequest;
  readonly outcomes: Outcomes;
}

const WARMING_MS = 3_000;

type Owner = 'requester' | 'approver';

/**
 * The missing copies are posted first, the requester's before the approver's, whose buttons say where it stands; then
 * those that show an older revision are brought up. One copy that fails stops no other.
 */
export async function bringCopies(
  tenant: JobTenant,
  lease: Lease,
  leaseMs: number,
  request: DeviceRequest,
): Promise<CopiesOutcome> {
  const bringing = { tenant, lease, leaseMs, request, outcomes: new Outcomes(tenant.context.log) };
  await postMissing(bringing, 'requester');
  await postMissing(bringing, 'approver');
  for (const copy of await tenant.context.store.copies(request.id)) {
    if (copy.shows < request.revision) await bringUp(bringing, copy);
  }
  return bringing.outcomes.sum();
}

async function postMissing(bringing: Bringing, owner: Owner): Promise<void> {
  const { tenant, request, outcomes } = bringing;
  const copies = await tenant.context.store.copies(request.id);
  if (copyOf(copies, request, owner) !== undefined || !mayPost(request, owner)) return;
  const shown = await cardFor(bringing, owner, copies);
  if (!(await isOurTurn(bringing))) return;
  const posted = await orInShort(bringing, shown, (card) => tenant.slack.post(request[owner].slackUserId, card));
  if (!posted.ok) return outcomes.failed(posted.failure, owner === 'approver' ? 'approver_post' : 'post');
  if (owner === 'approver') outcomes.approverPosted = true;
  const { slackUserId } = request[owner];
  const { context } = tenant;
  await context.step?.('cards.posted');
  await context.store.putCopy(request.id, { kind: owner, slackUserId, ...posted.value, shows: request.revision });
  // The other copy's buttons name this one's place: it is sent again even where nothing else changed.
  const other = copyOf(copies, request, owner === 'requester' ? 'approver' : 'requester');
  if (other !== undefined) await context.store.putCopy(request.id, { ...other, shows: 0 });
}

/** Nobody is handed a decision that is over, and nobody who cannot be reached is tried again at every change. */
function mayPost(request: DeviceRequest, owner: Owner): boolean {
  return owner === 'requester' || (isOpen(request.state) && !request.approverGone);
}

async function bringUp(bringing: Bringing, copy: CardCopy): Promise<void> {
  const { tenant, request, outcomes } = bringing;
  const { context, slack } = tenant;
  const copies = await context.store.copies(request.id);
  const shown = await cardFor(bringing, copy.kind, copies, copy);
  if (!(await isOurTurn(bringing))) return;
  const updated = await orInShort(bringing, shown, (card) => slack.update(copy.channel, copy.ts, card));
  if (updated.ok) {
    await context.store.putCopy(request.id, { ...copy, shows: request.revision });
    return warm(bringing, copy.kind);
  }
  if (updated.failure.kind !== 'gone' && updated.failure.kind !== 'cannot_post_there') {
    return outcomes.failed(updated.failure, 'update');
  }
  await context.store.dropCopy(request.id, copy);
  if (copy.kind !== 'shared') await postMissing(bringing, copy.kind);
}

async function cardFor(
  { tenant, request }: Bringing,
  side: CardCopy['kind'],
  copies: readonly CardCopy[],
  copy: Pick<CardCopy, 'slackUserId'> = { slackUserId: side === 'shared' ? null : request[side].slackUserId },
): Promise<RequestCard> {
  const otherCopy = copyOf(copies, request, side === 'requester' ? 'approver' : 'requester') ?? null;
  return renderCard(tenant.context, request, { side, slackUserId: copy.slackUserId, otherCopy });
}

/** A card that Slack refuses is sent once more in short, so that nobody waits for what never comes. */
async function orInShort<T>(
  { tenant: { context } }: Bringing,
  card: RequestCard,
  send: (message: Message) => Promise<SlackResult<T>>,
): Promise<SlackResult<T>> {
  const sent = await send(requestCard(card));
  if (sent.ok || sent.failure.kind !== 'refused_payload') return sent;
  context.log.error('Slack refused a card', { error: sent.failure.error, details: sent.failure.details });
  return send(shortCard(card));
}

function copyOf(copies: readonly CardCopy[], request: DeviceRequest, owner: Owner): CardCopy | undefined {
  return copies.find(({ kind, slackUserId }) => kind === owner && slackUserId === request[owner].slackUserId);
}

/** Pressing must be answered in seconds: what Slack says of whoever is to press is read while nobody waits for it. */
async function warm({ tenant: { context }, request }: Bringing, owner: CardCopy['kind']): Promise<void> {
  if (owner !== 'approver' || request.state.kind !== 'pending' || request.approverGone) return;
  const { approver, requester } = request;
  await withTimeout(context.sleep, WARMING_MS, checkMaySign(context, { slackUserId: approver.slackUserId, requester }));
}

/** Right before each call: whoever lost the lease may no longer show what was read before. */
async function isOurTurn({ lease, leaseMs, outcomes }: Bringing): Promise<boolean> {
  const isOurs = !outcomes.isLeaseLost && (await lease.extend(leaseMs));
  if (!isOurs) outcomes.isLeaseLost = true;
  return isOurs;
}
