import type { AllMiddlewareArgs, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { SlackUserId, SlackViewId } from '../../domain/ids.ts';
import { isSettingsSection } from '../../domain/settings/settings-sections.ts';
import type { ModalView } from '../../domain/surfaces.ts';
import { tellWhoActed } from '../../presenters/workspace.ts';
import { isAdmin } from '../../services/people/admins.ts';
import { listUnmatched } from '../../services/people/list-unmatched.ts';
import { noticeModal } from '../../views/notices.ts';
import { AUDIT_PAGE, auditModal, auditTitle, loadingAudit } from '../../views/settings/audit-modal.ts';
import { loadingSettings, onlyAdminsText, settingsTitle } from '../../views/settings/root.ts';
import { oldSettingsText } from '../../views/settings/saved-text.ts';
import { loadingUnmatched, unmatchedModal } from '../../views/settings/unmatched-modal.ts';
import { slackFailureText } from '../../views/slack-failure-text.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';
import { fill, sectionView } from '../settings/show.ts';

type Args = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

export function onOpenSection(deps: HandlerDeps) {
  return async (args: Args, tenant: Tenant): Promise<void> => {
    const section = args.action.value ?? '';
    if (isSettingsSection(section)) {
      await push(deps, args, tenant, loadingSettings(), (who) => sectionView(tenant, who, section));
      return;
    }
    await args.ack();
    await tellWhoActed(tenant, args.body, oldSettingsText);
  };
}

export function onOpenUnmatched(deps: HandlerDeps) {
  return async (args: Args, tenant: Tenant): Promise<void> => {
    await push(deps, args, tenant, loadingUnmatched(), async (who) => {
      if (!(await isAdmin(tenant.context, who))) return noticeModal(settingsTitle, onlyAdminsText);
      const { people, links } = await listUnmatched(tenant.context);
      return unmatchedModal(people, links);
    });
  };
}

export function onOpenAudit(deps: HandlerDeps) {
  return async (args: Args, tenant: Tenant): Promise<void> => {
    await push(deps, args, tenant, loadingAudit(), (who) => auditView(tenant, who));
  };
}

/** **Show older entries**: the page takes the place of the one before. */
export function onAuditPage(deps: HandlerDeps) {
  return async ({ ack, action, body }: Args, tenant: Tenant): Promise<void> => {
    await ack();
    if (body.view === undefined) return;
    const view = () => auditView(tenant, body.user.id as SlackUserId, action.value);
    const modal = { viewId: body.view.id as SlackViewId, title: auditTitle };
    deps.inBackground('show the audit log', fill(deps, tenant, modal, view));
  };
}

const ENTRY = /^\d+-\d+$/u;

async function auditView({ context }: Tenant, slackUserId: SlackUserId, before?: string): Promise<ModalView> {
  if (!(await isAdmin(context, slackUserId))) return noticeModal(settingsTitle, onlyAdminsText);
  const from = before !== undefined && ENTRY.test(before) ? { before } : {};
  const { entries, next } = await context.store.auditPage({ ...from, limit: AUDIT_PAGE });
  return auditModal(
    entries.map(({ entry }) => entry),
    next,
  );
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
    fill(deps, tenant, modal, () => view(body.user.id as SlackUserId)),
  );
}
