import type { SlackUserId } from '../domain/ids.ts';
import { answerUser } from '../presenters/workspace.ts';
import { endDeputy, nameDeputy } from '../services/request/deputy.ts';
import { noticeModal } from '../views/notices.ts';
import {
  deputyEndedText,
  deputyErrors,
  deputyModal,
  deputyNamedText,
  deputyTitle,
  readDeputy,
} from '../views/people/deputy.ts';
import { couldNotOpenText } from '../views/request/state.ts';
import type { HandlerWorkspace, PressArgs, SubmissionArgs } from './listener.ts';

/** **I will be away** */
export async function onOpenDeputy({ ack, body }: PressArgs, workspace: HandlerWorkspace): Promise<void> {
  const [, opened] = await Promise.all([ack(), workspace.slack.openModal(body.trigger_id, deputyModal())]);
  if (!opened.ok) await answerUser(workspace, body, couldNotOpenText);
}

export async function onDeputy({ ack, body, view }: SubmissionArgs, workspace: HandlerWorkspace): Promise<void> {
  const { deputy, lastDay } = readDeputy(view.state.values);
  const slackUserId = body.user.id as SlackUserId;
  const named = await nameDeputy(workspace.context, { slackUserId, deputy: deputy as SlackUserId, lastDay });
  if (!named.ok) {
    await ack({ response_action: 'errors', errors: deputyErrors(named.refusal.kind) });
    return;
  }
  const text = deputyNamedText(named.deputy.name, named.until);
  await ack({ response_action: 'update', view: noticeModal(deputyTitle, text) });
  workspace.relaySoon();
}

/** **I am back** */
export async function onEndDeputy({ ack, body }: PressArgs, workspace: HandlerWorkspace): Promise<void> {
  await endDeputy(workspace.context, body.user.id as SlackUserId);
  await ack();
  await answerUser(workspace, body, deputyEndedText);
}
