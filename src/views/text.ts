import type { MrkdwnElement, PlainTextElement } from '@slack/types';
import { limits } from './limits.ts';

const ELLIPSIS = '…';
/** Between rows that share a section: what is left out is counted by it. */
export const BETWEEN_ROWS = '\n\n';
/** Shown where a text came out empty: Slack refuses an empty one. */
const NOTHING = '–';
/** Control characters, and the marks that turn the reading direction round: both let a name pretend to be another. */
const INVISIBLE = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;
/** A `<…>` or `&…;` that was cut off at the end. */
const HALF_TOKEN = /(?:<[^<>]*|&[a-z]{0,3})$/u;

/** Slack asks for exactly these three to be encoded in mrkdwn, and nothing else. In plain_text they show literally. */
export function esc(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** At most `max` UTF-16 units with a visible ellipsis; never half a surrogate pair. */
export function clip(text: string, max: number): string {
  return text.length <= max ? text : cutAt(text, max - ELLIPSIS.length) + ELLIPSIS;
}

/** The same for mrkdwn that is already escaped: neither an entity nor a mention or date is cut in half. */
export function clipMrkdwn(text: string, max: number): string {
  if (text.length <= max) return text;
  return cutAt(text, max - ELLIPSIS.length).replace(HALF_TOKEN, '') + ELLIPSIS;
}

/** Text from people or Fleet inside mrkdwn: clipped first, so that an entity is never cut in half, and kept on one line. */
export function literal(text: string, max = 150): string {
  // `*`, `_`, `~` and back-ticks cannot be escaped in mrkdwn: a zero-width space keeps them from pairing up.
  return esc(clip(oneLine(text), max)).replace(/[*_~`]/gu, '$&\u200b');
}

/** A note or reason as a quotation, keeping its line breaks. */
export function quote(text: string, max = 500): string {
  const lines = clip(text.trim(), max).split(/\r?\n/u);
  return lines.map((line) => `> ${literal(line, max)}`).join('\n');
}

export function mrkdwn(text: string): MrkdwnElement {
  const shown = clipMrkdwn(text, limits.sectionText);
  return { type: 'mrkdwn', text: shown.trim() === '' ? NOTHING : shown, verbatim: true };
}

/** `max`: from views/limits.ts. Never empty, since Slack rejects empty text. */
export function plain(text: string, max: number): PlainTextElement {
  const shown = clip(oneLine(text), max);
  return { type: 'plain_text', text: shown === '' ? NOTHING : shown, emoji: false };
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').replace(INVISIBLE, '').trim();
}

function cutAt(text: string, end: number): string {
  const cut = text.slice(0, end);
  const last = cut.charCodeAt(cut.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? cut.slice(0, -1) : cut;
}
