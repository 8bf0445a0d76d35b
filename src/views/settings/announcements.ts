import type { KnownBlock } from '@slack/types';
import type { SlackChannelId } from '../../domain/ids.ts';
import { type Announced, announced, type Settings } from '../../domain/settings/settings.ts';
import { settingsFields as ids } from '../ids.ts';
import { choice, type FormState, fieldIn, type ReadSection, settingField, valuesIn } from './fields.ts';

export const announcedLabels: Readonly<Record<Announced, string>> = {
  ordered: 'Ordered',
  shipped: 'Shipped',
};

export function announcementFields(
  { announcements }: Pick<Settings, 'announcements'>,
  revision: number | null,
): KnownBlock[] {
  const options = announced.map((what) => choice(announcedLabels[what], what));
  const chosen = options.filter(({ value }) => (announcements?.what ?? announced).some((one) => one === value));
  return [
    settingField({
      name: ids.channel,
      revision,
      label: 'Announcement channel',
      hint: 'Invite the app to the channel first.',
      element: {
        type: 'conversations_select',
        filter: { include: ['public', 'private'], exclude_bot_users: true },
        ...(announcements === null ? {} : { initial_conversation: announcements.channel }),
      },
    }),
    settingField({
      name: ids.announced,
      revision,
      label: 'What to announce',
      hint: 'Untick all for no announcements. They show only number, products, countries and status: no names, prices or notes.',
      element: { type: 'checkboxes', options, ...(chosen.length === 0 ? {} : { initial_options: chosen }) },
    }),
  ];
}

/** Off without a channel or with nothing ticked: some clients can't clear a channel. */
export function readAnnouncements(form: FormState): ReadSection {
  const channel = fieldIn(form, ids.channel)?.state.selected_conversation ?? null;
  if (channel === null || channel === '') return { ok: true, change: { announcements: null } };
  const values = valuesIn(form, ids.announced);
  const what = announced.filter((one) => values.includes(one));
  const isOn = what.length > 0;
  return { ok: true, change: { announcements: isOn ? { channel: channel as SlackChannelId, what } : null } };
}
