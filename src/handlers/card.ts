import type { BlockButtonAction } from '@slack/bolt';
import type { SlackChannelId, SlackMessageTs, SlackUserId } from '../domain/ids.ts';
import { CardModalMemory } from '../domain/request/request.ts';
import type { ModalView } from '../domain/surfaces.ts';
import { answerPress } from '../presenters/card.ts';
import { tellWhoActed, type Workspace } from '../presenters/workspace.ts';
import {
  chooseNewApprover,
  declineRequest,
  reassignRequest,
  requestChanges,
  withdrawFromCard,
} from '../services/request/decide.ts';
import { type CardPress, type PressedSide, receivePress } from '../services/request/press.ts';
import { pressApprove } from '../services/request/press-approve.ts';
import { remindApprover } from '../services/request/remind.ts';
import type { RequestOutcome } from '../services/request/update.ts';
import { allLinesModal } from '../views/cart/rows.ts';
import { callbacks } from '../views/ids.ts';
import { noticeModal } from '../views/notices.ts';
import { newApproverError, type ReadField, readNewApprover, readWords } from '../views/request/modals.ts';
import {
  acceptedText,
  couldNotOpenText,
  newApproverProblem,
  refusalText,
  remindedText,
} from '../views/request/state.ts';
import type { HandlerDeps, PressArgs, SubmissionArgs } from './listener.ts';

/** Who pressed is from Slack's signed payload; the button's value is only what the card says, and signed by us. */
export function cardPress({ action, body }: PressArgs, side: PressedSide): CardPress {
  const slackUserId = body.user.id as SlackUserId;
  return { value: action.value ?? '', surface: surfaceOf(body), slackUserId, side, copy: pressedCopy(body) };
}

function surfaceOf({ view, container }: BlockButtonAction): CardPress['surface'] {
  if (view !== undefined) return view.type === 'home' ? 'home' : 'modal';
  return isEphemeral(container) ? 'command' : 'card';
}

function isEphemeral(container: BlockButtonAction['container']): boolean {
  return 'is_ephemeral' in container && container.is_ephemeral === true;
}

/** Null where there is no message that stays: a modal, the Home tab, an ephemeral answer. */
function pressedCopy({ container, channel, message }: BlockButtonAction): CardPress['copy'] {
  if (isEphemeral(container) || channel === undefined || message === undefined) return null;
  return { channel: channel.id as SlackChannelId, ts: message.ts as SlackMessageTs };
}

/** What a modal that a card's button opened carries, signed: which card, and where it stands. */
function cardMetadata({ context }: Workspace, { value, copy }: CardPress): string {
  return context.seal.sign('modal', JSON.stringify({ card: value, copy }));
}

/** Of metadata that is not ours (any more) a press comes out that every service refuses. */
function submittedPress(
  { context }: Workspace,
  {
    slackUserId,
    side,
    metadata,
  }: { readonly slackUserId: string; readonly side: PressedSide; readonly metadata: string },
): CardPress {
  const text = context.seal.open('modal', metadata);
  const parsed = CardModalMemory.safeParse(text === null ? null : JSON.parse(text));
  const { card, copy } = parsed.success ? parsed.data : { card: '', copy: null };
  return {
    value: card,
    surface: 'modal',
    slackUserId: slackUserId as SlackUserId,
    side,
    copy,
  };
}

/** Who submits is from Slack's signed payload, whoever opened the modal. */
function pressOf({ body, view }: SubmissionArgs, workspace: Workspace, side: PressedSide) {
  return submittedPress(workspace, { slackUserId: body.user.id, side, metadata: view.private_metadata });
}

async function refuseField({ ack }: SubmissionArgs, { errors }: Extract<ReadField, { ok: false }>) {
  await ack({ response_action: 'errors', errors });
}

/** Recorded by now: the modal closes and the card shows it. Refused: the modal says why, at its field where it is about it. */
async function answerSubmission(
  deps: HandlerDeps,
  { ack, view }: SubmissionArgs,
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
  deps.hurry();
}

export function onApprove(deps: HandlerDeps) {
  return async (args: PressArgs, workspace: Workspace): Promise<void> => {
    const press = cardPress(args, 'approver');
    const outcome = await pressApprove(workspace.context, press);
    await finish(deps, args, workspace, outcome, shownOnCard(press, acceptedText.approved));
  };
}

export function onWithdraw(deps: HandlerDeps) {
  return async (args: PressArgs, workspace: Workspace): Promise<void> => {
    const press = cardPress(args, 'requester');
    const outcome = await withdrawFromCard(workspace.context, press);
    await finish(deps, args, workspace, outcome, shownOnCard(press, acceptedText.withdrawn));
  };
}

export function onRemind(deps: HandlerDeps) {
  return async (args: PressArgs, workspace: Workspace): Promise<void> => {
    const outcome = await remindApprover(workspace.context, cardPress(args, 'requester'));
    await finish(deps, args, workspace, outcome, outcome.ok ? remindedText(outcome.request) : null);
  };
}

/** A card that stays says itself that it was pressed; elsewhere the person is told. */
function shownOnCard(press: CardPress, text: string): string | null {
  return press.copy === null ? text : null;
}

/** Recorded by now, or refused: acknowledge, hand the work over, and answer whoever the card itself does not. */
async function finish(
  deps: HandlerDeps,
  { ack, body }: PressArgs,
  workspace: Workspace,
  outcome: RequestOutcome,
  accepted: string | null,
): Promise<void> {
  await ack();
  deps.hurry();
  await answerPress(workspace, body, outcome, outcome.ok ? accepted : refusalText(outcome.refusal));
}

/** Opens at once: the trigger lives three seconds. Whether the person may is checked when they submit. */
export function onOpenModal(side: PressedSide, view: (metadata: string) => ModalView) {
  return async (args: PressArgs, workspace: Workspace): Promise<void> => {
    await Promise.all([args.ack(), open(workspace, args.body, view(cardMetadata(workspace, cardPress(args, side))))]);
  };
}

/** **Show all devices**: for the two people of the request, whatever became of it. */
export function onShowAllLines(deps: HandlerDeps) {
  return async (args: PressArgs, workspace: Workspace): Promise<void> => {
    const press = cardPress(args, 'approver');
    const found = await receivePress(workspace.context, press);
    await args.ack();
    deps.hurry();
    if (!found.ok) return tellWhoActed(workspace, args.body, refusalText(found.refusal));
    const { requester, approver } = found.request;
    const isParty = [requester.slackUserId, approver.slackUserId].includes(press.slackUserId);
    if (!isParty) return tellWhoActed(workspace, args.body, refusalText({ kind: 'not_the_approver', approver }));
    await open(workspace, args.body, allLinesModal(found.request));
  };
}

async function open(workspace: Workspace, body: BlockButtonAction, view: ModalView): Promise<void> {
  const { slack } = workspace;
  const isInModal = body.view?.type === 'modal';
  const opened = await (isInModal ? slack.pushModal(body.trigger_id, view) : slack.openModal(body.trigger_id, view));
  if (!opened.ok) await tellWhoActed(workspace, body, couldNotOpenText);
}

export function onAskForChanges(deps: HandlerDeps) {
  return async (args: SubmissionArgs, workspace: Workspace): Promise<void> => {
    const wish = readWords(args.view.state.values, 'wish');
    if (!wish.ok) return refuseField(args, wish);
    const press = { ...pressOf(args, workspace, 'approver'), wish: wish.value };
    await answerSubmission(deps, args, await requestChanges(workspace.context, press));
  };
}

export function onDecline(deps: HandlerDeps) {
  return async (args: SubmissionArgs, workspace: Workspace): Promise<void> => {
    const reason = readWords(args.view.state.values, 'reason');
    if (!reason.ok) return refuseField(args, reason);
    const press = { ...pressOf(args, workspace, 'approver'), reason: reason.value };
    await answerSubmission(deps, args, await declineRequest(workspace.context, press));
  };
}

export function onHandOver(deps: HandlerDeps) {
  return async (args: SubmissionArgs, workspace: Workspace): Promise<void> => {
    const chosen = readNewApprover(args.view.state.values);
    if (!chosen.ok) return refuseField(args, chosen);
    const press = { ...pressOf(args, workspace, 'approver'), newApprover: chosen.value as SlackUserId };
    await answerSubmission(deps, args, await reassignRequest(workspace.context, press));
  };
}

export function onChooseApprover(deps: HandlerDeps) {
  return async (args: SubmissionArgs, workspace: Workspace): Promise<void> => {
    const chosen = readNewApprover(args.view.state.values);
    if (!chosen.ok) return refuseField(args, chosen);
    const press = { ...pressOf(args, workspace, 'requester'), newApprover: chosen.value as SlackUserId };
    await answerSubmission(deps, args, await chooseNewApprover(workspace.context, press));
  };
}
