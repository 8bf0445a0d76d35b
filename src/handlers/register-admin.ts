import type { App, BlockButtonAction, ViewSubmitAction } from '@slack/bolt';
import { callbacks, generalActions, settingsActions, settingsFields } from '../views/ids.ts';
import { onAuditPage, onOpenAudit, onOpenSection, onOpenUnmatched } from './actions/settings.ts';
import { onTryFleetAgain } from './actions/try-fleet-again.ts';
import type { HandlerDeps, Tenant } from './deps.ts';
import { listener } from './listener.ts';
import { onSettingsProducts } from './options/settings-products.ts';
import { onSettingsSection } from './submissions/settings.ts';

type Press = ReturnType<typeof onTryFleetAgain>;

/** What only admins do. */
export function registerAdmin(app: App, deps: HandlerDeps): void {
  const press = (actionId: string, handle: (args: Parameters<Press>[0], tenant: Tenant) => Promise<void>): void => {
    app.action<BlockButtonAction>({ type: 'block_actions', action_id: actionId }, listener(deps, 'press', handle));
  };
  press(generalActions.tryFleetAgain, onTryFleetAgain(deps));
  press(settingsActions.openSection, onOpenSection(deps));
  press(settingsActions.openUnmatched, onOpenUnmatched(deps));
  press(settingsActions.openAudit, onOpenAudit(deps));
  press(settingsActions.auditPage, onAuditPage(deps));
  app.view<ViewSubmitAction>(callbacks.settingsSection, listener(deps, 'submission', onSettingsSection(deps)));
  app.options<'block_suggestion'>(
    { type: 'block_suggestion', action_id: settingsFields.productGroups },
    listener(deps, 'options', onSettingsProducts),
  );
}
