import type { App, BlockButtonAction, ViewSubmitAction } from '@slack/bolt';
import { askForChangesModal, chooseApproverModal, declineModal, handOverModal } from '../views/card/decision-modals.ts';
import { callbacks, cardActions } from '../views/ids.ts';
import { onApprove, onRemind, onWithdraw } from './actions/card.ts';
import { onOpenModal, onShowAllLines } from './actions/open-from-card.ts';
import type { PressArgs } from './card-press.ts';
import type { HandlerDeps, Tenant } from './deps.ts';
import { listener } from './listener.ts';
import type { SubmissionArgs } from './submissions/answer-submission.ts';
import { onAskForChanges } from './submissions/ask-for-changes.ts';
import { onChooseApprover } from './submissions/choose-approver.ts';
import { onDecline } from './submissions/decline.ts';
import { onHandOver } from './submissions/hand-over.ts';

export function registerCard(app: App, deps: HandlerDeps): void {
  const press = (actionId: string, handle: (args: PressArgs, tenant: Tenant) => Promise<void>): void => {
    app.action<BlockButtonAction>({ type: 'block_actions', action_id: actionId }, listener(deps, 'press', handle));
  };
  const submission = (callbackId: string, handle: (args: SubmissionArgs, tenant: Tenant) => Promise<void>): void => {
    app.view<ViewSubmitAction>(callbackId, listener(deps, 'submission', handle));
  };
  press(cardActions.approve, onApprove(deps));
  press(cardActions.decline, onOpenModal('approver', declineModal));
  press(cardActions.askForChanges, onOpenModal('approver', askForChangesModal));
  press(cardActions.handOver, onOpenModal('approver', handOverModal));
  press(cardActions.withdraw, onWithdraw(deps));
  press(cardActions.remind, onRemind(deps));
  press(cardActions.chooseApprover, onOpenModal('requester', chooseApproverModal));
  press(cardActions.showAllLines, onShowAllLines(deps));

  submission(callbacks.declineRequest, onDecline(deps));
  submission(callbacks.askForChanges, onAskForChanges(deps));
  submission(callbacks.handOver, onHandOver(deps));
  submission(callbacks.chooseApprover, onChooseApprover(deps));
}
