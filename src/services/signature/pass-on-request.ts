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
import { whenAskedAgain } from './when-asked-again.ts';

export interface PassOn extends CardPress {
  readonly newApprover: SlackUserId;
}

export interface PassOnNews {
  /** Should it turn out to be over. */
  readonly decided: News;
  /** To somebody who was asked before. */
  readonly askedAgain: News;
}

/** Whoever is named must be one who may sign for this requester now; who may name them is `decide`'s. */
export async function passOnRequest(
  context: ServiceContext,
  press: PassOn,
  { decided, askedAgain }: PassOnNews,
  decide: (request: DeviceRequest, to: Person, now: number) => Decision,
): Promise<Settled> {
  const found = await findRequest(context, press);
  if (!found.ok) return found;
  const { requester } = found.request;
  const may = await checkMaySignInTime(context, { slackUserId: press.newApprover, requester });
  if (!may.ok) return { ok: false, refusal: may.refusal, request: found.request };
  const asked = await whenAskedAgain(context, found.request, press.newApprover, askedAgain);
  return pressOnCard(context, press, {
    surface: 'modal',
    news: (request) => (request.state.kind === 'pending' ? asked(request) : decided(request)),
    decide: (request, now) => decide(request, may.person, now),
  });
}
