import type { BlockButtonAction } from '@slack/bolt';
import { withTimeout } from '../domain/async.ts';
import { errorName } from '../domain/failures/failure.ts';
import type { SlackUserId, SlackViewId } from '../domain/ids.ts';
import { isSettingsSection, type Settings } from '../domain/settings/settings.ts';
import type { ModalView } from '../domain/surfaces.ts';
import { auditLog, notSavedSection, settingsRoot, settingsSection, unmatchedPeople } from '../presenters/settings.ts';
import { answerUser, fillModal, openLoading } from '../presenters/workspace.ts';
import { type AdminAnswer, admitAdmin } from '../services/people/admins.ts';
import { reportWhoCannotSign } from '../services/people/find-approvers.ts';
import { tryFleetAgain } from '../services/settings/pause.ts';
import { saveSettings } from '../services/settings/screen.ts';
import { settingsFields } from '../views/ids.ts';
import { notDoneText, noticeModal, sentence, slackFailureText, triedAgainText } from '../views/notices.ts';
import { adminsUnknownText, loadingUnmatched } from '../views/people/link.ts';
import { loadingAudit } from '../views/settings/audit.ts';
import { errorAt, type FormState } from '../views/settings/fields.ts';
import {
  auditTitle,
  cannotApproveText,
  loadingSettings,
  oldSettingsText,
  onlyAdminsText,
  savedNotShownText,
  savedText,
  settingsTitle,
} from '../views/settings/root.ts';
import { readSection, readSectionMemory } from '../views/settings/section.ts';
import {
  type HandlerWorkspace,
  onceOfSubmission,
  type PressArgs,
  type SubmissionArgs,
  type VerbArgs,
} from './listener.ts';

/** A trigger lives three seconds. If Slack takes longer than this to say who is an admin, the modal opens first. */
const ADMIN_WITHIN_MS = 1_000;

/** `/fleet settings` */
export async function onSettingsCommand({ ack, body }: VerbArgs, workspace: HandlerWorkspace): Promise<void> {
  const checking = admitAdmin(workspace.context, body.user_id as SlackUserId);
  const answer = await withTimeout(workspace.context.sleep, ADMIN_WITHIN_MS, checking);
  if (answer !== null && answer !== 'admin') {
    await ack({ ...sentence(notAdminText(answer)), response_type: 'ephemeral' });
    return;
  }
  await ack();
  const opened = await openLoading(workspace, body, loadingSettings());
  if (opened === null) return;
  const { viewId } = opened;
  const view = async () => {
    const checked = await checking;
    return checked === 'admin' ? settingsRoot(workspace) : noticeModal(settingsTitle, notAdminText(checked));
  };
  workspace.inBackground('show the settings', fillModal(workspace, { viewId, title: settingsTitle }, view));
}

function notAdminText(answer: Exclude<AdminAnswer, 'admin'>): string {
  return answer === 'admins_unknown' ? adminsUnknownText : onlyAdminsText;
}

export async function onOpenSection(args: PressArgs, workspace: HandlerWorkspace): Promise<void> {
  const section = args.action.value ?? '';
  if (isSettingsSection(section)) {
    await pushModal(args, workspace, loadingSettings(), (who) => settingsSection(workspace, who, section));
    return;
  }
  await args.ack();
  await answerUser(workspace, args.body, oldSettingsText);
}

export async function onOpenUnmatched(args: PressArgs, workspace: HandlerWorkspace): Promise<void> {
  await pushModal(args, workspace, loadingUnmatched(), (who) => unmatchedPeople(workspace, who));
}

export async function onOpenAudit(args: PressArgs, workspace: HandlerWorkspace): Promise<void> {
  await pushModal(args, workspace, loadingAudit(), (who) => auditLog(workspace, who, undefined));
}

/** Opens on top of the settings at once, since a trigger lives three seconds. `view` checks permission before it fills. */
async function pushModal(
  { ack, body }: PressArgs,
  workspace: HandlerWorkspace,
  loading: ModalView,
  view: (slackUserId: SlackUserId) => Promise<ModalView>,
): Promise<void> {
  const [pushed] = await Promise.all([workspace.slack.pushModal(body.trigger_id, loading), ack()]);
  if (!pushed.ok) return answerUser(workspace, body, slackFailureText(pushed.failure));
  const modal = { viewId: pushed.value.viewId, title: loading.title.text };
  const filled = fillModal(workspace, modal, () => view(body.user.id as SlackUserId));
  workspace.inBackground('fill a part of the settings', filled);
}

/** **Show older entries** and the filters replace the page. */
export async function onAuditPage({ ack, action, body }: PressArgs, workspace: HandlerWorkspace): Promise<void> {
  await ack();
  if (body.view === undefined) return;
  const view = () => auditLog(workspace, body.user.id as SlackUserId, action.value);
  const modal = { viewId: body.view.id as SlackViewId, title: auditTitle };
  workspace.inBackground('show the audit log', fillModal(workspace, modal, view));
}

/** Commits before the acknowledgement, so that what the modal then says is true. */
export async function onSettingsSection(
  { ack, body, view }: SubmissionArgs,
  workspace: HandlerWorkspace,
): Promise<void> {
  const { context } = workspace;
  const by = body.user.id as SlackUserId;
  const of = { workspaceId: context.workspaceId, slackUserId: by, view: view.callback_id };
  const memory = readSectionMemory(context.seal.openModal(of, view.private_metadata));
  if (memory === null) {
    await ack({ response_action: 'update', view: noticeModal(settingsTitle, oldSettingsText) });
    return;
  }
  const form: FormState = view.state.values;
  const settings = await context.store.settings();
  const read = readSection(memory.section, form, settings);
  const errors = read.ok ? await approverErrors(workspace, form, settings, read.change) : read.errors;
  if (!read.ok || Object.keys(errors).length > 0) {
    await ack({ response_action: 'errors', errors: { ...errors } });
    return;
  }
  const saved = await saveSettings(context, {
    by,
    expectedRevision: memory.revision,
    change: read.change,
    once: onceOfSubmission({ body, view }, workspace),
  });
  if (saved.kind === 'saved') await ack();
  else {
    const wanted = { section: memory.section, mine: read.change };
    await ack({ response_action: 'update', view: await notSavedSection(workspace, by, wanted, saved) });
  }
  workspace.relaySoon();
  const rootId = view.root_view_id as SlackViewId | null;
  if (saved.kind !== 'saved' || rootId === null || rootId === view.id) return;
  const root = { viewId: rootId, title: settingsTitle, failed: savedNotShownText };
  const filled = fillModal(workspace, root, () => settingsRoot(workspace, savedText(memory.section)));
  workspace.inBackground('update the settings', filled);
}

/** Slack waits three seconds, and saving needs its part of them. */
const APPROVERS_WITHIN_MS = 1_200;

/** An error for added approvers who could never sign. No error if that cannot be found out in time. */
async function approverErrors(
  { context }: HandlerWorkspace,
  form: FormState,
  before: Settings,
  { approvers }: Partial<Settings>,
) {
  const added = approvers?.people.filter((one) => !before.approvers.people.includes(one)) ?? [];
  if (added.length === 0) return {};
  const cannot = (await withTimeout(context.sleep, APPROVERS_WITHIN_MS, reportWhoCannotSign(context, added))) ?? [];
  return cannot.length === 0 ? {} : errorAt(form, settingsFields.approvers, cannotApproveText(cannot));
}

/**
 * **Try again** of an admin: Fleet may be slow, so the answer follows, where it was pressed. Ordering stays paused until
 * then.
 */
export async function onTryFleetAgain({ ack, body }: PressArgs, workspace: HandlerWorkspace): Promise<void> {
  await ack();
  workspace.inBackground('try Fleet again', tryAgain(workspace, body));
}

async function tryAgain(workspace: HandlerWorkspace, body: BlockButtonAction): Promise<void> {
  try {
    const tried = await tryFleetAgain(workspace.context, body.user.id as SlackUserId);
    const text = triedAgainText(tried);
    const isOver = tried.kind === 'resumed' || tried.kind === 'not_paused';
    if (body.view?.type === 'modal' && tried.kind !== 'not_an_admin') {
      const root = { viewId: body.view.id as SlackViewId, title: settingsTitle, failed: text };
      await fillModal(workspace, root, () => settingsRoot(workspace, text));
    } else if (isOver && body.message !== undefined) await replaceMessage(workspace, body, text);
    else await answerUser(workspace, body, text);
  } catch (error) {
    workspace.context.log.error('Fleet could not be tried again', { error: errorName(error) });
    await answerUser(workspace, body, notDoneText(error));
  }
}

/** The message would go on saying that ordering is paused. */
async function replaceMessage(workspace: HandlerWorkspace, body: BlockButtonAction, text: string): Promise<void> {
  const replaced = await workspace.slack.respond(body.response_url, {
    ...sentence(text),
    response_type: 'in_channel',
    replace_original: true,
  });
  if (!replaced.ok) await answerUser(workspace, body, text);
}
