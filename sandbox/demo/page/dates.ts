/** Slack's date formats, in the reader's time zone. */
export function formatDate(seconds: number, format: string, tz: string, now: number): string {
  const at = new Date(seconds * 1000);
  const write = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat('en-US', { timeZone: tz, ...options }).format(at);
  const long = { month: 'long', day: 'numeric', year: 'numeric' } as const;
  const short = { month: 'short', day: 'numeric', year: 'numeric' } as const;
  const words: Record<string, () => string> = {
    date_num: () => new Intl.DateTimeFormat('en-CA', { timeZone: tz }).format(at),
    date: () => write(long),
    date_slash: () => write({ month: '2-digit', day: '2-digit', year: 'numeric' }),
    date_long: () => write({ weekday: 'long', ...long }),
    date_long_full: () => write({ weekday: 'long', ...long }),
    date_short: () => write(short),
    date_pretty: () => nearDay(at, now, tz) ?? write(long),
    date_short_pretty: () => nearDay(at, now, tz) ?? write(short),
    date_long_pretty: () => nearDay(at, now, tz) ?? write({ weekday: 'long', ...long }),
    time: () => write({ hour: 'numeric', minute: '2-digit' }),
    time_secs: () => write({ hour: 'numeric', minute: '2-digit', second: '2-digit' }),
    ago: () => write(short),
  };
  return format.replace(/\{(\w+)\}/gu, (whole, name: string) => words[name]?.() ?? whole);
}

export function clockTime(ms: number, tz: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: tz, hour: '2-digit', minute: '2-digit' }).format(ms);
}

export function dayName(ms: number, tz: string, now: number): string {
  const at = new Date(ms);
  const near = nearDay(at, now, tz);
  if (near !== null) return near[0]?.toUpperCase() + near.slice(1);
  return new Intl.DateTimeFormat('en-GB', { timeZone: tz, weekday: 'long', day: 'numeric', month: 'long' }).format(at);
}

function nearDay(at: Date, now: number, tz: string): string | null {
  const day = (ms: number): string => new Intl.DateTimeFormat('en-CA', { timeZone: tz }).format(ms);
  const DAY = 86_400_000;
  const wanted = day(at.getTime());
  if (wanted === day(now)) return 'today';
  if (wanted === day(now - DAY)) return 'yesterday';
  return wanted === day(now + DAY) ? 'tomorrow' : null;
}
