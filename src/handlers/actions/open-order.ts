import type { SlackUserId } from '../../domain/ids.ts';
import type { PressArgs } from '../card-press.ts';
import { openOrderEquipment } from '../commands/order.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';

/** **Order equipment** as a button: the same as the shortcut. */
export function onOpenOrder(deps: HandlerDeps) {
  return async ({ ack, body }: PressArgs, tenant: Tenant): Promise<void> => {
    await ack();
    await openOrderEquipment(deps, tenant, { body, slackUserId: body.user.id as SlackUserId, words: '' });
  };
}
