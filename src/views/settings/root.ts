import type { KnownBlock } from '@slack/types';
import type { Notice } from '../../domain/notices.ts';
import {
  announced,
  type ChangedSetting,
  type SettingName,
  type Settings,
  type SettingsSection,
  settingsSections,
} from '../../domain/settings/settings.ts';
import type { ModalView } from '../../domain/surfaces.ts';
import { counted, countryName, modeLabel, money } from '../format.ts';
import { modal } from '../guard.ts';
import { callbacks, settingsActions } from '../ids.ts';
import { noticeModal, pauseBanner, tryAgainButton } from '../notices.ts';
import { clip, esc, literal, mrkdwn, plain } from '../text.ts';
import { announcedLabels } from './announcements.ts';
import { approversText, mentions } from './people.ts';
import { sectionTitles } from './section.ts';

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

export const settingsTitle = 'Fleet settings';

export const loadingSettings = (): ModalView => noticeModal(settingsTitle, 'Loading…');

export const onlyAdminsText =
  'Only admins can see and change the settings of Fleet. Nothing was changed. Ask an admin of your company.';

export interface RootShown {
  readonly settings: Settings;
  readonly isPaused: boolean;
  readonly unmatched: number;
}

export function settingsModal({ settings, isPaused, unmatched }: RootShown): ModalView {
  const sections = Object.keys(settingsSections) as SettingsSection[];
  return modal({
    callbackId: callbacks.settings,
    title: settingsTitle,
    blocks: [
      ...(isPaused ? [pauseBanner(), tryAgainButton()] : []),
      ...sections.map((section) => row(section, summary(section, settings))),
      { type: 'divider' },
      pressable(
        settingsActions.openUnmatched,
        `*People without a Fleet user*\n${unmatched === 0 ? 'Nobody' : counted(unmatched, 'person', 'people')} in the last month.`,
        'Show',
      ),
      pressable(settingsActions.openAudit, '*Audit log*\nWho did what, newest first.', 'Show'),
    ],
  });
}

function row(section: SettingsSection, text: string): KnownBlock {
  return {
    type: 'section',
    block_id: `section.${section}`,
    text: mrkdwn(`*${sectionTitles[section]}*\n${text}`),
    accessory: {
      type: 'button',
      action_id: settingsActions.openSection,
      value: section,
      text: plain('Change', 75),
      accessibility_label: `Change: ${sectionTitles[section]}`,
    },
  };
}

function pressable(actionId: string, text: string, button: string): KnownBlock {
  return {
    type: 'section',
    block_id: actionId,
    text: mrkdwn(text),
    accessory: { type: 'button', action_id: actionId, text: plain(button, 75) },
  };
}

/** mrkdwn. */
function summary(section: SettingsSection, settings: Settings): string {
  switch (section) {
    case 'people': {
      const { approvers, admins, selfApproval } = settings;
      const own = selfApproval === null ? 'Nobody signs their own request.' : 'Approvers may sign their own requests.';
      return `Signed by ${approversText(approvers)}. Admins: ${admins.length === 0 ? "Fleet's ADMINs" : mentions(admins)}. ${own}`;
    }
    case 'delivery': {
      const { countries, defaultCountry } = settings;
      const names = countries.slice(0, 20).map(({ code, currency }) => `${countryName(code)} (${currency})`);
      const first = defaultCountry === null ? '' : ` First choice: ${countryName(defaultCountry)}.`;
      return esc(`${names.join(', ')}${countries.length > 20 ? ` and ${countries.length - 20} more` : ''}.${first}`);
    }
    case 'ordering':
      return orderingSummary(settings);
    case 'times':
      return timesSummary(settings);
    case 'announcements': {
      const { announcements } = settings;
      if (announcements === null) return 'Nothing is announced.';
      // A newer release may announce more than this one has words for.
      const what = announced.filter((one) => announcements.what.includes(one)).map((one) => announcedLabels[one]);
      return `In <#${esc(announcements.channel)}>: ${what.join(', ')}.`;
    }
    /* v8 ignore next 2 -- @preserve: the union is closed, the compiler proves that nothing comes here. */
    default:
      return section satisfies never;
  }
}

function orderingSummary({ defaultMode, categories, productGroups, priceLimits }: Settings): string {
  const offered = categories === null ? 'All categories' : counted(categories.length, 'category', 'categories');
  const products = productGroups === null ? 'all products' : counted(productGroups.length, 'product');
  const limits =
    priceLimits.length === 0 ? 'no price limit' : `at most ${priceLimits.map((one) => money(one)).join(', ')} a device`;
  return `${modeLabel(defaultMode)}. ${offered}, ${products}, ${literal(limits, 300)}.`;
}

const HOUR = 60 * 60 * 1000;

function timesSummary({ remindAfterMs, expireAfterMs, workingHours, pollEveryMs }: Settings): string {
  const { from, until, days } = workingHours;
  return [
    `Reminder after ${counted(remindAfterMs / HOUR, 'hour')}, ${counted(days.length, 'day')} a week from ${from} to ${until}.`,
    `Requests expire after ${counted(expireAfterMs / (24 * HOUR), 'day')}.`,
    `News of orders every ${counted(pollEveryMs / 60_000, 'minute')}.`,
  ].join(' ');
}
