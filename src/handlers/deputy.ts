import type { SlackUserId } from '../domain/ids.ts';
import { answerUser } from '../presenters/workspace.ts';
import { endDeputy, nameDeputy } from '../services/request/deputy.ts';
import { noticeModal } from '../views/notices.ts';
import {
  deputyEndedText,
  deputyErrors,
  deputyModal,
  deputyNamedText,
  deputyRepeatedText,
  deputyTitle,
  readDeputy,
} from '../views/people/deputy.ts';
import { couldNotOpenText } from '../views/request/state.ts';
import {
  type HandlerWorkspace,
  onceOfPress,
  onceOfSubmission,
  type PressArgs,
  type SubmissionArgs,
} from './listener.ts';

/** **I will be away** */
export async function onOpenDeputy({ ack, body }: PressArgs, workspace: HandlerWorkspace): Promise<void> {
  const [, opened] = await Promise.all([ack(), workspace.slack.openModal(body.trigger_id, deputyModal())]);
  if (!opened.ok) await answerUser(workspace, body, couldNotOpenText);
}

export async function onDeputy({ ack, body, view }: SubmissionArgs, workspace: HandlerWorkspace): Promise<void> {
  const { deputy, lastDay } = readDeputy(view.state.values);
  const slackUserId = body.user.id as SlackUserId;
  const once = onceOfSubmission({ body, view }, workspace);
  const named = await nameDeputy(workspace.context, { slackUserId, deputy: deputy as SlackUserId, lastDay, once });
  if (!named.ok) {
    const { kind } = named.refusal;
    if (kind === 'repeated')
      await ack({ response_action: 'update', view: noticeModal(deputyTitle, deputyRepeatedText) });
    else await ack({ response_action: 'errors', errors: deputyErrors(kind) });
    return;
  }
  const text = deputyNamedText(named.deputy.name, named.until);
  await ack({ response_action: 'update', view: noticeModal(deputyTitle, text) });
  workspace.relaySoon();
}

/** **I am back** */
export async function onEndDeputy({ ack, body }: PressArgs, workspace: HandlerWorkspace): Promise<void> {
  const isEnded = await endDeputy(workspace.context, body.user.id as SlackUserId, onceOfPress(body, workspace));
  await ack();
  await answerUser(workspace, body, isEnded ? deputyEndedText : deputyRepeatedText);
}
