import { expire } from '../../domain/request/decide-elsewhere.ts';
import type { RequestRefusal } from '../../domain/request/decision.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { ServiceContext } from '../context.ts';
import { auditRefusal } from './audit-refusal.ts';
import type { CardPress } from './card-value.ts';
import { type Settlement, settleRequest } from './settle-request.ts';

/**
 * After a refused press: the card that allowed it shows something old, or stands where nobody remembered it. It is
 * taken among the copies and brought up to date; a deadline that has passed is carried out.
 */
export async function putRight(
  context: ServiceContext,
  press: CardPress,
  request: DeviceRequest,
  refusal: RequestRefusal,
  notices?: Settlement['notices'],
): Promise<void> {
  await auditRefusal(context, press, request, refusal);
  if (!showsOld(refusal)) return;
  if (press.copy !== null) await rememberCopy(context, press, press.copy, request);
  if (refusal.kind === 'expired' && request.state.kind === 'pending') {
    await settleRequest(context, request.id, {
      surface: press.surface,
      decide: expire,
      ...(notices === undefined ? {} : { notices }),
    });
    return;
  }
  const { tenant } = context;
  await context.store.commit({
    work: [{ id: `put-right.${context.newId()}`, work: { kind: 'update_cards', tenant, requestId: request.id } }],
  });
}

function showsOld({ kind }: RequestRefusal): boolean {
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
