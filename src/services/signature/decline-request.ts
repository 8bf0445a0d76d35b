import { decline } from '../../domain/request/decide.ts';
import type { ServiceContext } from '../context.ts';
import type { CardPress } from './card-value.ts';
import { pressOnCard } from './press-on-card.ts';
import type { News, Settled } from './settle-request.ts';

export async function declineRequest(
  context: ServiceContext,
  press: CardPress & { readonly reason: string },
  news: News,
): Promise<Settled> {
  const { slackUserId, reason } = press;
  return pressOnCard(context, press, {
    surface: 'modal',
    news,
    decide: (request, now) => decline(request, { by: slackUserId, now, reason }),
  });
}
