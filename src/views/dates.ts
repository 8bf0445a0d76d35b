import { intlLocale } from './intl.ts';

/** The last millisecond that a date can be, in both directions. */
const FURTHEST = 8.64e15;

/** "21 Nov 2026, 14:05 UTC", for plain text and wherever Slack's own token cannot stand. */
export function plainDate(at: number, { timeZone = 'UTC', locale = 'en-GB' } = {}): string {
  if (!isTime(at)) return 'a time that is not known';
  const shown = new Intl.DateTimeFormat(intlLocale(locale), {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: knownZone(timeZone),
  }).format(at);
  return knownZone(timeZone) === 'UTC' ? `${shown} UTC` : shown;
}

/** Slack writes it in each reader's own time zone; mrkdwn only. The fallback is for clients that cannot. */
export function slackDate(at: number): string {
  const fallback = plainDate(at);
  if (!isTime(at)) return fallback;
  return `<!date^${Math.trunc(at / 1000)}^{date_short_pretty} at {time}|${fallback}>`;
}

function isTime(at: number): boolean {
  return at >= -FURTHEST && at <= FURTHEST;
}

function knownZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
