import type { BlockButtonAction } from '@slack/bolt';
import type { SlackChannelId, SlackMessageTs, SlackUserId } from '../domain/ids.ts';
import type { ModalView } from '../domain/surfaces.ts';
import { answerPress } from '../presenters/card.ts';
import { answerUser } from '../presenters/workspace.ts';
import { pressApprove } from '../services/request/approve.ts';
import { openCardModal, whyMayNotRead } from '../services/request/cards.ts';
import {
  chooseNewApprover,
  declineRequest,
  reassignRequest,
  requestChanges,
  withdrawFromCard,
} from '../services/request/decide.ts';
import { type CardPress, type PressedSide, receivePress } from '../services/request/press.ts';
import { remindApprover } from '../services/request/remind.ts';
import type { RequestOutcome } from '../services/request/update.ts';
import { allLinesModal } from '../views/cart/rows.ts';
import { callbacks } from '../views/ids.ts';
import { noticeModal } from '../views/notices.ts';
import { newApproverError, type ReadField, readNewApprover, readWords } from '../views/request/modals.ts';
import { newApproverProblem, refusalText } from '../views/request/refusals.ts';
import { acceptedText, couldNotOpenText, remindedText } from '../views/request/state.ts';
import {
  type Handle,
  type HandlerWorkspace,
  onceOfPress,
  onceOfSubmission,
  type PressArgs,
  type SubmissionArgs,
} from './listener.ts';

export async function onApprove(args: PressArgs, workspace: HandlerWorkspace): Promise<void> {
  const press = cardPress(args, workspace, 'approver');
  const outcome = await pressApprove(workspace.context, press);
  await finishPress(args, workspace, outcome, unlessOnCard(press, acceptedText.approved));
}

export async function onWithdraw(args: PressArgs, workspace: HandlerWorkspace): Promise<void> {
  const press = cardPress(args, workspace, 'requester');
  const outcome = await withdrawFromCard(workspace.context, press);
  await finishPress(args, workspace, outcome, unlessOnCard(press, acceptedText.withdrawn));
}

export async function onRemind(args: PressArgs, workspace: HandlerWorkspace): Promise<void> {
  const outcome = await remindApprover(workspace.context, cardPress(args, workspace, 'requester'));
  await finishPress(args, workspace, outcome, outcome.ok ? remindedText(outcome.request) : null);
}

/** A card that stays shows the press itself; elsewhere the person is told. */
function unlessOnCard(press: CardPress, text: string): string | null {
  return press.copy === null ? text : null;
}

/** By now the press is recorded or refused. `accepted`: what to say if it is recorded; null: nothing. */
async function finishPress(
  { ack, body }: PressArgs,
  workspace: HandlerWorkspace,
  outcome: RequestOutcome,
  accepted: string | null,
): Promise<void> {
  await ack();
  workspace.relaySoon();
  await answerPress(workspace, body, outcome, outcome.ok ? accepted : refusalText(outcome.refusal));
}

/** Opens at once, since a trigger lives three seconds. Permission is checked when the modal is submitted. */
export function onOpenModal(
  side: PressedSide,
  callback: string,
  view: (metadata: string) => ModalView,
): Handle<PressArgs> {
  return async (args, workspace) => {
    const { value, copy, slackUserId } = cardPress(args, workspace, side);
    const memory = JSON.stringify({ card: value, copy });
    const { seal, workspaceId } = workspace.context;
    const metadata = seal.signModal({ workspaceId, slackUserId, view: callback }, memory);
    await Promise.all([args.ack(), openModal(args, workspace, view(metadata))]);
  };
}

/** **Show all devices**: for the requester and the approver, whatever the request's state. */
export async function onShowAllLines(args: PressArgs, workspace: HandlerWorkspace): Promise<void> {
  const { ack, body } = args;
  const press = cardPress(args, workspace, 'approver');
  const found = await receivePress(workspace.context, press);
  await ack();
  workspace.relaySoon();
  if (!found.ok) return answerUser(workspace, body, refusalText(found.refusal));
  const { requester, approver } = found.request;
  const isParty = [requester.slackUserId, approver.slackUserId].includes(press.slackUserId);
  if (!isParty) return answerUser(workspace, body, refusalText({ kind: 'not_the_approver', approver }));
  const isApprover = press.slackUserId !== requester.slackUserId;
  const refusal = isApprover ? await whyMayNotRead(workspace.context, found.request) : null;
  if (refusal !== null) return answerUser(workspace, body, refusalText(refusal));
  await openModal(args, workspace, allLinesModal(found.request));
}

async function openModal({ body }: PressArgs, workspace: HandlerWorkspace, view: ModalView): Promise<void> {
  const { slack } = workspace;
  const isInModal = body.view?.type === 'modal';
  const opened = await (isInModal ? slack.pushModal(body.trigger_id, view) : slack.openModal(body.trigger_id, view));
  if (!opened.ok) await answerUser(workspace, body, couldNotOpenText);
}

/** Who pressed comes from Slack's signed payload, which card from the button's value, which we signed. */
export function cardPress({ action, body }: PressArgs, workspace: HandlerWorkspace, side: PressedSide): CardPress {
  const slackUserId = body.user.id as SlackUserId;
  const once = onceOfPress(body, workspace);
  return { value: action.value ?? '', surface: surfaceOf(body), slackUserId, side, copy: pressedCopy(body), once };
}

function surfaceOf({ view, container }: BlockButtonAction): CardPress['surface'] {
  if (view !== undefined) return view.type === 'home' ? 'home' : 'modal';
  return isEphemeral(container) ? 'command' : 'card';
}

/** Null where no message stays: a modal, the Home tab, an ephemeral answer. */
function pressedCopy({ container, channel, message }: BlockButtonAction): CardPress['copy'] {
  if (isEphemeral(container) || channel === undefined || message === undefined) return null;
  return { channel: channel.id as SlackChannelId, ts: message.ts as SlackMessageTs };
}

function isEphemeral(container: BlockButtonAction['container']): boolean {
  return 'is_ephemeral' in container && container.is_ephemeral === true;
}

export async function onAskForChanges(args: SubmissionArgs, workspace: HandlerWorkspace): Promise<void> {
  const wish = readWords(args.view.state.values, 'wish');
  if (!wish.ok) return refuseField(args, wish);
  const press = { ...submittedPress(args, workspace, 'approver'), wish: wish.value };
  await finishSubmission(args, workspace, await requestChanges(workspace.context, press));
}

export async function onDecline(args: SubmissionArgs, workspace: HandlerWorkspace): Promise<void> {
  const reason = readWords(args.view.state.values, 'reason');
  if (!reason.ok) return refuseField(args, reason);
  const press = { ...submittedPress(args, workspace, 'approver'), reason: reason.value };
  await finishSubmission(args, workspace, await declineRequest(workspace.context, press));
}

export async function onHandOver(args: SubmissionArgs, workspace: HandlerWorkspace): Promise<void> {
  const chosen = readNewApprover(args.view.state.values);
  if (!chosen.ok) return refuseField(args, chosen);
  const press = { ...submittedPress(args, workspace, 'approver'), newApprover: chosen.value as SlackUserId };
  await finishSubmission(args, workspace, await reassignRequest(workspace.context, press));
}

export async function onChooseApprover(args: SubmissionArgs, workspace: HandlerWorkspace): Promise<void> {
  const chosen = readNewApprover(args.view.state.values);
  if (!chosen.ok) return refuseField(args, chosen);
  const press = { ...submittedPress(args, workspace, 'requester'), newApprover: chosen.value as SlackUserId };
  await finishSubmission(args, workspace, await chooseNewApprover(workspace.context, press));
}

/** Who submits comes from Slack's signed payload, which card from our seal. Every service refuses a card of ''. */
function submittedPress(args: SubmissionArgs, workspace: HandlerWorkspace, side: PressedSide): CardPress {
  const { body, view } = args;
  const slackUserId = body.user.id as SlackUserId;
  const of = { slackUserId, view: view.callback_id };
  const { card, copy } = openCardModal(workspace.context, of, view.private_metadata) ?? { card: '', copy: null };
  return { value: card, surface: 'modal', slackUserId, side, copy, once: onceOfSubmission(args, workspace) };
}

async function refuseField({ ack }: SubmissionArgs, { errors }: Extract<ReadField, { ok: false }>): Promise<void> {
  await ack({ response_action: 'errors', errors });
}

/** Recorded: the modal closes and the card shows it. Refused: the modal says why, at its field if that is the reason. */
async function finishSubmission(
  { ack, view }: SubmissionArgs,
  workspace: HandlerWorkspace,
  outcome: RequestOutcome,
): Promise<void> {
  const problem = outcome.ok ? null : newApproverProblem(outcome.refusal);
  const isNaming = view.callback_id === callbacks.handOver || view.callback_id === callbacks.chooseApprover;
  if (outcome.ok) await ack();
  else if (isNaming && problem !== null) {
    await ack({ response_action: 'errors', errors: newApproverError(problem).errors });
  } else {
    await ack({ response_action: 'update', view: noticeModal('Fleet', refusalText(outcome.refusal)) });
  }
  workspace.relaySoon();
}
