import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import type { FleetProductGroupId } from '../../domain/ids.ts';
import type { SlackGroup } from '../../domain/people/people.ts';
import { isSettingsSection, type Settings, type SettingsSection } from '../../domain/settings/settings.ts';
import type { ModalView } from '../../domain/surfaces.ts';
import { readMemory, section } from '../blocks.ts';
import { modal } from '../guard.ts';
import { callbacks } from '../ids.ts';
import { announcementFields, readAnnouncements } from './announcements.ts';
import { deliveryFields, readDelivery } from './delivery.ts';
import type { FormState, ReadSection } from './fields.ts';
import { orderingFields, readOrdering, readTimes, timeFields } from './ordering.ts';
import { peopleFields, peopleReadOnly, readPeople } from './people.ts';

export const sectionTitles: Readonly<Record<SettingsSection, string>> = {
  people: 'Approvers and admins',
  delivery: 'Delivery countries',
  ordering: 'What can be ordered',
  times: 'Reminders and deadlines',
  announcements: 'Announcements',
};

export interface SectionShown {
  readonly section: SettingsSection;
  readonly settings: Settings;
  readonly revision: number | null;
  /** False: this admin sees who can approve, but can't change it. */
  readonly mayChange: boolean;
  readonly groups: readonly SlackGroup[] | null;
  readonly productNames: ReadonlyMap<FleetProductGroupId, string>;
  /** Above the fields, mrkdwn. */
  readonly news: string | null;
}

/** `metadata`: signed section and revision, to notice a change made since. */
export function sectionModal(shown: SectionShown, metadata: string): ModalView {
  const { section: of, mayChange, news } = shown;
  return modal({
    callbackId: callbacks.settingsSection,
    title: sectionTitles[of],
    close: 'Back',
    ...(mayChange ? { submit: 'Save', privateMetadata: metadata } : {}),
    blocks: [...(news === null ? [] : [section(news)]), ...fieldsOf(shown)],
  });
}

function fieldsOf({ section, settings, revision, mayChange, groups, productNames }: SectionShown): KnownBlock[] {
  switch (section) {
    case 'people':
      return mayChange ? peopleFields(settings, revision, groups) : peopleReadOnly(settings);
    case 'delivery':
      return deliveryFields(settings, revision);
    case 'ordering':
      return orderingFields(settings, revision, productNames);
    case 'times':
      return timeFields(settings, revision);
    case 'announcements':
      return announcementFields(settings, revision);
  }
}

/** `settings`: the current ones, for fields that aren't on screen. */
export function readSection(section: SettingsSection, form: FormState, settings: Settings): ReadSection {
  switch (section) {
    case 'people':
      return { ok: true, change: readPeople(form, settings) };
    case 'delivery':
      return readDelivery(form);
    case 'ordering':
      return readOrdering(form);
    case 'times':
      return readTimes(form);
    case 'announcements':
      return readAnnouncements(form);
  }
}

const SectionMemory = z.object({
  section: z.string().refine(isSettingsSection),
  /** Null: the defaults, never saved. */
  revision: z.int().nullable(),
});
type SectionMemory = z.infer<typeof SectionMemory>;

export function sectionMemoryText({ section, revision }: SectionMemory): string {
  return JSON.stringify({ section, revision });
}

/** Null: not written by this app. */
export function readSectionMemory(text: string | null): SectionMemory | null {
  return readMemory(SectionMemory, text) ?? readOldMemory(text);
}

/** As the previous release writes it. */
function readOldMemory(text: string | null): SectionMemory | null {
  const [, section = '', revision = ''] = /^settings (\w+) (\d+)$/u.exec(text ?? '') ?? [];
  if (!isSettingsSection(section)) return null;
  return { section, revision: revision === '0' ? null : Number(revision) };
}
