import { errorName } from '../../domain/error-name.ts';
import type { SlackUserId, SlackViewId } from '../../domain/ids.ts';
import type { SettingsSection } from '../../domain/settings/settings-sections.ts';
import type { ModalView } from '../../domain/surfaces.ts';
import { settingsScreen } from '../../services/admin/settings-screen.ts';
import { noticeModal, notShownText } from '../../views/notices.ts';
import { onlyAdminsText, settingsModal, settingsTitle } from '../../views/settings/root.ts';
import { type SectionShown, sectionMemoryText, sectionModal } from '../../views/settings/section-modal.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';

/** The section as it stands now, for this admin. */
export async function sectionView(
  tenant: Tenant,
  slackUserId: SlackUserId,
  section: SettingsSection,
): Promise<ModalView> {
  const screen = await settingsScreen(tenant.context, slackUserId, section);
  if (screen === null) return noticeModal(settingsTitle, onlyAdminsText);
  return signedSection(tenant, { section, ...screen, news: null });
}

export function signedSection({ context }: Tenant, shown: SectionShown): ModalView {
  return sectionModal(shown, context.seal.sign('modal', sectionMemoryText(shown)));
}

export async function rootView({ context }: Tenant): Promise<ModalView> {
  const { store } = context;
  const [settings, pause, unmatched] = await Promise.all([store.settings(), store.pause(), store.unmatched()]);
  return settingsModal({ settings, isPaused: pause !== null, unmatched: unmatched.length });
}

export interface FilledModal {
  readonly viewId: SlackViewId;
  /** Of the modal that says that it could not be filled. */
  readonly title: string;
  /** Default: nothing was changed. */
  readonly failed?: string;
}

/** Fills an open modal; whatever goes wrong is said in it. */
export async function fill(
  deps: HandlerDeps,
  { slack }: Tenant,
  { viewId, title, failed = notShownText }: FilledModal,
  view: () => Promise<ModalView>,
): Promise<void> {
  try {
    const shown = await slack.updateModal(viewId, await view());
    if (shown.ok || shown.failure.kind === 'gone') return;
    deps.log.warn('a modal was not shown', { modal: title, failure: shown.failure.kind });
  } catch (error) {
    const name = errorName(error);
    deps.log.error('what a modal was to show could not be read', { modal: title, error: name });
  }
  await slack.updateModal(viewId, noticeModal(title, failed));
}
