import type { SlackUserId } from '../../domain/ids.ts';
import { chooseAnotherApprover } from '../../services/signature/decide.ts';
import { readNewApprover } from '../../views/card/decision-modals.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';
import { answerSubmission, pressOf, refuseField, type SubmissionArgs } from './answer-submission.ts';

export function onChooseApprover(deps: HandlerDeps) {
  return async (args: SubmissionArgs, tenant: Tenant): Promise<void> => {
    const chosen = readNewApprover(args.view.state.values);
    if (!chosen.ok) return refuseField(args, chosen);
    const press = { ...pressOf(args, tenant, 'requester'), newApprover: chosen.value as SlackUserId };
    await answerSubmission(deps, args, await chooseAnotherApprover(tenant.context, press));
  };
}
