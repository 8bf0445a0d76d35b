import type { SlackUserId } from '../domain/ids.ts';
import type { Settings, SettingsSection } from '../domain/settings/settings.ts';
import type { ModalView } from '../domain/surfaces.ts';
import { isAdmin } from '../services/people/admins.ts';
import { pruneUnmatched } from '../services/people/links.ts';
import { auditPage } from '../services/settings/audit.ts';
import { type SavedSettings, settingsScreen, withoutConflict } from '../services/settings/screen.ts';
import { callbacks } from '../views/ids.ts';
import { noticeModal } from '../views/notices.ts';
import { unmatchedModal } from '../views/people/link.ts';
import { AUDIT_PAGE, auditModal, readAuditValue } from '../views/settings/audit.ts';
import {
  conflictText,
  notFleetAdminText,
  onlyAdminsText,
  settingsModal,
  settingsTitle,
} from '../views/settings/root.ts';
import { type SectionShown, sectionMemoryText, sectionModal } from '../views/settings/section.ts';
import type { Workspace } from './workspace.ts';

const onlyAdmins = (): ModalView => noticeModal(settingsTitle, onlyAdminsText);

/** The overview. The caller has checked that an admin asks. `news`: what their press came to, mrkdwn. */
export async function settingsRoot({ context }: Workspace, news: string | null = null): Promise<ModalView> {
  const { store } = context;
  const [settings, pause, unmatched] = await Promise.all([store.settings(), store.pause(), store.unmatchedPeople()]);
  return settingsModal({ settings, isPaused: pause !== null, unmatched: unmatched.length, news });
}

/** The current section, for this admin. */
export async function settingsSection(
  workspace: Workspace,
  slackUserId: SlackUserId,
  section: SettingsSection,
): Promise<ModalView> {
  const screen = await settingsScreen(workspace.context, slackUserId, section);
  return screen === null ? onlyAdmins() : signedSection(workspace, slackUserId, { section, ...screen, news: null });
}

/** Why a section was not saved. After another admin's change, shows theirs together with `mine`. */
export async function notSavedSection(
  workspace: Workspace,
  by: SlackUserId,
  { section, mine }: { readonly section: SettingsSection; readonly mine: Partial<Settings> },
  saved: Exclude<SavedSettings, { kind: 'saved' }>,
): Promise<ModalView> {
  switch (saved.kind) {
    case 'not_an_admin':
      return onlyAdmins();
    case 'not_a_fleet_admin':
      return noticeModal(settingsTitle, notFleetAdminText);
    case 'conflict': {
      const screen = await settingsScreen(workspace.context, by, section);
      if (screen === null) return onlyAdmins();
      const settings = withoutConflict(section, { mine, now: saved.settings }, saved.meanwhile);
      const { revision, meanwhile } = saved;
      return signedSection(workspace, by, {
        ...screen,
        section,
        settings,
        revision,
        news: conflictText(meanwhile.changes),
      });
    }
  }
}

export async function unmatchedPeople({ context }: Workspace, slackUserId: SlackUserId): Promise<ModalView> {
  if (!(await isAdmin(context, slackUserId))) return onlyAdmins();
  const { people, links } = await pruneUnmatched(context);
  return unmatchedModal(people, links);
}

/** `value`: of the pressed button. */
export async function auditLog(
  { context }: Workspace,
  slackUserId: SlackUserId,
  value: string | undefined,
): Promise<ModalView> {
  if (!(await isAdmin(context, slackUserId))) return onlyAdmins();
  const { filter, before } = readAuditValue(value);
  return auditModal({ filter, ...(await auditPage(context, { filter, before, limit: AUDIT_PAGE })) });
}

function signedSection({ context }: Workspace, slackUserId: SlackUserId, shown: SectionShown): ModalView {
  const of = { workspaceId: context.workspaceId, slackUserId, view: callbacks.settingsSection };
  return sectionModal(shown, context.seal.signModal(of, sectionMemoryText(shown)));
}
