import type { DeviceRequest } from '../../domain/request/request.ts';
import type { CopyPlace } from '../../domain/request/signed-card.ts';
import type { ServiceContext } from '../context.ts';
import { updateCards } from '../signature/settle-request.ts';

/** A shared copy that stands in a channel now. What moved while it was posted is brought up to date at once. */
export async function keepSharedCopy(
  { store, newId }: ServiceContext,
  shown: DeviceRequest,
  place: CopyPlace,
): Promise<void> {
  await store.putCopy(shown.id, { kind: 'shared', slackUserId: null, ...place, shows: shown.revision });
  const current = await store.request(shown.id);
  if (current === null || current.revision === shown.revision) return;
  await store.commit({ work: [{ ...updateCards(current), id: `shared.${newId()}` }] });
}
