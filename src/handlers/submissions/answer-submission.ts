import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { PressedSide } from '../../services/signature/card-value.ts';
import type { Settled } from '../../services/signature/settle-request.ts';
import { newApproverError, type ReadField } from '../../views/card/decision-modals.ts';
import { newApproverProblem, refusalText } from '../../views/card/decision-text.ts';
import { callbacks } from '../../views/ids.ts';
import { noticeModal } from '../../views/notices.ts';
import { submittedPress } from '../card-press.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';

export type SubmissionArgs = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

/** Who submits is from Slack's signed payload, whoever opened the modal. */
export function pressOf({ body, view }: SubmissionArgs, tenant: Tenant, side: PressedSide) {
  return submittedPress(tenant, { slackUserId: body.user.id, side, metadata: view.private_metadata });
}

export async function refuseField({ ack }: SubmissionArgs, { errors }: Extract<ReadField, { ok: false }>) {
  await ack({ response_action: 'errors', errors });
}

/** Recorded by now: the modal closes and the card shows it. Refused: the modal says why, at its field where it is about it. */
export async function answerSubmission(
  deps: HandlerDeps,
  { ack, view }: SubmissionArgs,
  outcome: Settled,
): Promise<void> {
  const problem = outcome.ok ? null : newApproverProblem(outcome.refusal);
  const isNaming = view.callback_id === callbacks.handOver || view.callback_id === callbacks.chooseApprover;
  if (outcome.ok) await ack();
  else if (isNaming && problem !== null) {
    await ack({ response_action: 'errors', errors: newApproverError(problem).errors });
  } else {
    await ack({ response_action: 'update', view: noticeModal('Fleet', refusalText(outcome.refusal)) });
  }
  deps.hurry();
}
