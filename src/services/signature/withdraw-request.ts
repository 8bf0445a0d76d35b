import type { AuditEntry } from '../../domain/audit.ts';
import type { LinesAfter } from '../../domain/cart/end-draft.ts';
import type { RequestId, SlackUserId } from '../../domain/ids.ts';
import { withdraw } from '../../domain/request/decide.ts';
import type { ServiceContext } from '../context.ts';
import { type News, type Settled, settleRequest } from './settle-request.ts';

export interface Withdrawal {
  readonly requestId: RequestId;
  readonly slackUserId: SlackUserId;
  /** `kept`: **Withdraw and edit**. `dropped`: Fleet keeps them as an unordered draft. */
  readonly lines: LinesAfter;
  readonly surface: AuditEntry['surface'];
  readonly news?: News;
}

/** One commit: the request ends, its cart is unlocked and every copy of the card is to be updated. */
export async function withdrawRequest(context: ServiceContext, withdrawal: Withdrawal): Promise<Settled> {
  const { requestId, slackUserId, lines, surface, news } = withdrawal;
  return settleRequest(context, requestId, {
    surface,
    lines,
    decide: (request, now) => withdraw(request, { by: slackUserId, now }),
    ...(news === undefined ? {} : { news }),
  });
}
