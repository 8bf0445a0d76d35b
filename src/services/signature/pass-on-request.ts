import type { SlackUserId } from '../../domain/ids.ts';
import type { Person } from '../../domain/people/people.ts';
import type { Decision } from '../../domain/request/decision.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { ServiceContext } from '../context.ts';
import { checkMaySignInTime } from '../people/may-sign-in-time.ts';
import type { CardPress } from './card-value.ts';
import { findRequest } from './find-request.ts';
import { pressOnCard } from './press-on-card.ts';
import type { News, Settled } from './settle-request.ts';

export interface PassOn extends CardPress {
  readonly newApprover: SlackUserId;
}

/** Whoever is named must be one who may sign for this requester now; who may name them is `decide`'s. */
export async function passOnRequest(
  context: ServiceContext,
  press: PassOn,
  news: News,
  decide: (request: DeviceRequest, to: Person, now: number) => Decision,
): Promise<Settled> {
  const found = await findRequest(context, press);
  if (!found.ok) return found;
  const { requester } = found.request;
  const may = await checkMaySignInTime(context, { slackUserId: press.newApprover, requester });
  if (!may.ok) return { ok: false, refusal: may.refusal, request: found.request };
  return pressOnCard(context, press, {
    surface: 'modal',
    news,
    decide: (request, now) => decide(request, may.person, now),
  });
}
