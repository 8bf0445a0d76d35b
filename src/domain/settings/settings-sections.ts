import type { Settings } from './settings.ts';

export type SettingName = keyof Settings;

/** What is changed together in one modal. */
export const settingsSections = {
  people: ['approvers', 'admins', 'selfApproval'],
  delivery: ['countries', 'defaultCountry'],
  ordering: ['defaultMode', 'categories', 'productGroups', 'priceLimits'],
  times: ['remindAfterMs', 'expireAfterMs', 'workingHours', 'pollEveryMs'],
  announcements: ['announcements'],
} as const satisfies Readonly<Record<string, readonly SettingName[]>>;

export type SettingsSection = keyof typeof settingsSections;

export function isSettingsSection(text: string): text is SettingsSection {
  return Object.hasOwn(settingsSections, text);
}

/** Who may sign decides who can spend: only Fleet's own `ADMIN`s change it, whoever else is an admin here. */
const protectedSettings: readonly SettingName[] = settingsSections.people;

export function isProtected(name: SettingName): boolean {
  return protectedSettings.includes(name);
}

export function changedSettings(was: Settings, is: Settings): readonly SettingName[] {
  const names: readonly SettingName[] = Object.values(settingsSections).flat();
  return names.filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]));
}
