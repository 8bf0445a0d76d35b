import type { App, BlockButtonAction } from '@slack/bolt';
import { generalActions } from '../views/ids.ts';
import { onShareStatus } from './actions/share-status.ts';
import type { HandlerDeps } from './deps.ts';
import { listener } from './listener.ts';

export function registerStatus(app: App, deps: HandlerDeps): void {
  app.action<BlockButtonAction>(
    { type: 'block_actions', action_id: generalActions.shareStatus },
    listener(deps, 'press', onShareStatus(deps)),
  );
}
