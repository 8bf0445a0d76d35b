import type { App, BlockButtonAction } from '@slack/bolt';
import { generalActions } from '../views/ids.ts';
import { onTryFleetAgain } from './actions/try-fleet-again.ts';
import type { HandlerDeps } from './deps.ts';
import { listener } from './listener.ts';

/** What only admins do. */
export function registerAdmin(app: App, deps: HandlerDeps): void {
  app.action<BlockButtonAction>(
    { type: 'block_actions', action_id: generalActions.tryFleetAgain },
    listener(deps, 'press', onTryFleetAgain(deps)),
  );
}
