import { describe, expect, it } from 'vitest';
import type { CountryCode, FleetProductGroupId, SlackChannelId, SlackUserId } from '../../../src/domain/ids.ts';
import {
  defaultSettings,
  type Settings,
  type SettingsSection,
  settingsSections,
} from '../../../src/domain/settings/settings.ts';
import {
  readSection,
  readSectionMemory,
  type SectionShown,
  sectionMemoryText,
  sectionModal,
  sectionTitles,
} from '../../../src/views/settings/section.ts';
import { euros } from '../../domain/a-line.ts';
import { wordsOfModal } from '../taken-by-slack.ts';
import { asShown } from './a-form.ts';

const sections = Object.keys(settingsSections) as SettingsSection[];
const HOUR = 60 * 60 * 1000;
/** Nothing in it is as by default. */
const settings: Settings = {
  countries: defaultSettings.countries.slice(0, 3),
  defaultCountry: 'BE' as CountryCode,
  defaultMode: 'BUY',
  categories: ['COMPUTER'],
  productGroups: [12 as FleetProductGroupId],
  priceLimits: [euros('2000')],
  approvers: { people: ['U0CLARA' as SlackUserId], userGroups: ['S0BOARD'] },
  admins: ['U0DAN' as SlackUserId],
  selfApproval: { reason: 'One founder' },
  remindAfterMs: 5 * HOUR,
  expireAfterMs: 48 * HOUR,
  workingHours: { days: [2, 3], from: 8, until: 17 },
  pollEveryMs: 5 * 60_000,
  announcements: { channel: 'C0NEWS' as SlackChannelId, what: ['shipped'] },
};
const shown = (section: SettingsSection, over: Partial<SectionShown> = {}): SectionShown => ({
  ...{ section, settings, revision: 7, mayChange: true, news: null },
  groups: [{ id: 'S0BOARD', name: 'Board' }],
  productNames: new Map(),
  ...over,
});
const pick = (section: SettingsSection) =>
  Object.fromEntries(settingsSections[section].map((name) => [name, settings[name]]));

describe('a section of the settings', () => {
  it.each(sections)('%s is taken by Slack, and saved unchanged it changes nothing', (section) => {
    const view = sectionModal(shown(section), 'signed');

    expect(wordsOfModal(view).length).toBeGreaterThan(1);
    expect(view).toMatchObject({
      title: { text: sectionTitles[section] },
      submit: { text: 'Save' },
      private_metadata: 'signed',
    });
    expect(readSection(section, asShown(view.blocks), defaultSettings)).toEqual({ ok: true, change: pick(section) });
  });

  it('says above its fields what happened meanwhile', () => {
    const [first] = wordsOfModal(sectionModal(shown('times', { news: '*Not saved yet.*' }), 'signed'));

    expect(first).toBe('*Not saved yet.*');
  });

  it('has nothing to save for an admin who may only look', () => {
    const view = sectionModal(shown('people', { mayChange: false }), 'signed');

    expect(wordsOfModal(view)[1]).toBe('*Approvers:* <@U0CLARA>, 1 Slack user group');
    expect(view).not.toHaveProperty('submit');
    expect(view).not.toHaveProperty('private_metadata');
  });
});

describe('what a section remembers', () => {
  it.each(sections)('%s is read back with the revision that was seen', (section) => {
    expect(readSectionMemory(sectionMemoryText({ section, revision: 7 }))).toEqual({ section, revision: 7 });
    expect(readSectionMemory(sectionMemoryText({ section, revision: null }))).toEqual({ section, revision: null });
    // As the previous release writes it.
    expect(readSectionMemory(`settings ${section} 7`)).toEqual({ section, revision: 7 });
    expect(readSectionMemory(`settings ${section} 0`)).toEqual({ section, revision: null });
  });

  it.each([null, '', 'settings', 'settings people', 'settings colours 7', 'settings toString 7', 'settings people x'])(
    '%j is not ours',
    (text) => {
      expect(readSectionMemory(text)).toBeNull();
    },
  );
});
