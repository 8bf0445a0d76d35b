import { declineRequest } from '../../services/signature/decide.ts';
import { readWords } from '../../views/card/decision-modals.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';
import { answerSubmission, pressOf, refuseField, type SubmissionArgs } from './answer-submission.ts';

export function onDecline(deps: HandlerDeps) {
  return async (args: SubmissionArgs, tenant: Tenant): Promise<void> => {
    const reason = readWords(args.view.state.values, 'reason');
    if (!reason.ok) return refuseField(args, reason);
    const press = { ...pressOf(args, tenant, 'approver'), reason: reason.value };
    await answerSubmission(deps, args, await declineRequest(tenant.context, press));
  };
}
