import type { KnownBlock } from '@slack/types';
import type { Notice } from '../../domain/notices.ts';
import {
  announced,
  type ChangedSetting,
  isLimitFor,
  type SettingName,
  type Settings,
  type SettingsSection,
  settingsSections,
} from '../../domain/settings/settings.ts';
import type { ModalView } from '../../domain/surfaces.ts';
import { acquisitionModes } from '../../domain/vocabulary.ts';
import { button, section, spoken } from '../blocks.ts';
import { modal } from '../guard.ts';
import { callbacks, settingsActions } from '../ids.ts';
import { noticeModal, pauseBanner, tryAgainButton } from '../notices.ts';
import { clip, counted, countryName, esc, literal, modeLabel, money, mrkdwn } from '../text.ts';
import { announcedLabels } from './announcements.ts';
import { paidText } from './ordering.ts';
import { approversText, mentions } from './people.ts';
import { sectionTitles } from './section.ts';

const settingLabels: Readonly<Record<SettingName, string>> = {
  approvers: 'Approvers',
  admins: 'Admins',
  selfApproval: 'Self-approval',
  countries: 'Delivery countries',
  defaultCountry: 'Default country',
  defaultMode: 'Lease or buy',
  categories: 'Categories offered',
  productGroups: 'Products offered',
  priceLimits: 'Price limit for one device',
  remindAfterMs: 'Reminder',
  expireAfterMs: 'Request expiry',
  workingHours: 'Working hours',
  pollEveryMs: 'Order status checks',
  announcements: 'Announcements',
};

/** A newer release may have written a name that this one doesn't know. */
export function settingLabel(name: string): string {
  return Object.hasOwn(settingLabels, name) ? settingLabels[name as SettingName] : name;
}

/** Above the fields, which show the current settings. mrkdwn. */
export function conflictText(changed: readonly ChangedSetting[]): string {
  const changes = changed.map(
    ({ setting, by }) => `• *${esc(settingLabel(setting))}*, by ${by === null ? 'someone' : `<@${esc(by)}>`}`,
  );
  const what = changes.length === 0 ? 'Someone saved the settings' : 'This changed';
  return [
    `*Not saved yet.* ${what} while you had this window open.`,
    ...changes,
    'Below are the current settings, with your changes where no one else made any. Review them and save again.',
  ].join('\n');
}

/** Under the field **Approvers**, where Slack shows plain text. */
export function cannotApproveText(names: readonly string[]): string {
  const who = clip(names.join(', '), 300);
  return `${who}: no Fleet account, so can't approve. Remove them, or link them first with /fleet link.`;
}

export const notFleetAdminText =
  'Nothing was changed: only Fleet admins can change approvers, admins and self-approval.';
export const oldSettingsText =
  'Nothing was changed: this window is out of date. Close it and open `/fleet settings` again.';

/** To everyone who can approve now or could before. Plain text. */
export function signingSettingsNoticeText({
  by,
  changed,
}: Extract<Notice, { kind: 'signing_settings_changed' }>): string {
  const what = changed.map((name) => settingLabel(name)).join(', ');
  return `${by ?? 'An admin'} changed who can approve orders or administer Fleet in Slack (${what}). If you didn't expect this, ask an admin: the audit log in /fleet settings shows who changed what.`;
}

/** The change is committed: only the modal behind the section is stale. */
export const savedNotShownText =
  "Your settings are saved, but we couldn't show them. Open `/fleet settings` to see them.";

export const settingsTitle = 'Fleet settings';
export const auditTitle = 'Audit log';

/** In the settings behind a section that was just saved. mrkdwn. */
export function savedText(section: SettingsSection): string {
  return `*Saved:* ${sectionTitles[section]}.`;
}

export const loadingSettings = (): ModalView => noticeModal(settingsTitle, 'Loading…');

export const onlyAdminsText = 'Only admins can see and change Fleet settings. Ask an admin of your company.';

export interface RootShown {
  readonly settings: Settings;
  readonly isPaused: boolean;
  readonly unmatched: number;
  /** What the last press came to, mrkdwn. */
  readonly news?: string | null;
}

export function settingsModal({ settings, isPaused, unmatched, news = null }: RootShown): ModalView {
  const sections = Object.keys(settingsSections) as SettingsSection[];
  return modal({
    callbackId: callbacks.settings,
    title: settingsTitle,
    blocks: [
      ...(news === null ? [] : [section(news)]),
      ...(isPaused ? [pauseBanner(), tryAgainButton()] : []),
      ...sections.map((one) => row(one, summary(one, settings))),
      { type: 'divider' },
      pressable(
        settingsActions.openUnmatched,
        'People without a Fleet account',
        `${unmatched === 0 ? 'None' : counted(unmatched, 'person', 'people')} in the last month.`,
      ),
      pressable(settingsActions.openAudit, auditTitle, 'Who did what, newest first.'),
    ],
  });
}

function row(section: SettingsSection, text: string): KnownBlock {
  return {
    type: 'section',
    block_id: `section.${section}`,
    text: mrkdwn(`*${sectionTitles[section]}*\n${text}`),
    accessory: button(settingsActions.openSection, 'Change', {
      value: section,
      ...spoken(`Change: ${sectionTitles[section]}`),
    }),
  };
}

function pressable(actionId: string, title: string, text: string): KnownBlock {
  const accessory = button(actionId, 'Show', spoken(`Show: ${title}`));
  return { ...section(`*${title}*\n${text}`), block_id: actionId, accessory };
}

/** mrkdwn. */
function summary(section: SettingsSection, settings: Settings): string {
  switch (section) {
    case 'people': {
      const { approvers, admins, selfApproval } = settings;
      const own = selfApproval === null ? 'Self-approval is off.' : 'Self-approval is allowed.';
      return `Approvers: ${approversText(approvers)}. Admins: ${admins.length === 0 ? 'all Fleet admins' : mentions(admins)}. ${own}`;
    }
    case 'delivery': {
      const { countries, defaultCountry } = settings;
      const names = countries.slice(0, 20).map(({ code, currency }) => `${countryName(code)} (${currency})`);
      const first = defaultCountry === null ? '' : ` Default: ${countryName(defaultCountry)}.`;
      return esc(`${names.join(', ')}${countries.length > 20 ? ` and ${countries.length - 20} more` : ''}.${first}`);
    }
    case 'ordering':
      return orderingSummary(settings);
    case 'times':
      return timesSummary(settings);
    case 'announcements': {
      const { announcements } = settings;
      if (announcements === null) return 'No announcements.';
      // A newer release may announce more than this one has words for.
      const what = announced.filter((one) => announcements.what.includes(one)).map((one) => announcedLabels[one]);
      return `In <#${esc(announcements.channel)}>: ${what.join(', ')}.`;
    }
  }
}

function orderingSummary({ countries, defaultMode, categories, productGroups, priceLimits }: Settings): string {
  const offered = categories === null ? 'All categories' : counted(categories.length, 'category', 'categories');
  const products = productGroups === null ? 'all products' : counted(productGroups.length, 'product');
  const limits =
    priceLimits.length === 0
      ? 'no price limit'
      : `up to ${priceLimits.map((one) => `${money(one)} ${paidText(one)}`).join(', ')} per device`;
  const unlimited = priceLimits.length === 0 ? '' : unlimitedText(countries, priceLimits);
  return `${modeLabel(defaultMode)}. ${offered}, ${products}, ${literal(limits, 300)}.${unlimited}`;
}

/** An admin who limits one currency, or one way to pay, may believe that it is enough. */
function unlimitedText(countries: Settings['countries'], limits: Settings['priceLimits']): string {
  const currencies = [...new Set(countries.map(({ currency }) => currency))];
  const without = currencies.flatMap((currency) => {
    const free = acquisitionModes.filter(
      (mode) => !limits.some((limit) => limit.currency === currency && isLimitFor(limit, mode)),
    );
    if (free.length === acquisitionModes.length) return [currency];
    return free.map((mode) => `${currency} for ${modeLabel(mode)}`);
  });
  return without.length === 0 ? '' : ` No limit in ${literal(without.join(', '), 300)}.`;
}

const HOUR = 60 * 60 * 1000;

function timesSummary({ remindAfterMs, expireAfterMs, workingHours, pollEveryMs }: Settings): string {
  const { from, until, days } = workingHours;
  return [
    `Reminder after ${counted(remindAfterMs / HOUR, 'hour')}, ${counted(days.length, 'day')} a week from ${from} to ${until}.`,
    `Requests expire after ${counted(expireAfterMs / (24 * HOUR), 'day')}.`,
    `Order status checked every ${counted(pollEveryMs / 60_000, 'minute')}.`,
  ].join(' ');
}
