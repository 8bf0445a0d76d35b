import type { AllMiddlewareArgs, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { readShareValue, shareStatus } from '../../presenters/lists.ts';
import { tellWhoActed } from '../../presenters/workspace.ts';
import { perhapsSharedText } from '../../views/status/shared-status.ts';
import { orderNotFoundText } from '../../views/status/status.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';
import { waitedFor } from '../waited-for.ts';

type Args = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

/** Authority is checked again: the private answer with the button may be older than somebody's role. */
export function onShareStatus(deps: HandlerDeps) {
  return async ({ ack, action, body }: Args, tenant: Tenant): Promise<void> => {
    const fleetOrderId = readShareValue(tenant, action.value);
    await ack();
    if (fleetOrderId === null) return tellWhoActed(tenant, body, orderNotFoundText);
    waitedFor(deps, tenant, 'share a status', { body, failed: perhapsSharedText }, async () => {
      await shareStatus(tenant, body, fleetOrderId);
      deps.hurry();
    });
  };
}
