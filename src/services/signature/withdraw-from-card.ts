import { withdraw } from '../../domain/request/decide.ts';
import type { ServiceContext } from '../context.ts';
import type { CardPress } from './card-value.ts';
import { pressOnCard } from './press-on-card.ts';
import type { News, Settled } from './settle-request.ts';

/** **Withdraw** on the card; **Withdraw and edit** is `withdrawRequest`. */
export async function withdrawFromCard(context: ServiceContext, press: CardPress, news: News): Promise<Settled> {
  return pressOnCard(context, press, {
    surface: press.surface,
    news,
    decide: (request, now) => withdraw(request, { by: press.slackUserId, now }),
  });
}
