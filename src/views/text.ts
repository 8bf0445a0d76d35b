import type { MrkdwnElement, PlainTextElement } from '@slack/types';

const ELLIPSIS = '…';

/** Slack asks for exactly these three to be encoded in mrkdwn, and nothing else. In plain_text they show literally. */
export function esc(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** At most `max` UTF-16 units with a visible ellipsis; never half a surrogate pair. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  const cut = text.slice(0, max - ELLIPSIS.length);
  const last = cut.charCodeAt(cut.length - 1);
  const whole = last >= 0xd800 && last <= 0xdbff ? cut.slice(0, -1) : cut;
  return whole + ELLIPSIS;
}

/** Text from people or Fleet inside mrkdwn: clipped first, so that an entity is never cut in half, and kept on one line. */
export function literal(text: string, max = 150): string {
  const oneLine = text.replace(/\s+/gu, ' ').trim();
  // `*`, `_`, `~` and back-ticks cannot be escaped in mrkdwn: a zero-width space keeps them from pairing up.
  return esc(clip(oneLine, max)).replace(/[*_~`]/gu, '$&\u200b');
}

export function mrkdwn(text: string): MrkdwnElement {
  return { type: 'mrkdwn', text: clip(text, 3000), verbatim: true };
}

/** `max`: the limit of the place where it stands (views/limits.ts). Slack refuses an empty text, so there is none. */
export function plain(text: string, max: number): PlainTextElement {
  const shown = clip(text.trim(), max);
  return { type: 'plain_text', text: shown === '' ? '–' : shown, emoji: false };
}
