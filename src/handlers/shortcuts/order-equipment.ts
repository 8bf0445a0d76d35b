import type { AllMiddlewareArgs, GlobalShortcut, SlackShortcutMiddlewareArgs } from '@slack/bolt';
import type { SlackUserId } from '../../domain/ids.ts';
import { openOrderEquipment } from '../commands/order.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';

type Args = SlackShortcutMiddlewareArgs<GlobalShortcut> & AllMiddlewareArgs;

export function onOrderShortcut(deps: HandlerDeps) {
  return async ({ ack, body }: Args, tenant: Tenant): Promise<void> => {
    await ack();
    await openOrderEquipment(deps, tenant, { body, slackUserId: body.user.id as SlackUserId, words: '' });
  };
}
