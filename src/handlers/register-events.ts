import type { App } from '@slack/bolt';
import type { HandlerDeps } from './deps.ts';
import { onAppHomeOpened } from './events/app-home-opened.ts';
import { onUserChange } from './events/user-change.ts';
import { onAppUninstalled, onTokensRevoked } from './events/workspace.ts';

/** The life of people and of the installation. `manifest.yml` names the same events. */
export function registerEvents(app: App, deps: HandlerDeps): void {
  app.event('app_home_opened', onAppHomeOpened(deps));
  app.event('user_change', onUserChange(deps));
  app.event('tokens_revoked', onTokensRevoked(deps));
  app.event('app_uninstalled', onAppUninstalled(deps));
}
