import type { AuditEntry } from '../../domain/audit.ts';
import type { SlackUserId } from '../../domain/ids.ts';
import type { RefusedOutcome, RequestRefusal } from '../../domain/request/decision.ts';
import { CardValue, type CopyPlace, type DeviceRequest } from '../../domain/request/request.ts';
import { expire } from '../../domain/request/validate.ts';
import type { WorkItem } from '../../domain/work.ts';
import type { ServiceContext } from '../context.ts';
import { type RequestUpdate, updateRequest } from './update.ts';

/** What the buttons of one copy carry. `otherCopy`: so that it is found again when Redis was lost. */
export function sealCard({ seal }: ServiceContext, request: DeviceRequest, otherCopy: CopyPlace | null): string {
  const side: CardValue = {
    tenant: request.tenant,
    requestId: request.id,
    fleetOrderId: request.fleetOrderId,
    requester: ids(request.requester),
    approver: ids(request.approver),
    expiresAt: request.expiresAt,
    fingerprint: request.fingerprint,
    otherCopy: otherCopy === null ? null : { channel: otherCopy.channel, ts: otherCopy.ts },
  };
  return seal.sign('card', JSON.stringify(side));
}

/** Null: not signed by us, or for another workspace than the one that the press came from. */
export function openCard({ seal, workspaceId }: ServiceContext, value: string): CardValue | null {
  const text = seal.open('card', value);
  if (text === null) return null;
  const parsed = CardValue.safeParse(jsonOf(text));
  return parsed.success && parsed.data.tenant === workspaceId ? parsed.data : null;
}

/** Other buttons are signed for the same purpose and carry no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function ids({ slackUserId, fleetUserId }: DeviceRequest['requester']): CardValue['requester'] {
  return { slackUserId, fleetUserId };
}

export type PressedSide = 'approver' | 'requester';

/** A press or a submission that came from a card. Who it was is from Slack's signed payload and from nothing else. */
export interface CardPress {
  readonly value: string;
  /** Where it was pressed: on the card itself, on the Home tab, in a command's answer, or in a modal. */
  readonly surface: Extract<AuditEntry['surface'], 'card' | 'home' | 'command' | 'modal'>;
  readonly slackUserId: SlackUserId;
  readonly side: PressedSide;
  /** Where the pressed copy stands; null in a modal, on the Home tab and in an ephemeral message. */
  readonly copy: CopyPlace | null;
}

/** Somebody pressed what is not theirs to press: nothing changed, and the log says who tried. */
async function auditRefusal(
  { store, now }: ServiceContext,
  { slackUserId, side, surface }: CardPress,
  request: DeviceRequest,
  refusal: RequestRefusal,
): Promise<void> {
  if (!isAboutAuthority(refusal)) return;
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

/**
 * After a refused press: the card that allowed it shows something old, or stands where nobody remembered it. It is
 * taken among the copies and brought up to date; a deadline that has passed is carried out.
 */
export async function refreshStaleCard(
  context: ServiceContext,
  press: CardPress,
  request: DeviceRequest,
  refusal: RequestRefusal,
  notices?: RequestUpdate['notices'],
): Promise<void> {
  await auditRefusal(context, press, request, refusal);
  if (!isStaleCard(refusal)) return;
  if (press.copy !== null) await rememberCopy(context, press, press.copy, request);
  if (refusal.kind === 'expired' && request.state.kind === 'pending') {
    await updateRequest(context, request.id, {
      surface: press.surface,
      decide: expire,
      ...(notices === undefined ? {} : { notices }),
    });
    return;
  }
  const { workspaceId } = context;
  await context.store.commit({
    work: [
      {
        id: `put-right.${context.newId()}`,
        work: { kind: 'update_cards', tenant: workspaceId, requestId: request.id },
      },
    ],
  });
}

function isStaleCard({ kind }: RequestRefusal): boolean {
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

async function rememberCopy(
  { store }: ServiceContext,
  press: CardPress,
  place: NonNullable<CardPress['copy']>,
  request: DeviceRequest,
): Promise<void> {
  const copies = await store.copies(request.id);
  const known = copies.find(({ channel, ts }) => channel === place.channel && ts === place.ts);
  const copy = known ?? { kind: press.side, slackUserId: press.slackUserId, ...place };
  await store.putCopy(request.id, { ...copy, shows: 0 });
}

type ReceivedPress = { readonly ok: true; readonly request: DeviceRequest; readonly card: CardValue } | RefusedOutcome;

/** The request that a pressed card is about. One that Redis does not know is rebuilt by a job: this press decides nothing. */
export async function receivePress(context: ServiceContext, press: CardPress): Promise<ReceivedPress> {
  const card = openCard(context, press.value);
  if (card === null) return { ok: false, refusal: { kind: 'not_our_card' }, request: null };
  const request = await context.store.request(card.requestId);
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

/** However often both press: one job for each minute. */
function rebuildItem({ workspaceId, now }: ServiceContext, { slackUserId }: CardPress, card: CardValue): WorkItem {
  const since = now();
  const minute = Math.floor(since / MINUTE_MS);
  const work = { kind: 'rebuild_request', tenant: workspaceId, card, pressedBy: slackUserId, since } as const;
  return { id: `rebuild.${card.requestId}.${minute}`, work };
}

function isParty({ requester, approver }: CardValue, { slackUserId }: CardPress): boolean {
  return slackUserId === requester.slackUserId || slackUserId === approver.slackUserId;
}

/** The answer to the post of a card may have been lost: it stands where no copy is known, and would stay as it is. */
async function rememberPressedCopy({ store }: ServiceContext, press: CardPress, card: CardValue): Promise<void> {
  const { copy, slackUserId } = press;
  if (copy === null) return;
  const copies = await store.copies(card.requestId);
  if (copies.some(({ channel, ts }) => channel === copy.channel && ts === copy.ts)) return;
  await store.putCopy(card.requestId, { kind: sideOf(card, press), slackUserId, ...copy, shows: 0 });
}

/** Before the job runs: the card that was pressed and the one that it names are all that is left of where copies stand. */
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

/** Some buttons are the same on both cards: whose card it is says who pressed, unless both are one person. */
function sideOf({ requester, approver }: CardValue, { side, slackUserId }: CardPress): PressedSide {
  if (requester.slackUserId === approver.slackUserId) return side;
  return slackUserId === requester.slackUserId ? 'requester' : 'approver';
}
