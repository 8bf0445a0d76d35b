import type { DeviceRequest } from '../../src/domain/request/request.ts';
import type { ServiceContext } from '../../src/services/context.ts';
import { pressApprove } from '../../src/services/request/approve.ts';
import { sealCard } from '../../src/services/request/cards.ts';
import {
  chooseNewApprover,
  declineRequest,
  reassignRequest,
  requestChanges,
  withdrawFromCard,
  withdrawRequest,
} from '../../src/services/request/decide.ts';
import type { CardPress } from '../../src/services/request/press.ts';
import { remindApprover } from '../../src/services/request/remind.ts';
import type { RequestOutcome } from '../../src/services/request/update.ts';
import type { Life } from './life.ts';
import { cast, type Name, nameOf } from './people.ts';

export const acts = [
  'approve',
  'decline',
  'ask for changes',
  'withdraw',
  'withdraw and edit',
  'hand over',
  'choose another',
  'remind',
] as const;

/** What one person does to the newest request, with which version of its card and on which instance. */
export interface Press {
  readonly act: (typeof acts)[number];
  readonly by: Name | 'whoever is asked';
  readonly to: Name;
  readonly card: 'newest' | 'first';
  readonly on: 0 | 1;
}

export function pressText({ act, by, to, card, on }: Press): string {
  const named = act === 'hand over' || act === 'choose another' ? ` (${to})` : '';
  return `${by}: ${act}${named}${card === 'first' ? ', on an old card' : ''}, instance ${on}`;
}

/** Whoever is asked just now, where the plan does not say who. */
export function presser({ by }: Press, approver: Name): Name {
  return by === 'whoever is asked' ? approver : by;
}

export async function press(life: Life, request: DeviceRequest, one: Press): Promise<RequestOutcome> {
  const { context } = life.instances[one.on];
  const shown = one.card === 'newest' ? request : (life.history.get(request.id)?.[0] ?? request);
  const isRequesters = ['withdraw', 'choose another', 'remind'].includes(one.act);
  return carried(context, one, request, {
    value: sealCard(context, shown, null),
    surface: 'card',
    slackUserId: cast[presser(one, nameOf(request.approver))].slackUserId,
    side: isRequesters ? 'requester' : 'approver',
    copy: null,
    once: context.newId(),
  });
}

function carried(context: ServiceContext, { act, to }: Press, { id }: DeviceRequest, card: CardPress) {
  const newApprover = cast[to].slackUserId;
  switch (act) {
    case 'approve':
      return pressApprove(context, card);
    case 'decline':
      return declineRequest(context, { ...card, reason: 'Too dear' });
    case 'ask for changes':
      return requestChanges(context, { ...card, wish: 'A smaller one' });
    case 'withdraw':
      return withdrawFromCard(context, card);
    case 'withdraw and edit': {
      const { slackUserId, once } = card;
      return withdrawRequest(context, {
        requestId: id,
        slackUserId,
        lines: 'kept',
        surface: 'modal',
        once,
      });
    }
    case 'hand over':
      return reassignRequest(context, { ...card, newApprover });
    case 'choose another':
      return chooseNewApprover(context, { ...card, newApprover });
    case 'remind':
      return remindApprover(context, card);
    default:
      return act satisfies never;
  }
}
