import { z } from 'zod';
import { withTimeout } from '../../domain/async.ts';
import type { FleetFailure } from '../../domain/failures/failure.ts';
import type { FleetUserId, SlackUserId } from '../../domain/ids.ts';
import { type PageOf, pageOf } from '../../domain/paging.ts';
import type { CardCopy, CopyPlace, DeviceRequest, DevicesHeld, RequestCard } from '../../domain/request/request.ts';
import type { ServiceContext } from '../context.ts';
import { findGroupsOf } from '../people/approvers.ts';
import { matchPerson } from '../people/match.ts';
import { sealCard } from './press.ts';

const MAX_PEOPLE = 5;
const MAX_DEVICE_NAMES = 10;
const FRESH_MS = 10 * 60 * 1000;
const KEEP_MS = 60 * 60 * 1000;
/** A card waits for this no longer: whoever is to sign sees the request without it. */
const WAIT_MS = 2_000;
const REST_AFTER_FAILURE_MS = 60_000;

const Held = z.object({ count: z.number(), devices: z.array(z.string()) });
const Stored = z.union([Held, z.object({ failedAt: z.number() })]);

/** What the people it is for already have. Of whom Fleet does not say in time, nothing is said: the card goes out without. */
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
    // Kept as well: every card of this person would wait for the same failure again.
    if (!page.ok) return why === 'stale' ? page : { ok: true, value: { failedAt: context.now() } };
    const devices = page.value.items.map((device) => device.name).filter((one) => one !== null);
    return { ok: true, value: { count: page.value.total, devices } };
  });
  return read.ok && 'count' in read.value ? { name, ...read.value } : null;
}

function unexpired({ now }: ServiceContext, stored: z.infer<typeof Stored> | null): z.infer<typeof Stored> | null {
  const isOver = stored !== null && 'failedAt' in stored && now() - stored.failedAt >= REST_AFTER_FAILURE_MS;
  return isOver ? null : stored;
}

interface CardRecipient {
  readonly side: CardCopy['kind'];
  /** Whose copy it is; null for a shared one. */
  readonly slackUserId: SlackUserId | null;
  /** Where the other person's copy stands: signed into this one's buttons. */
  readonly otherCopy: CopyPlace | null;
}

/** A former approver's copy and a shared one have no buttons. */
export async function renderCard(
  context: ServiceContext,
  request: DeviceRequest,
  copy: CardRecipient,
): Promise<RequestCard> {
  const { side, slackUserId, otherCopy } = copy;
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

/** With everything that an approver reads before deciding, so few that nothing of it is cut. */
const CARDS_PER_PAGE = 3;

/** What waits for this person's signature, oldest first, each as its card is. */
export async function waitingApprovals(
  context: ServiceContext,
  slackUserId: SlackUserId,
  page: number,
): Promise<PageOf<RequestCard>> {
  const waiting = await context.store.requestsWaitingFor(slackUserId);
  const pending = waiting.filter(({ state }) => state.kind === 'pending');
  const shown = pageOf(pending, page, CARDS_PER_PAGE);
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
    return (await findGroupsOf(context, userGroups, slackUserId)).memberOf.length > 0;
  const match = await matchPerson(context, slackUserId);
  return match.kind === 'matched' && match.isFleetAdmin;
}
