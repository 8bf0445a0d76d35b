import { DateTime } from 'luxon';
import { list, type Obj, obj, objects, str } from '../json.ts';
import type { WorkspaceState } from '../workspace-state.ts';

export interface Reader {
  state: WorkspaceState;
  /** The person's time zone, for dates. */
  tz: string;
}

/** mrkdwn as a person reads it: mentions as names, dates written out, markers removed, entities decoded. */
export function readMrkdwn(text: string, reader: Reader): string {
  const marked = text
    .replace(/<!date\^(\d+)\^([^|^>]*)(?:\^[^|>]*)?\|([^>]*)>/g, (_, seconds: string, format: string) =>
      readDate(Number(seconds), format, reader.tz),
    )
    .replace(/<@(\w+)(?:\|[^>]*)?>/g, (_, id: string) => `@${reader.state.people[id]?.realName ?? id}`)
    .replace(/<#(\w+)(?:\|[^>]*)?>/g, (_, id: string) => `#${reader.state.channels[id]?.name ?? id}`)
    .replace(/<!(channel|here|everyone)(?:\|[^>]*)?>/g, '@$1')
    .replace(/<!subteam\^(\w+)(?:\|([^>]*))?>/g, (_, id: string, name?: string) => name ?? `@${id}`)
    .replace(/<([^!@#|>][^|>]*)\|([^>]*)>/g, '$2')
    .replace(/<([^!@#|>][^|>]*)>/g, '$1');
  return marks.reduce(unmark, marked).replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

// Probes read every message again at each change: patterns are compiled and dates written out once.
const marks = ['*', '_', '~', '`'].map((mark) => ({
  mark,
  pattern: new RegExp(`(^|[\\s(>"'*_~])\\${mark}([^\\${mark}\\n]+)\\${mark}(?=$|[\\s.,;:!?)<"'*_~])`, 'gm'),
}));

function unmark(text: string, { mark, pattern }: (typeof marks)[number]): string {
  return text.includes(mark) ? text.replace(pattern, '$1$2') : text;
}

const datesRead = new Map<string, string>();

function readDate(seconds: number, format: string, tz: string): string {
  const key = `${seconds} ${tz} ${format}`;
  const read = datesRead.get(key) ?? writeDateOut(seconds, format, tz);
  datesRead.set(key, read);
  return read;
}

function writeDateOut(seconds: number, format: string, tz: string): string {
  const when = DateTime.fromSeconds(seconds, { zone: tz }).setLocale('en-US');
  const tokens: Record<string, string> = {
    date_num: 'yyyy-MM-dd',
    date: 'MMMM d, yyyy',
    date_short: 'MMM d, yyyy',
    date_long: 'cccc, MMMM d, yyyy',
    time: 'HH:mm',
    time_secs: 'HH:mm:ss',
  };
  return format.replace(/\{(\w+)\}/g, (_, name: string) =>
    when.toFormat(tokens[name.replace('_pretty', '')] ?? 'MMM d, yyyy'),
  );
}

export function readTextObject(value: unknown, reader: Reader): string {
  const { type, text } = obj(value);
  const plain = str(text) ?? '';
  return type === 'mrkdwn' ? readMrkdwn(plain, reader) : plain;
}

export function readRichText(value: unknown, reader: Reader): string {
  const { type, elements, text, user_id: userId, url, name } = obj(value);
  if (type === 'user') return `@${reader.state.people[str(userId) ?? '']?.realName ?? ''}`;
  if (type === 'emoji') return `:${str(name) ?? ''}:`;
  if (type === 'date') return readDate(Number(obj(value).timestamp), str(obj(value).format) ?? '', reader.tz);
  if (type === 'broadcast') return `@${str(obj(value).range) ?? ''}`;
  if (Array.isArray(elements)) {
    const between = type === 'rich_text' || type === 'rich_text_list' ? '\n' : '';
    return elements.map((one) => readRichText(one, reader)).join(between);
  }
  return str(text) ?? str(url) ?? '';
}

/** Who a text pings when it is posted: `@channel` and the like, and user ids. */
export function pingsIn(text: string): string[] {
  return [...text.matchAll(/<!(channel|here|everyone)(?:\|[^>]*)?>|<@(\w+)(?:\|[^>]*)?>/g)].map((hit) =>
    hit[1] === undefined ? (hit[2] ?? '') : `@${hit[1]}`,
  );
}

export function pingsOf(blocks: readonly Obj[]): string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    for (const one of list(value)) visit(one);
    const { type, text, range, user_id: userId } = obj(value);
    if (type === 'mrkdwn') found.push(...pingsIn(str(text) ?? ''));
    if (type === 'broadcast') found.push(`@${str(range) ?? ''}`);
    if (type === 'user' && str(userId) !== undefined) found.push(str(userId) ?? '');
    for (const [key, child] of Object.entries(obj(value)))
      if (key !== 'text' || typeof child !== 'string') visit(child);
  };
  for (const block of objects(blocks)) visit(block);
  return found;
}
