import type {
  AllMiddlewareArgs,
  BlockButtonAction,
  SlackActionMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';
import { withTimeout } from '../domain/async.ts';
import { errorName } from '../domain/errors.ts';
import type { SlackUserId, SlackViewId } from '../domain/ids.ts';
import { isSettingsSection, type Settings } from '../domain/settings/settings.ts';
import type { ModalView } from '../domain/surfaces.ts';
import { auditLog, notSavedSection, settingsRoot, settingsSection, unmatchedPeople } from '../presenters/settings.ts';
import { fillModal, openLoading, tellWhoActed, type Workspace } from '../presenters/workspace.ts';
import { isAdmin } from '../services/people/admins.ts';
import { findWhoCannotSign } from '../services/people/find-approvers.ts';
import { tryFleetAgain } from '../services/settings/fleet-key.ts';
import { saveSettings } from '../services/settings/save.ts';
import { settingsFields } from '../views/ids.ts';
import { notDoneText, noticeModal, sentence, slackFailureText, triedAgainText } from '../views/notices.ts';
import { loadingUnmatched } from '../views/people/link.ts';
import { auditTitle, loadingAudit } from '../views/settings/audit.ts';
import { errorAt, type FormState } from '../views/settings/fields.ts';
import {
  cannotSignText,
  loadingSettings,
  oldSettingsText,
  onlyAdminsText,
  savedNotShownText,
  settingsTitle,
} from '../views/settings/root.ts';
import { readSection, readSectionMemory } from '../views/settings/section.ts';
import type { CommandArgs, HandlerDeps } from './listener.ts';

/** The trigger lives three seconds: who cannot be looked up by then sees a modal that says so later. */
const LOOK_UP_MS = 1_000;

/** `/fleet settings` */
export function onSettingsCommand(deps: HandlerDeps) {
  return async ({ ack, body }: CommandArgs, workspace: Workspace): Promise<void> => {
    const slackUserId = body.user_id as SlackUserId;
    const looking = isAdmin(workspace.context, slackUserId);
    if ((await withTimeout(workspace.context.sleep, LOOK_UP_MS, looking)) === false) {
      await ack({ ...sentence(onlyAdminsText), response_type: 'ephemeral' });
      return;
    }
    await ack();
    const opened = await openLoading(workspace, body, loadingSettings());
    if (opened === null) return;
    const { viewId } = opened;
    const view = async () => ((await looking) ? settingsRoot(workspace) : noticeModal(settingsTitle, onlyAdminsText));
    deps.inBackground('show the settings', fillModal(workspace, { viewId, title: settingsTitle }, view));
  };
}

type SettingsPressArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

export function onOpenSection(deps: HandlerDeps) {
  return async (args: SettingsPressArgs, workspace: Workspace): Promise<void> => {
    const section = args.action.value ?? '';
    if (isSettingsSection(section)) {
      await push(deps, args, workspace, loadingSettings(), (who) => settingsSection(workspace, who, section));
      return;
    }
    await args.ack();
    await tellWhoActed(workspace, args.body, oldSettingsText);
  };
}

export function onOpenUnmatched(deps: HandlerDeps) {
  return async (args: SettingsPressArgs, workspace: Workspace): Promise<void> => {
    await push(deps, args, workspace, loadingUnmatched(), (who) => unmatchedPeople(workspace, who));
  };
}

export function onOpenAudit(deps: HandlerDeps) {
  return async (args: SettingsPressArgs, workspace: Workspace): Promise<void> => {
    await push(deps, args, workspace, loadingAudit(), (who) => auditLog(workspace, who, undefined));
  };
}

/** **Show older entries**: the page takes the place of the one before. */
export function onAuditPage(deps: HandlerDeps) {
  return async ({ ack, action, body }: SettingsPressArgs, workspace: Workspace): Promise<void> => {
    await ack();
    if (body.view === undefined) return;
    const view = () => auditLog(workspace, body.user.id as SlackUserId, action.value);
    const modal = { viewId: body.view.id as SlackViewId, title: auditTitle };
    deps.inBackground('show the audit log', fillModal(workspace, modal, view));
  };
}

/** Opens at once on top of the settings, since the trigger lives three seconds; who may see it is checked before it fills. */
async function push(
  deps: HandlerDeps,
  { ack, body }: SettingsPressArgs,
  workspace: Workspace,
  loading: ModalView,
  view: (slackUserId: SlackUserId) => Promise<ModalView>,
): Promise<void> {
  const [pushed] = await Promise.all([workspace.slack.pushModal(body.trigger_id, loading), ack()]);
  if (!pushed.ok) return tellWhoActed(workspace, body, slackFailureText(pushed.failure));
  const modal = { viewId: pushed.value.viewId, title: loading.title.text };
  deps.inBackground(
    'fill a part of the settings',
    fillModal(workspace, modal, () => view(body.user.id as SlackUserId)),
  );
}

type SettingsSubmissionArgs = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

/** One commit before the acknowledgement: what it says is what holds. */
export function onSettingsSection(deps: HandlerDeps) {
  return async ({ ack, body, view }: SettingsSubmissionArgs, workspace: Workspace): Promise<void> => {
    const { context } = workspace;
    const memory = readSectionMemory(context.seal.open('modal', view.private_metadata));
    if (memory === null) {
      await ack({ response_action: 'update', view: noticeModal(settingsTitle, oldSettingsText) });
      return;
    }
    const form: FormState = view.state.values;
    const settings = await context.store.settings();
    const read = readSection(memory.section, form, settings);
    const errors = read.ok ? await peopleErrors(workspace, form, settings, read.change) : read.errors;
    if (!read.ok || Object.keys(errors).length > 0) {
      await ack({ response_action: 'errors', errors: { ...errors } });
      return;
    }
    const by = body.user.id as SlackUserId;
    const saved = await saveSettings(context, { by, was: memory.revision, change: read.change });
    if (saved.kind === 'saved') await ack();
    else {
      const asked = { section: memory.section, mine: read.change };
      await ack({ response_action: 'update', view: await notSavedSection(workspace, by, asked, saved) });
    }
    deps.hurry();
    const rootId = view.root_view_id as SlackViewId | null;
    if (saved.kind === 'saved' && rootId !== null && rootId !== view.id)
      deps.inBackground(
        'bring the settings up to date',
        fillModal(workspace, { viewId: rootId, title: settingsTitle, failed: savedNotShownText }, () =>
          settingsRoot(workspace),
        ),
      );
  };
}

/** Slack must be answered within three seconds, and it has to be saved in them too. */
const READ_MS = 1_200;

/** Somebody who could never sign is a mistake of whoever lists them; what cannot be looked up just now is not. */
async function peopleErrors(workspace: Workspace, form: FormState, was: Settings, change: Partial<Settings>) {
  const { approvers } = change;
  const added = approvers?.people.filter((one) => !was.approvers.people.includes(one)) ?? [];
  if (added.length === 0) return {};
  const cannot =
    (await withTimeout(workspace.context.sleep, READ_MS, findWhoCannotSign(workspace.context, added))) ?? [];
  return cannot.length === 0 ? {} : errorAt(form, settingsFields.approvers, cannotSignText(cannot));
}

type RetryPressArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

/** **Try again** of an admin. Fleet may be slow, so the answer follows the acknowledgement; until then ordering stays paused. */
export function onTryFleetAgain(deps: HandlerDeps) {
  return async ({ ack, body }: RetryPressArgs, workspace: Workspace): Promise<void> => {
    await ack();
    deps.inBackground('try Fleet again', tryAgain(deps, workspace, body));
  };
}

async function tryAgain(deps: HandlerDeps, workspace: Workspace, body: BlockButtonAction): Promise<void> {
  try {
    const tried = await tryFleetAgain(workspace.context, body.user.id as SlackUserId);
    await tellWhoActed(workspace, body, triedAgainText(tried));
  } catch (error) {
    deps.log.error('Fleet could not be tried again', { error: errorName(error) });
    await tellWhoActed(workspace, body, notDoneText(error));
  }
}
