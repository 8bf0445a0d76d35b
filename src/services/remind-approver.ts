import { remind } from '../domain/reminder-time.ts';
import type { CardPress } from './card-value.ts';
import type { ServiceContext } from './context.ts';
import { pressOnCard } from './press-on-card.ts';
import type { News, Settled } from './settle-request.ts';

/** **Remind** on the requester's card. `news` holds the reminder: it is accepted in the same commit as its time. */
export async function remindApprover(context: ServiceContext, press: CardPress, news: News): Promise<Settled> {
  return pressOnCard(context, press, {
    surface: 'card',
    news,
    isShown: false,
    decide: (request, now) => remind(request, { by: press.slackUserId, now }),
  });
}
