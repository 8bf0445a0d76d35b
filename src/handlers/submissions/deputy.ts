import type { SlackUserId } from '../../domain/ids.ts';
import type { Workspace } from '../../presenters/workspace.ts';
import { nameDeputy } from '../../services/request/deputy.ts';
import { noticeModal } from '../../views/notices.ts';
import { deputyErrors, deputyNamedText, deputyTitle, readDeputy } from '../../views/people/deputy.ts';
import type { HandlerDeps, SubmissionArgs } from '../listener.ts';

export function onDeputy(deps: HandlerDeps) {
  return async ({ ack, body, view }: SubmissionArgs, workspace: Workspace): Promise<void> => {
    const { deputy, lastDay } = readDeputy(view.state.values);
    const slackUserId = body.user.id as SlackUserId;
    const named = await nameDeputy(workspace.context, { slackUserId, deputy: deputy as SlackUserId, lastDay });
    if (!named.ok) return void (await ack({ response_action: 'errors', errors: deputyErrors(named.refusal.kind) }));
    const text = deputyNamedText(named.deputy.name, named.until);
    await ack({ response_action: 'update', view: noticeModal(deputyTitle, text) });
    deps.hurry();
  };
}
