import { askForChanges as changesAsked } from '../../domain/request/decide.ts';
import type { ServiceContext } from '../context.ts';
import type { CardPress } from './card-value.ts';
import { pressOnCard } from './press-on-card.ts';
import type { News, Settled } from './settle-request.ts';

/** Ends the request and gives the lines back to the requester, to be edited and sent again. */
export async function askForChanges(
  context: ServiceContext,
  press: CardPress & { readonly wish: string },
  news: News,
): Promise<Settled> {
  const { slackUserId, wish } = press;
  return pressOnCard(context, press, {
    surface: 'modal',
    news,
    lines: 'kept',
    decide: (request, now) => changesAsked(request, { by: slackUserId, now, wish }),
  });
}
