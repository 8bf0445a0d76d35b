import type { SlackUserId } from '../../domain/ids.ts';
import { withTimeout } from '../../domain/with-timeout.ts';
import { settingsRoot } from '../../presenters/settings.ts';
import { fillModal, openLoading } from '../../presenters/workspace.ts';
import { isAdmin } from '../../services/people/admins.ts';
import { noticeModal, sentence } from '../../views/notices.ts';
import { loadingSettings, onlyAdminsText, settingsTitle } from '../../views/settings/root.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';
import type { CommandArgs } from './command-args.ts';

/** The trigger lives three seconds: who cannot be looked up by then sees a modal that says so later. */
const LOOK_UP_MS = 1_000;

/** `/fleet settings` */
export function onSettingsCommand(deps: HandlerDeps) {
  return async ({ ack, body }: CommandArgs, tenant: Tenant): Promise<void> => {
    const slackUserId = body.user_id as SlackUserId;
    const looking = isAdmin(tenant.context, slackUserId);
    if ((await withTimeout(tenant.context.sleep, LOOK_UP_MS, looking)) === false) {
      await ack({ ...sentence(onlyAdminsText), response_type: 'ephemeral' });
      return;
    }
    await ack();
    const opened = await openLoading(tenant, body, loadingSettings());
    if (opened === null) return;
    const { viewId } = opened;
    const view = async () => ((await looking) ? settingsRoot(tenant) : noticeModal(settingsTitle, onlyAdminsText));
    deps.inBackground('show the settings', fillModal(tenant, { viewId, title: settingsTitle }, view));
  };
}
