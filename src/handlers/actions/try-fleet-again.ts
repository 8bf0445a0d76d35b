import type { AllMiddlewareArgs, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { errorName } from '../../domain/error-name.ts';
import type { SlackUserId } from '../../domain/ids.ts';
import { tellWhoActed } from '../../presenters/workspace.ts';
import { tryFleetAgain } from '../../services/admin/try-fleet-again.ts';
import { notDoneText } from '../../views/notices.ts';
import { triedAgainText } from '../../views/pause-text.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';

type Args = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

/** **Try again** of an admin. Fleet may be slow, so the answer follows the acknowledgement; until then ordering stays paused. */
export function onTryFleetAgain(deps: HandlerDeps) {
  return async ({ ack, body }: Args, tenant: Tenant): Promise<void> => {
    await ack();
    deps.inBackground('try Fleet again', tryAgain(deps, tenant, body));
  };
}

async function tryAgain(deps: HandlerDeps, tenant: Tenant, body: BlockButtonAction): Promise<void> {
  try {
    const tried = await tryFleetAgain(tenant.context, body.user.id as SlackUserId);
    await tellWhoActed(tenant, body, triedAgainText(tried));
  } catch (error) {
    deps.log.error('Fleet could not be tried again', { error: errorName(error) });
    await tellWhoActed(tenant, body, notDoneText(error));
  }
}
