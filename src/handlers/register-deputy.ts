import type { App, BlockButtonAction, ViewSubmitAction } from '@slack/bolt';
import { callbacks, deputyActions } from '../views/ids.ts';
import { onBack, onNameDeputy } from './actions/deputy.ts';
import type { HandlerDeps } from './deps.ts';
import { listener } from './listener.ts';
import { onDeputy } from './submissions/deputy.ts';

/** An approver who is away names who is asked meanwhile. */
export function registerDeputy(app: App, deps: HandlerDeps): void {
  const { name, end } = deputyActions;
  app.action<BlockButtonAction>({ type: 'block_actions', action_id: name }, listener(deps, 'press', onNameDeputy));
  app.action<BlockButtonAction>({ type: 'block_actions', action_id: end }, listener(deps, 'press', onBack));
  app.view<ViewSubmitAction>(callbacks.deputy, listener(deps, 'submission', onDeputy(deps)));
}
