import { cartTotal, type DraftCart, type FleetSnapshot } from '../../domain/cart/cart.ts';
import type { CartTrouble } from '../../domain/cart/trouble.ts';
import type { FleetOrderId, RequestId } from '../../domain/ids.ts';
import type { Person } from '../../domain/people/people.ts';
import { canonicalText, type DeviceRequest, isOpen } from '../../domain/request/request.ts';
import type { Settings } from '../../domain/settings/settings.ts';
import { type CartOutcome, screenOutcome } from '../cart/outcome.ts';
import { type CartSession, inCartSession, Overtaken, type SendWork } from '../cart/session.ts';
import type { ServiceContext } from '../context.ts';
import { checkSending } from './check-sending.ts';
import { reminderItem } from './remind.ts';
import { cardUpdateItem, workItem } from './update.ts';

/** Sends exactly what the person saw, or shows what it is now. Safe to run again: the request's id is the change's. */
export function sendRequest(context: ServiceContext, work: SendWork): Promise<CartOutcome> {
  return inCartSession(context, work, (session) => sendUnderLease(session, work));
}

async function sendUnderLease(session: CartSession, work: SendWork): Promise<CartOutcome> {
  const { context, person } = session;
  const earlier = await context.store.request(requestIdOf(work));
  if (earlier !== null) return sentOutcome(earlier);
  const checked = await checkSending(session, work);
  if (checked.kind !== 'ready') return checked;

  const { draft, inFleet, approver } = checked;
  const request = await buildRequest(session, work, { draft, inFleet, approver });
  await context.step?.('send.before_commit');
  const committed = await context.store.commit({
    draft: {
      slackUserId: person.slackUserId,
      expectedRevision: draft.revision,
      next: { ...draft, fleetHolds: inFleet, lockedBy: request.id, revision: draft.revision + 1 },
    },
    request: { expectedRevision: null, next: request },
    work: followUpItems(session.settings, request),
    audit: [
      {
        at: request.createdAt,
        by: { slackUserId: person.slackUserId, fleetUserId: person.fleetUserId },
        did: 'request_sent',
        requestId: request.id,
        fleetOrderId: request.fleetOrderId,
        from: 'draft',
        to: 'pending',
        surface: 'modal',
        outcome: 'pending',
      },
    ],
  });
  if (committed !== 'committed') throw new Overtaken();
  await context.step?.('send.committed');
  await rememberChoices(context, request);
  return sentOutcome(request);
}

interface Ready {
  readonly draft: DraftCart & { readonly fleetOrderId: FleetOrderId };
  readonly inFleet: FleetSnapshot;
  readonly approver: Person;
}

async function buildRequest(
  { context, settings, person }: CartSession,
  work: SendWork,
  { draft, inFleet, approver }: Ready,
): Promise<DeviceRequest> {
  const { fleetOrderId, lines, mode, purchaserId } = draft;
  const previous = await context.store.requestForOrder(fleetOrderId);
  const total = cartTotal(lines, inFleet);
  const now = context.now();
  return {
    id: requestIdOf(work),
    tenant: context.workspaceId,
    fleetOrderId,
    mode,
    lines,
    total,
    approver,
    requester: person,
    note: work.note,
    fingerprint: context.seal.digest(canonicalText({ purchaserId, mode, lines, total })),
    expectedInFleet: inFleet,
    createdAt: now,
    expiresAt: now + settings.expireAfterMs,
    lastRemindedAt: null,
    previousRequestId: previous?.id ?? null,
    state: { kind: 'pending' },
    difference: null,
    problem: null,
    approverGone: false,
    revision: 1,
  };
}

function followUpItems({ remindAfterMs }: Settings, request: DeviceRequest) {
  const expire = { kind: 'expire', tenant: request.tenant, requestId: request.id } as const;
  return [
    cardUpdateItem(request),
    workItem(request, expire, 'expire', request.expiresAt),
    reminderItem(request, request.createdAt + remindAfterMs),
  ];
}

/** Kept for the next cart only: that it could not be kept must not make a sent request look unsent. */
async function rememberChoices(
  { store, log }: ServiceContext,
  { requester, approver, lines }: DeviceRequest,
): Promise<void> {
  const lastCountry = lines.at(-1)?.deliveryCountry ?? null;
  try {
    await store.setPreferences(requester.slackUserId, { lastApprover: approver.slackUserId, lastCountry });
  } catch {
    log.warn('what was chosen last could not be kept');
  }
}

function sentOutcome(request: DeviceRequest): CartOutcome {
  const news = { kind: 'sent', approver: request.approver } as const;
  const ended: CartTrouble | null = isOpen(request.state) ? null : { kind: 'request_over' };
  return screenOutcome({ kind: 'locked', request }, ended === null ? { news } : { trouble: ended });
}

/** The same submission twice is the same request. */
function requestIdOf({ changeId }: SendWork): RequestId {
  // The one place where a request gets its id.
  return `r${changeId.slice(0, 23)}` as RequestId;
}
