import { expect, it } from 'vitest';
import { plainDate, slackDate } from '../../src/views/text.ts';

const at = Date.UTC(2026, 10, 21, 14, 5, 59, 999);

it('lets Slack write the time in the reader’s own zone, with words for clients that cannot', () => {
  expect(slackDate(at)).toBe('<!date^1795269959^{date_short_pretty} at {time}|21 Nov 2026, 14:05 UTC>');
});

it('writes a time in a zone of its own, and says when it is UTC', () => {
  expect(plainDate(at)).toBe('21 Nov 2026, 14:05 UTC');
  expect(plainDate(at, { timeZone: 'Europe/Berlin' })).toBe('21 Nov 2026, 15:05');
});

it('falls back to UTC for a zone that nobody knows', () => {
  expect(plainDate(at, { timeZone: 'Mars/Olympus' })).toBe('21 Nov 2026, 14:05 UTC');
});

it.each([Number.NaN, Number.POSITIVE_INFINITY, 8.64e15 + 1])('never throws for %s', (wrong) => {
  expect(slackDate(wrong)).toBe('an unknown time');
  expect(plainDate(wrong)).toBe('an unknown time');
});
