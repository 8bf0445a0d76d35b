import type { ServiceContext } from '../context.ts';
import type { CardPress } from './card-value.ts';
import { findRequest } from './find-request.ts';
import { putRight } from './put-right.ts';
import { type Settled, type Settlement, settleRequest } from './settle-request.ts';

/** A press or a submission from a card that needs nothing but the request itself to be decided. */
export async function pressOnCard(context: ServiceContext, press: CardPress, settlement: Settlement): Promise<Settled> {
  const found = await findRequest(context, press);
  if (!found.ok) return found;
  const outcome = await settleRequest(context, found.request.id, settlement);
  if (!outcome.ok && outcome.request !== null) {
    await putRight(context, press, outcome.request, outcome.refusal, settlement.news);
  }
  return outcome;
}
