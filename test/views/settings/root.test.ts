import { describe, expect, it } from 'vitest';
import type { CountryCode, FleetProductGroupId, SlackChannelId, SlackUserId } from '../../../src/domain/ids.ts';
import { type Announced, defaultSettings, type Settings } from '../../../src/domain/settings/settings.ts';
import { savedText, settingsModal } from '../../../src/views/settings/root.ts';
import { euros } from '../../domain/a-line.ts';
import { wordsOfModal } from '../taken-by-slack.ts';

const shows = (over: Partial<Settings> = {}, more: { isPaused?: boolean; unmatched?: number } = {}) =>
  wordsOfModal(settingsModal({ settings: { ...defaultSettings, ...over }, isPaused: false, unmatched: 0, ...more }));
const HOUR = 60 * 60 * 1000;
/** What is said below the title of one section. */
const summary = (title: string, over: Partial<Settings> = {}) =>
  shows(over)
    .find((text) => text.startsWith(`*${title}*\n`))
    ?.slice(title.length + 3);

describe('the settings at a glance', () => {
  it('have a row for each section with its button, and the two lists', () => {
    expect(shows().map((text) => text.split('\n')[0])).toEqual([
      ...['*Approvers and admins*', 'Change'],
      ...['*Delivery countries*', 'Change'],
      ...['*What can be ordered*', 'Change'],
      ...['*Reminders and deadlines*', 'Change'],
      ...['*Announcements*', 'Change'],
      ...['*People without a Fleet account*', 'Show'],
      ...['*Audit log*', 'Show'],
    ]);
  });

  it('begin with what the last press came to', () => {
    const view = settingsModal({
      settings: defaultSettings,
      isPaused: false,
      unmatched: 0,
      news: savedText('delivery'),
    });
    expect(wordsOfModal(view)[0]).toBe('*Saved:* Delivery countries.');
  });

  it('begin with the banner and its way on while ordering is paused', () => {
    const [banner, button] = shows({}, { isPaused: true });

    expect(banner).toMatch(/^\*Ordering is paused:\*/u);
    expect(button).toBe('Try again');
    expect(shows().join()).not.toContain('paused');
  });

  it.each([
    [0, 'None in the last month.'],
    [1, '1 person in the last month.'],
    [3, '3 people in the last month.'],
  ])('count whom Fleet does not know: %d', (unmatched, said) => {
    expect(shows({}, { unmatched })).toContain(`*People without a Fleet account*\n${said}`);
  });
});

describe('what is said of each section', () => {
  const some = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

  it.each([
    ['Approvers and admins', {}, 'Approvers: all Fleet admins. Admins: all Fleet admins. Self-approval is off.'],
    [
      'Approvers and admins',
      {
        approvers: { people: ['U0CLARA' as SlackUserId], userGroups: [] },
        admins: ['U0DAN' as SlackUserId],
        selfApproval: { reason: 'x' },
      },
      'Approvers: <@U0CLARA>. Admins: <@U0DAN>. Self-approval is allowed.',
    ],
    [
      'Delivery countries',
      { countries: defaultSettings.countries.slice(0, 3) },
      'France (EUR), Belgium (EUR), Switzerland (CHF).',
    ],
    [
      'Delivery countries',
      { countries: defaultSettings.countries.slice(0, 2), defaultCountry: 'BE' as CountryCode },
      'France (EUR), Belgium (EUR). Default: Belgium.',
    ],
    ['What can be ordered', {}, 'Lease. All categories, all products, no price limit.'],
    [
      'What can be ordered',
      {
        defaultMode: 'BUY',
        categories: ['COMPUTER', 'SCREEN'],
        productGroups: some(3) as FleetProductGroupId[],
        countries: [...defaultSettings.countries.slice(0, 3)],
        priceLimits: [
          { ...euros('2000'), mode: 'BUY' },
          { ...euros('80'), mode: 'LEASING' },
        ],
      },
      'Buy. 2 categories, 3 products, up to €2,000.00 once, €80.00 a month per device. No limit in CHF.',
    ],
    [
      'What can be ordered',
      { countries: [...defaultSettings.countries.slice(0, 2)], priceLimits: [euros('50')] },
      'Lease. All categories, all products, up to €50.00 once or a month per device.',
    ],
    [
      'What can be ordered',
      { countries: [...defaultSettings.countries.slice(0, 1)], priceLimits: [{ ...euros('50'), mode: 'BUY' }] },
      'Lease. All categories, all products, up to €50.00 once per device. No limit in EUR for Lease.',
    ],
    [
      'Reminders and deadlines',
      {},
      'Reminder after 24 hours, 5 days a week from 9 to 18. Requests expire after 7 days. Order status checked every 10 minutes.',
    ],
    [
      'What can be ordered',
      { categories: ['COMPUTER'], productGroups: some(1) as FleetProductGroupId[] },
      'Lease. 1 category, 1 product, no price limit.',
    ],
    [
      'Reminders and deadlines',
      {
        expireAfterMs: 24 * HOUR,
        workingHours: { days: [1], from: 9, until: 18 },
        pollEveryMs: 60_000,
      },
      'Reminder after 24 hours, 1 day a week from 9 to 18. Requests expire after 1 day. Order status checked every 1 minute.',
    ],
    ['Announcements', {}, 'No announcements.'],
  ] as const)('%s: %j', (title, over, said) => {
    expect(summary(title, over)).toBe(said);
  });

  it.each([
    [['shipped'], 'Shipped'],
    [['shipped', 'ordered'], 'Ordered, Shipped'],
    // A newer release announces more, and this one is back.
    [['ordered', 'of_tomorrow'], 'Ordered'],
  ])('names the channel of announcements, and of %j what it knows', (what, said) => {
    const announcements = { channel: 'C0NEWS' as SlackChannelId, what: what as Announced[] };

    expect(summary('Announcements', { announcements })).toBe(`In <#C0NEWS>: ${said}.`);
  });

  it('names twenty countries at most, and then how many more', () => {
    const [france, ...others] = defaultSettings.countries;
    const countries = (count: number) =>
      [...others, ...Array.from({ length: count - 13 }, () => france)].flatMap((one) => one ?? []);

    expect(summary('Delivery countries', { countries: countries(20) })).toMatch(/France \(EUR\)\.$/u);
    expect(summary('Delivery countries', { countries: countries(23) })).toMatch(/France \(EUR\) and 3 more\.$/u);
  });
});
