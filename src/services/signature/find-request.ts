import type { Refused } from '../../domain/request/decision.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { CardSide } from '../../domain/request/signed-card.ts';
import type { WorkItem } from '../../domain/work.ts';
import type { ServiceContext } from '../context.ts';
import { type CardPress, openCard, type PressedSide } from './card-value.ts';

export type Found = { readonly ok: true; readonly request: DeviceRequest; readonly card: CardSide } | Refused;

/** The request that a pressed card is about. One that Redis does not know is rebuilt by a job: this press decides nothing. */
export async function findRequest(context: ServiceContext, press: CardPress): Promise<Found> {
  const card = openCard(context, press.value);
  if (card === null) return { ok: false, refusal: { kind: 'not_our_card' }, request: null };
  const request = await context.store.request(card.requestId);
  if (request !== null) {
    await rememberPressed(context, press, card);
    return { ok: true, request, card };
  }
  if (!isParty(card, press)) return { ok: false, refusal: { kind: 'unknown_request' }, request: null };
  await rememberCopies(context, press, card);
  await context.store.commit({ work: [rebuildOf(context, press, card)] });
  return { ok: false, refusal: { kind: 'being_rebuilt' }, request: null };
}

const MINUTE_MS = 60_000;

/** However often both press: one job for each minute. */
function rebuildOf({ tenant, now }: ServiceContext, { slackUserId }: CardPress, card: CardSide): WorkItem {
  const since = now();
  const minute = Math.floor(since / MINUTE_MS);
  const work = { kind: 'rebuild_request', tenant, card, pressedBy: slackUserId, since } as const;
  return { id: `rebuild.${card.requestId}.${minute}`, work };
}

function isParty({ requester, approver }: CardSide, { slackUserId }: CardPress): boolean {
  return slackUserId === requester.slackUserId || slackUserId === approver.slackUserId;
}

/** The answer to the post of a card may have been lost: it stands where no copy is known, and would stay as it is. */
async function rememberPressed({ store }: ServiceContext, press: CardPress, card: CardSide): Promise<void> {
  const { copy, slackUserId } = press;
  if (copy === null) return;
  const copies = await store.copies(card.requestId);
  if (copies.some(({ channel, ts }) => channel === copy.channel && ts === copy.ts)) return;
  await store.putCopy(card.requestId, { kind: sideOf(card, press), slackUserId, ...copy, shows: 0 });
}

/** Before the job runs: the card that was pressed and the one that it names are all that is left of where copies stand. */
async function rememberCopies({ store }: ServiceContext, press: CardPress, card: CardSide): Promise<void> {
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
function sideOf({ requester, approver }: CardSide, { side, slackUserId }: CardPress): PressedSide {
  if (requester.slackUserId === approver.slackUserId) return side;
  return slackUserId === requester.slackUserId ? 'requester' : 'approver';
}
