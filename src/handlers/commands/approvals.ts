import type { SlackUserId } from '../../domain/ids.ts';
import { showApprovals } from '../../presenters/lists.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';
import { answerAfterwards } from './answer-command.ts';
import type { CommandArgs } from './command-args.ts';

/** `/fleet approvals` */
export function onApprovalsCommand(deps: HandlerDeps) {
  return async (args: CommandArgs, tenant: Tenant): Promise<void> => {
    const { user_id, response_url: responseUrl } = args.body;
    const wanted = { slackUserId: user_id as SlackUserId, responseUrl, page: 0, replaces: false };
    await answerAfterwards(deps, tenant, args, () => showApprovals(tenant, wanted));
  };
}
