import { describe, expect, it } from 'vitest';
import type { SlackUserId } from '../../../src/domain/ids.ts';
import { settingsSections } from '../../../src/domain/settings/settings.ts';
import {
  cannotApproveText,
  conflictText,
  settingLabel,
  signingSettingsNoticeText,
} from '../../../src/views/settings/root.ts';

describe('what a setting is called', () => {
  it.each(Object.values(settingsSections).flat())('%s has a name of its own', (name) => {
    const others = Object.values(settingsSections)
      .flat()
      .filter((one) => one !== name);

    expect(settingLabel(name)).toMatch(/^[A-Z][a-z ]+/u);
    expect(others.map(settingLabel)).not.toContain(settingLabel(name));
  });

  it('is its plain name where a newer release wrote it, also one that every object has', () => {
    expect(settingLabel('favouriteColour')).toBe('favouriteColour');
    expect(settingLabel('constructor')).toBe('constructor');
  });
});

describe('two admins at once', () => {
  it('the second is told what was changed and by whom, as far as it is known', () => {
    expect(
      conflictText([
        { setting: 'priceLimits', by: 'U0DAN' as SlackUserId },
        { setting: 'of<b>tomorrow', by: null },
      ]).split('\n'),
    ).toEqual([
      '*Not saved yet.* This changed while you had this window open.',
      '• *Price limit for one device*, by <@U0DAN>',
      '• *of&lt;b&gt;tomorrow*, by someone',
      'Below are the current settings, with your changes where no one else made any. Review them and save again.',
    ]);
  });

  it('is told at least that somebody saved', () => {
    expect(conflictText([])).toMatch(/^\*Not saved yet\.\* Someone saved the settings while you had this window open/u);
  });
});

it('names whoever could never sign, as long as there is room', () => {
  expect(cannotApproveText(['Eva Lind', 'Ben Martin'])).toMatch(/^Eva Lind, Ben Martin: no Fleet account/u);
  expect(cannotApproveText(['x'.repeat(5_000)]).length).toBeLessThan(500);
});

it('tells whoever may sign what was changed, and by whom where that is known', () => {
  const notice = { kind: 'signing_settings_changed', changed: ['approvers', 'selfApproval'] } as const;
  expect(signingSettingsNoticeText({ ...notice, by: 'Dan' })).toMatch(
    /^Dan changed .* \(Approvers, Self-approval\)\./u,
  );
  expect(signingSettingsNoticeText({ ...notice, by: null })).toMatch(/^An admin changed /u);
});
