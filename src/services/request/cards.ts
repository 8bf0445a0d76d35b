import { z } from 'zod';
import { withTimeout } from '../../domain/async.ts';
import type { FleetFailure } from '../../domain/failures/failure.ts';
import type { FleetUserId, RequestId, SlackUserId } from '../../domain/ids.ts';
import type { SignRefusal } from '../../domain/people/match.ts';
import type { Match } from '../../domain/people/people.ts';
import {
  type CardCopy,
  CardModalMemory,
  CardValue,
  type CopyPlace,
  type DeviceRequest,
  type DevicesHeld,
  type RequestCard,
} from '../../domain/request/request.ts';
import { type PageOf, pageOf } from '../../domain/screens.ts';
import { jsonOf, type ModalOf } from '../../store/seal.ts';
import type { ServiceContext } from '../context.ts';
import { checkMaySign, findGroupsOf } from '../people/approvers.ts';
import { matchPerson } from '../people/match.ts';

interface CardRecipient {
  readonly side: CardCopy['kind'];
  /** Whose copy it is; null for a shared one. */
  readonly slackUserId: SlackUserId | null;
  /** The other person's copy: signed into this one's buttons. */
  readonly otherCopy: CopyPlace | null;
}

/** A shared copy and a former approver's have no buttons. */
export async function renderCard(
  context: ServiceContext,
  request: DeviceRequest,
  { side, slackUserId, otherCopy }: CardRecipient,
): Promise<RequestCard> {
  const mayAct =
    (side === 'approver' && slackUserId === request.approver.slackUserId) ||
    (side === 'requester' && slackUserId === request.requester.slackUserId);
  const showsDevices = side === 'approver' && mayAct && request.state.kind === 'pending';
  return {
    request,
    side,
    buttonValue: mayAct ? sealCard(context, request, otherCopy) : null,
    devices: showsDevices ? await devicesHeld(context, request) : [],
  };
}

/** What the buttons of one copy carry. `otherCopy`: the only trace of it if Redis is lost. */
export function sealCard({ seal }: ServiceContext, request: DeviceRequest, otherCopy: CopyPlace | null): string {
  const { tenant, id, fleetOrderId, requester, approver, expiresAt, fingerprint, sentBack, note } = request;
  const value: CardValue = {
    tenant,
    requestId: id,
    fleetOrderId,
    requester: idsOf(requester),
    approver: idsOf(approver),
    expiresAt,
    fingerprint,
    ...(sentBack === undefined ? {} : { sentBack }),
    ...(note === '' ? {} : { note: sealedNote(note) }),
    otherCopy: otherCopy === null ? null : { channel: otherCopy.channel, ts: otherCopy.ts },
  };
  return seal.sign('card', JSON.stringify(value));
}

/** Of a button's 2,000 characters, and twice as many again in a modal's 3,000: a card's JSON is text in another JSON. */
const MAX_SEALED_NOTE = 800;

/** JSON writes some characters with two signs, and control characters and halves of characters with six. */
function sealedNote(note: string): string {
  let length = 0;
  const kept = [...note].filter((character) => {
    length += JSON.stringify(character).length - 2;
    return length <= MAX_SEALED_NOTE;
  });
  return kept.length === [...note].length ? note : `${kept.join('')}…`;
}

function idsOf({ slackUserId, fleetUserId }: DeviceRequest['requester']): CardValue['requester'] {
  return { slackUserId, fleetUserId };
}

/** Null: not signed by us, or for another workspace than the one that the press came from. */
export function openCard({ seal, workspaceId }: ServiceContext, value: string): CardValue | null {
  const text = seal.open('card', value);
  if (text === null) return null;
  const parsed = CardValue.safeParse(jsonOf(text));
  return parsed.success && parsed.data.tenant === workspaceId ? parsed.data : null;
}

/** What a modal opened from a card carries. Null: not signed by us for this person and modal. */
export function openCardModal(
  context: ServiceContext,
  of: Omit<ModalOf, 'workspaceId'>,
  metadata: string,
): z.infer<typeof CardModalMemory> | null {
  const text = context.seal.openModal({ ...of, workspaceId: context.workspaceId }, metadata);
  return text === null ? null : (CardModalMemory.safeParse(jsonOf(text)).data ?? null);
}

/** Few enough that each card shows in full what an approver reads before deciding. */
const CARDS_PER_PAGE = 3;

/** The requests that wait for this person's signature, oldest first, as cards. */
export async function waitingApprovals(
  context: ServiceContext,
  slackUserId: SlackUserId,
  page: number,
): Promise<PageOf<RequestCard>> {
  const waiting = await context.store.requestsPendingFor(slackUserId, { page, size: CARDS_PER_PAGE });
  const [first] = waiting.rows;
  if (first !== undefined && (await whyMayNotRead(context, first)) !== null) return pageOf([], 0, CARDS_PER_PAGE);
  const rows = await Promise.all(
    waiting.rows.map(async (request) => {
      const copies = await context.store.copies(request.id);
      const otherCopy = copies.find(({ kind }) => kind === 'requester') ?? null;
      return renderCard(context, request, { side: 'approver', slackUserId, otherCopy });
    }),
  );
  return { ...waiting, rows };
}

/** A first card makes a sound. Someone who has one already needs a message: updating a card is silent. */
export async function wasAskedBefore(
  { store }: ServiceContext,
  requestId: RequestId,
  slackUserId: SlackUserId,
): Promise<boolean> {
  const copies = await store.copies(requestId);
  return copies.some((copy) => copy.kind === 'approver' && copy.slackUserId === slackUserId);
}

/** An approver who has lost that right may not read requests either. Null: they may, or we can't tell right now. */
export async function whyMayNotRead(
  context: ServiceContext,
  { approver, requester }: Pick<DeviceRequest, 'approver' | 'requester'>,
): Promise<SignRefusal | null> {
  const { slackUserId, fleetUserId } = approver;
  const may = await checkMaySign(context, { slackUserId, requester, askedAs: fleetUserId });
  return may.ok || may.refusal.kind !== 'not_eligible' ? null : may.refusal;
}

/** May be asked to sign, or is being asked: the help then explains approvals. `known`: who they are, where it is known. */
export async function isApprover(context: ServiceContext, slackUserId: SlackUserId, known?: Match): Promise<boolean> {
  const [{ approvers }, waiting] = await Promise.all([
    context.store.settings(),
    context.store.countWaitingFor(slackUserId),
  ]);
  const { people, userGroups } = approvers;
  if (waiting > 0 || people.includes(slackUserId)) return true;
  if (people.length > 0 || userGroups.length > 0)
    return (await findGroupsOf(context, userGroups, slackUserId)).memberOf.length > 0;
  const match = known ?? (await matchPerson(context, slackUserId));
  return match.kind === 'matched' && match.isFleetAdmin;
}

const MAX_PEOPLE = 5;
const MAX_DEVICE_NAMES = 10;
const FRESH_MS = 10 * 60 * 1000;
const KEEP_MS = 60 * 60 * 1000;
/** A card waits no longer for Fleet: it goes out without the devices. */
const WAIT_MS = 2_000;
const REST_AFTER_FAILURE_MS = 60_000;

const Held = z.object({ count: z.number(), devices: z.array(z.string()) });
const Stored = z.union([Held, z.object({ failedAt: z.number() })]);

/** The devices that the people on the request already have. Anyone Fleet does not answer for in time is left out. */
export async function devicesHeld(context: ServiceContext, request: DeviceRequest): Promise<readonly DevicesHeld[]> {
  const people = new Map<FleetUserId, string>();
  for (const { fleetUserId, assigneeName } of request.lines) {
    if (fleetUserId !== null && assigneeName !== null) people.set(fleetUserId, assigneeName);
  }
  const asked = [...people]
    .slice(0, MAX_PEOPLE)
    .map(([fleetUserId, name]) => withTimeout(context.sleep, WAIT_MS, devicesOf(context, fleetUserId, name)));
  return (await Promise.all(asked)).filter((held) => held !== null);
}

async function devicesOf(context: ServiceContext, fleetUserId: FleetUserId, name: string): Promise<DevicesHeld | null> {
  const entry = {
    key: `devices:${fleetUserId}`,
    freshMs: FRESH_MS,
    keepMs: KEEP_MS,
    parse: (stored: unknown) => unexpired(context, Stored.safeParse(stored).data ?? null),
  };
  const read = await context.store.cache.read<z.infer<typeof Stored>, FleetFailure>(entry, async (why) => {
    const page = await context.fleet.listDevices({ fleetUserId, limit: MAX_DEVICE_NAMES }, 'background');
    // Cached as well, or every card for this person would wait for the same failure.
    if (!page.ok) return why === 'stale' ? page : { ok: true, value: { failedAt: context.now() } };
    const { items, unreadableAt, total } = page.value;
    // A count that can't be right would say "has no devices" of someone who has some.
    if (items.length + unreadableAt.length > total) return { ok: true, value: { failedAt: context.now() } };
    return { ok: true, value: { count: total, devices: items.map(({ name }) => name).filter((one) => one !== null) } };
  });
  return read.ok && 'count' in read.value ? { name, ...read.value } : null;
}

function unexpired({ now }: ServiceContext, stored: z.infer<typeof Stored> | null): z.infer<typeof Stored> | null {
  const isOver = stored !== null && 'failedAt' in stored && now() - stored.failedAt >= REST_AFTER_FAILURE_MS;
  return isOver ? null : stored;
}
