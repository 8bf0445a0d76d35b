import { askForChanges } from '../../services/signature/decide.ts';
import { readWords } from '../../views/card/decision-modals.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';
import { answerSubmission, pressOf, refuseField, type SubmissionArgs } from './answer-submission.ts';

export function onAskForChanges(deps: HandlerDeps) {
  return async (args: SubmissionArgs, tenant: Tenant): Promise<void> => {
    const wish = readWords(args.view.state.values, 'wish');
    if (!wish.ok) return refuseField(args, wish);
    const press = { ...pressOf(args, tenant, 'approver'), wish: wish.value };
    await answerSubmission(deps, args, await askForChanges(tenant.context, press));
  };
}
