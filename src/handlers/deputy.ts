import type { SlackUserId } from '../domain/ids.ts';
import { tellWhoActed, type Workspace } from '../presenters/workspace.ts';
import { endDeputy } from '../services/request/deputy.ts';
import { deputyEndedText, deputyModal } from '../views/people/deputy.ts';
import { couldNotOpenText } from '../views/request/state.ts';
import type { PressArgs } from './listener.ts';

/** **I will be away** */
export async function onNameDeputy({ ack, body }: PressArgs, workspace: Workspace): Promise<void> {
  const [, opened] = await Promise.all([ack(), workspace.slack.openModal(body.trigger_id, deputyModal())]);
  if (!opened.ok) await tellWhoActed(workspace, body, couldNotOpenText);
}

/** **I am back** */
export async function onBack({ ack, body }: PressArgs, workspace: Workspace): Promise<void> {
  await endDeputy(workspace.context, body.user.id as SlackUserId);
  await ack();
  await tellWhoActed(workspace, body, deputyEndedText);
}
