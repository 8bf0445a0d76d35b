import type { Notice } from '../../domain/notices.ts';
import type { ChangedSetting } from '../../domain/settings/settings.ts';
import type { SettingName } from '../../domain/settings/settings-sections.ts';
import { clip, esc } from '../text.ts';

const settingLabels: Readonly<Record<SettingName, string>> = {
  approvers: 'Approvers',
  admins: 'Admins',
  selfApproval: 'Signing own requests',
  countries: 'Delivery countries',
  defaultCountry: 'Default country',
  defaultMode: 'Lease or buy',
  categories: 'Categories offered',
  productGroups: 'Products offered',
  priceLimits: 'Price limit for one device',
  remindAfterMs: 'Reminder',
  expireAfterMs: 'Deadline of requests',
  workingHours: 'Working hours',
  pollEveryMs: 'News of orders',
  announcements: 'Announcements',
};

/** A newer release may have written a name that this one does not know. */
export function settingLabel(name: string): string {
  return Object.hasOwn(settingLabels, name) ? settingLabels[name as SettingName] : name;
}

/** Above the fields, which show what holds now. mrkdwn. */
export function conflictText(meanwhile: readonly ChangedSetting[]): string {
  const changes = meanwhile.map(
    ({ setting, by }) => `• *${esc(settingLabel(setting))}*, by ${by === null ? 'somebody' : `<@${esc(by)}>`}`,
  );
  const what = changes.length === 0 ? 'Somebody saved the settings' : 'This was changed';
  return [
    `*Not saved yet.* ${what} while you had this window open, so nothing of yours has overwritten it.`,
    ...changes,
    'Below stands what holds now, with what you changed where nobody else did. Look at it and save again.',
  ].join('\n');
}

/** Under the field **Approvers**, where Slack shows plain text. */
export function cannotSignText(names: readonly string[]): string {
  const who = clip(names.join(', '), 300);
  return `${who}: not tied to a Fleet user, so they could never sign. Take them out, or tie them with /fleet link first.`;
}

export const notFleetAdminText =
  "Nothing was changed: only somebody with Fleet's role ADMIN can change approvers, admins and signing one's own requests.";
export const oldSettingsText =
  'Nothing was changed: this window is not as Fleet for Slack sent it, or too old. Close it and type `/fleet settings` again.';

/** To everybody who may sign, and who could before. Plain text. */
export function signingSettingsNoticeText({
  by,
  changed,
}: Extract<Notice, { kind: 'signing_settings_changed' }>): string {
  const what = changed.map((name) => settingLabel(name)).join(', ');
  return `${by ?? 'An admin'} has changed who may sign for your company or who administers it in Slack (${what}). Nothing was ordered by this. If you did not expect it, please ask an admin: the audit log in /fleet settings shows who changed what.`;
}

/** The change was committed before: only the modal behind the section is old. */
export const savedNotShownText =
  'Your settings are saved; they could not be shown just now. Type `/fleet settings` to see them.';
