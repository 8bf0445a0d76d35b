import type { AuditEntry } from '../../domain/audit.ts';
import type { RequestId, SlackUserId } from '../../domain/ids.ts';
import type { RefusedOutcome, RequestRefusal } from '../../domain/request/decide.ts';
import type { CardValue, CopyPlace, DeviceRequest } from '../../domain/request/request.ts';
import { expire } from '../../domain/request/validate.ts';
import type { WorkItem } from '../../domain/work.ts';
import type { ServiceContext } from '../context.ts';
import { openCard } from './cards.ts';
import { endingItems, type RequestOutcome, type RequestUpdate, repeatedRefusal, updateRequest } from './update.ts';

export type PressedSide = 'approver' | 'requester';

/** A press or a submission that came from a card. Only Slack's signed payload says whose it is. */
export interface CardPress {
  readonly value: string;
  /** Where it was pressed: on the card itself, on the Home tab, in a command's answer, or in a modal. */
  readonly surface: Extract<AuditEntry['surface'], 'card' | 'home' | 'command' | 'modal'>;
  readonly slackUserId: SlackUserId;
  readonly side: PressedSide;
  /** Where the pressed copy is; null in a modal, on the Home tab and in an ephemeral message. */
  readonly copy: CopyPlace | null;
  /** The press itself (`onceName`): it changes something once, however often it is delivered. */
  readonly once: string;
}

/** For a press that needs only the request itself to be decided. */
export async function applyPress(
  context: ServiceContext,
  press: CardPress,
  update: RequestUpdate,
): Promise<RequestOutcome> {
  const received = await receivePress(context, press);
  return received.ok ? updateFromPress(context, press, received.request.id, update) : received;
}

export async function updateFromPress(
  context: ServiceContext,
  press: CardPress,
  requestId: RequestId,
  update: RequestUpdate,
): Promise<RequestOutcome> {
  const outcome = await updateRequest(context, requestId, { ...update, once: press.once });
  if (!outcome.ok && outcome.request !== null) {
    await refreshStaleCard(context, press, { ...outcome, request: outcome.request });
  }
  return outcome;
}

type ReceivedPress = { readonly ok: true; readonly request: DeviceRequest; readonly card: CardValue } | RefusedOutcome;

/**
 * Opens the request of a pressed card and records where that copy is. If Redis does not know the request, queues a job
 * that rebuilds it; this press then decides nothing.
 */
export async function receivePress(context: ServiceContext, press: CardPress): Promise<ReceivedPress> {
  const card = openCard(context, press.value);
  if (card === null) return { ok: false, refusal: { kind: 'not_our_card' }, request: null };
  const [request, earlier] = await Promise.all([
    context.store.request(card.requestId),
    repeatedRefusal(context, press.once),
  ]);
  if (earlier !== null) return { ok: false, refusal: earlier, request };
  if (request !== null) {
    await rememberPressedCopy(context, press, card);
    return { ok: true, request, card };
  }
  if (!isParty(card, press)) return { ok: false, refusal: { kind: 'unknown_request' }, request: null };
  await rememberBothCopies(context, press, card);
  await context.store.commit({ work: [rebuildItem(context, press, card)] });
  return { ok: false, refusal: { kind: 'being_rebuilt' }, request: null };
}

const MINUTE_MS = 60_000;

/** One job a minute, however often both people press. */
function rebuildItem({ workspaceId, now }: ServiceContext, { slackUserId }: CardPress, card: CardValue): WorkItem {
  const since = now();
  const minute = Math.floor(since / MINUTE_MS);
  const work = { kind: 'rebuild_request', tenant: workspaceId, card, pressedBy: slackUserId, since } as const;
  return { id: `rebuild.${card.requestId}.${minute}`, work };
}

function isParty({ requester, approver }: CardValue, { slackUserId }: CardPress): boolean {
  return slackUserId === requester.slackUserId || slackUserId === approver.slackUserId;
}

/** If Slack's answer to posting the card was lost, its copy is unknown and would never be updated. */
async function rememberPressedCopy({ store }: ServiceContext, press: CardPress, card: CardValue): Promise<void> {
  const { copy, slackUserId } = press;
  if (copy === null) return;
  const copies = await store.copies(card.requestId);
  if (copies.some(({ channel, ts }) => channel === copy.channel && ts === copy.ts)) return;
  await store.putCopy(card.requestId, { kind: sideOf(card, press), slackUserId, ...copy, shows: 0 });
}

/** After a loss of Redis, the pressed card and the other copy that it names are the only copies we know of. */
async function rememberBothCopies({ store }: ServiceContext, press: CardPress, card: CardValue): Promise<void> {
  const own = sideOf(card, press);
  const other = own === 'approver' ? 'requester' : 'approver';
  if (press.copy !== null) {
    await store.putCopy(card.requestId, { kind: own, slackUserId: card[own].slackUserId, ...press.copy, shows: 0 });
  }
  if (card.otherCopy !== null) {
    const copy = { kind: other, slackUserId: card[other].slackUserId, ...card.otherCopy, shows: 0 } as const;
    await store.putCopy(card.requestId, copy);
  }
}

/**
 * Both cards have some buttons in common, so the presser decides; if requester and approver are one person, the button.
 */
function sideOf({ requester, approver }: CardValue, { side, slackUserId }: CardPress): PressedSide {
  if (requester.slackUserId === approver.slackUserId) return side;
  return slackUserId === requester.slackUserId ? 'requester' : 'approver';
}

interface RefusedPress {
  readonly refusal: RequestRefusal;
  readonly request: DeviceRequest;
}

/**
 * After a refused press: audits an attempt without authority, and updates a card that shows an old state, even if its
 * copy was unknown. A request that has passed its deadline expires.
 */
export async function refreshStaleCard(
  context: ServiceContext,
  press: CardPress,
  refused: RefusedPress,
): Promise<void> {
  const { refusal, request } = refused;
  if (isAboutAuthority(refusal)) await auditRefusal(context, press, refused);
  if (!isFromStaleCard(refusal)) return;
  await markCopyStale(context, press, request.id);
  if (refusal.kind === 'expired' && request.state.kind === 'pending') {
    await updateRequest(context, request.id, { surface: press.surface, decide: expire, work: endingItems });
    return;
  }
  const work = { kind: 'update_cards', tenant: context.workspaceId, requestId: request.id } as const;
  await context.store.commit({ work: [{ id: `put-right.${context.newId()}`, work }] });
}

async function auditRefusal(
  { store, now }: ServiceContext,
  { slackUserId, side, surface }: CardPress,
  { request, refusal }: RefusedPress,
): Promise<void> {
  const { id: requestId, fleetOrderId, state } = request;
  await store.commit({
    audit: [
      {
        at: now(),
        by: { slackUserId, fleetUserId: null },
        did: `${side}_press_refused`,
        requestId,
        fleetOrderId,
        from: state.kind,
        to: state.kind,
        surface,
        outcome: refusal.kind,
      },
    ],
  });
}

function isAboutAuthority({ kind }: RequestRefusal): boolean {
  switch (kind) {
    case 'not_the_approver':
    case 'not_the_requester':
    case 'own_request':
    case 'not_eligible':
    case 'eligibility_unknown':
    case 'requester_changed':
      return true;
    default:
      return false;
  }
}

function isFromStaleCard({ kind }: RequestRefusal): boolean {
  switch (kind) {
    case 'already_decided':
    case 'being_sent':
    case 'expired':
    case 'card_outdated':
    case 'not_the_approver':
    case 'approver_gone':
    case 'approver_still_there':
      return true;
    default:
      return false;
  }
}

async function markCopyStale(
  { store }: ServiceContext,
  { side, slackUserId, copy: place }: CardPress,
  requestId: RequestId,
): Promise<void> {
  if (place === null) return;
  const copies = await store.copies(requestId);
  const known = copies.find(({ channel, ts }) => channel === place.channel && ts === place.ts);
  await store.putCopy(requestId, { ...(known ?? { kind: side, slackUserId, ...place }), shows: 0 });
}
