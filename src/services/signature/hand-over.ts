import { handOver as handedOver } from '../../domain/request/decide.ts';
import type { ServiceContext } from '../context.ts';
import { type PassOn, type PassOnNews, passOnRequest } from './pass-on-request.ts';
import type { Settled } from './settle-request.ts';

export async function handOver(context: ServiceContext, press: PassOn, news: PassOnNews): Promise<Settled> {
  return passOnRequest(context, press, news, (request, to, now) =>
    handedOver(request, { by: press.slackUserId, now, to }),
  );
}
