import type { AllMiddlewareArgs, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { SlackUserId, SlackViewId } from '../../domain/ids.ts';
import { isSettingsSection } from '../../domain/settings/settings-sections.ts';
import type { ModalView } from '../../domain/surfaces.ts';
import { auditLog, settingsSection, unmatchedPeople } from '../../presenters/settings.ts';
import { fillModal, tellWhoActed } from '../../presenters/workspace.ts';
import { auditTitle, loadingAudit } from '../../views/settings/audit-modal.ts';
import { loadingSettings } from '../../views/settings/root.ts';
import { oldSettingsText } from '../../views/settings/saved-text.ts';
import { loadingUnmatched } from '../../views/settings/unmatched-modal.ts';
import { slackFailureText } from '../../views/slack-failure-text.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';

type Args = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

export function onOpenSection(deps: HandlerDeps) {
  return async (args: Args, tenant: Tenant): Promise<void> => {
    const section = args.action.value ?? '';
    if (isSettingsSection(section)) {
      await push(deps, args, tenant, loadingSettings(), (who) => settingsSection(tenant, who, section));
      return;
    }
    await args.ack();
    await tellWhoActed(tenant, args.body, oldSettingsText);
  };
}

export function onOpenUnmatched(deps: HandlerDeps) {
  return async (args: Args, tenant: Tenant): Promise<void> => {
    await push(deps, args, tenant, loadingUnmatched(), (who) => unmatchedPeople(tenant, who));
  };
}

export function onOpenAudit(deps: HandlerDeps) {
  return async (args: Args, tenant: Tenant): Promise<void> => {
    await push(deps, args, tenant, loadingAudit(), (who) => auditLog(tenant, who, undefined));
  };
}

/** **Show older entries**: the page takes the place of the one before. */
export function onAuditPage(deps: HandlerDeps) {
  return async ({ ack, action, body }: Args, tenant: Tenant): Promise<void> => {
    await ack();
    if (body.view === undefined) return;
    const view = () => auditLog(tenant, body.user.id as SlackUserId, action.value);
    const modal = { viewId: body.view.id as SlackViewId, title: auditTitle };
    deps.inBackground('show the audit log', fillModal(tenant, modal, view));
  };
}

/** Opens at once on top of the settings, since the trigger lives three seconds; who may see it is checked before it fills. */
async function push(
  deps: HandlerDeps,
  { ack, body }: Args,
  tenant: Tenant,
  loading: ModalView,
  view: (slackUserId: SlackUserId) => Promise<ModalView>,
): Promise<void> {
  const [pushed] = await Promise.all([tenant.slack.pushModal(body.trigger_id, loading), ack()]);
  if (!pushed.ok) return tellWhoActed(tenant, body, slackFailureText(pushed.failure));
  const modal = { viewId: pushed.value.viewId, title: loading.title.text };
  deps.inBackground(
    'fill a part of the settings',
    fillModal(tenant, modal, () => view(body.user.id as SlackUserId)),
  );
}
