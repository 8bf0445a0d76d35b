import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { SlackUserId, SlackViewId } from '../../domain/ids.ts';
import type { Settings } from '../../domain/settings/settings.ts';
import { withTimeout } from '../../domain/with-timeout.ts';
import { notSavedSection, settingsRoot } from '../../presenters/settings.ts';
import { fillModal } from '../../presenters/workspace.ts';
import { saveSettings } from '../../services/admin/save-settings.ts';
import { whoCannotSign } from '../../services/people/who-cannot-sign.ts';
import { settingsFields } from '../../views/ids.ts';
import { noticeModal } from '../../views/notices.ts';
import { errorAt, type FormState } from '../../views/settings/fields.ts';
import { settingsTitle } from '../../views/settings/root.ts';
import { cannotSignText, oldSettingsText, savedNotShownText } from '../../views/settings/saved-text.ts';
import { readSection, readSectionMemory } from '../../views/settings/section-modal.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';

type Args = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

/** One commit before the acknowledgement: what it says is what holds. */
export function onSettingsSection(deps: HandlerDeps) {
  return async ({ ack, body, view }: Args, tenant: Tenant): Promise<void> => {
    const { context } = tenant;
    const memory = readSectionMemory(context.seal.open('modal', view.private_metadata));
    if (memory === null) {
      await ack({ response_action: 'update', view: noticeModal(settingsTitle, oldSettingsText) });
      return;
    }
    const form: FormState = view.state.values;
    const settings = await context.store.settings();
    const read = readSection(memory.section, form, settings);
    const errors = read.ok ? await peopleErrors(tenant, form, settings, read.change) : read.errors;
    if (!read.ok || Object.keys(errors).length > 0) {
      await ack({ response_action: 'errors', errors: { ...errors } });
      return;
    }
    const by = body.user.id as SlackUserId;
    const saved = await saveSettings(context, { by, was: memory.revision, change: read.change });
    if (saved.kind === 'saved') await ack();
    else {
      const asked = { section: memory.section, mine: read.change };
      await ack({ response_action: 'update', view: await notSavedSection(tenant, by, asked, saved) });
    }
    deps.hurry();
    const rootId = view.root_view_id as SlackViewId | null;
    if (saved.kind === 'saved' && rootId !== null && rootId !== view.id)
      deps.inBackground(
        'bring the settings up to date',
        fillModal(tenant, { viewId: rootId, title: settingsTitle, failed: savedNotShownText }, () =>
          settingsRoot(tenant),
        ),
      );
  };
}

/** Slack must be answered within three seconds, and it has to be saved in them too. */
const LOOK_UP_MS = 1_200;

/** Somebody who could never sign is a mistake of whoever lists them; what cannot be looked up just now is not. */
async function peopleErrors(tenant: Tenant, form: FormState, was: Settings, change: Partial<Settings>) {
  const { approvers } = change;
  const added = approvers?.people.filter((one) => !was.approvers.people.includes(one)) ?? [];
  if (added.length === 0) return {};
  const cannot = (await withTimeout(tenant.context.sleep, LOOK_UP_MS, whoCannotSign(tenant.context, added))) ?? [];
  return cannot.length === 0 ? {} : errorAt(form, settingsFields.approvers, cannotSignText(cannot));
}
