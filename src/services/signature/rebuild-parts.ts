import type { DraftCart, FleetSnapshot } from '../../domain/cart/cart.ts';
import { cartTotal } from '../../domain/cart/cart-total.ts';
import type { SlackUserId } from '../../domain/ids.ts';
import { type DeviceRequest, isOpen } from '../../domain/request/request.ts';
import type { CardSide } from '../../domain/request/signed-card.ts';
import { signedText } from '../../domain/request/signed-text.ts';
import type { Commit } from '../../store/store.ts';
import type { ServiceContext } from '../context.ts';
import { slackProfile } from '../people/slack-profile.ts';
import type { StandingInFleet } from '../tracking/standing-in-fleet.ts';

type Content = Pick<DeviceRequest, 'mode' | 'lines' | 'total' | 'fingerprint' | 'expectedInFleet'>;

const nothing: FleetSnapshot = { productIds: [], names: [], rent: null, currency: null };

/**
 * The lines of the requester's cart where this request still locks it, or where they digest to the very fingerprint on
 * the card: then they are what was shown. Otherwise no lines: the card shows what Fleet holds, and signs exactly that.
 */
export async function signedContent(
  context: ServiceContext,
  card: CardSide,
  standing: StandingInFleet,
): Promise<Content> {
  const holds = standing.kind === 'cart' ? standing.holds : nothing;
  const requester = { ...card.requester, name: '' };
  const draft = await context.store.draft(card.requester.slackUserId);
  if (draft !== null && draft.fleetOrderId === card.fleetOrderId && draft.lines.length > 0) {
    const { mode, lines } = draft;
    const content = { mode, lines, total: cartTotal(lines, holds), expectedInFleet: holds };
    const fingerprint = context.seal.digest(signedText({ requester, ...content }, null));
    if (draft.lockedBy === card.requestId || fingerprint === card.fingerprint) return { ...content, fingerprint };
  }
  // The mode is not given back by Fleet and is neither shown nor sent while there are no lines.
  const content = { mode: 'LEASING', lines: [], total: cartTotal([], holds), expectedInFleet: holds } as const;
  return { ...content, fingerprint: context.seal.digest(signedText({ requester, ...content }, null)) };
}

/** Locked again, so that nobody changes it while it waits for the second press. */
export async function lockedDraft({ store }: ServiceContext, request: DeviceRequest): Promise<Pick<Commit, 'draft'>> {
  if (!isOpen(request.state)) return {};
  const { slackUserId, fleetUserId } = request.requester;
  const draft = await store.draft(slackUserId);
  if (draft === null) return { draft: { slackUserId, was: null, is: foundDraft(request, fleetUserId) } };
  if (draft.fleetOrderId !== request.fleetOrderId || draft.lockedBy !== null) return {};
  const is = { ...draft, lockedBy: request.id, revision: draft.revision + 1 };
  return { draft: { slackUserId, was: draft.revision, is } };
}

function foundDraft(request: DeviceRequest, purchaserId: DraftCart['purchaserId']): DraftCart {
  return {
    purchaserId,
    fleetOrderId: request.fleetOrderId,
    mode: request.mode,
    lines: [],
    fleetHolds: request.expectedInFleet,
    standing: 'found',
    creatingSince: null,
    lockedBy: request.id,
    appliedChanges: [],
    revision: 1,
  };
}

/** A card carries no names. */
export async function nameOf(context: ServiceContext, slackUserId: SlackUserId): Promise<string> {
  const profile = await slackProfile(context, slackUserId);
  return profile.ok && profile.value !== null ? profile.value.name : 'A colleague';
}
