const MOST_CHARACTERS = 300;
/** The patterns below are quadratic on a long word, so they see no more than this. */
const MOST_SEARCHED = 2_000;
const EMAIL = /[^\s@<>"'(),:;]+@[^\s@<>"'(),:;]+/g;
const FLEET_KEY = /flt_sk_[\w-]+/g;
/** Control characters would break a log line or a Slack message. */
const BLANK = /[\s\p{Cc}]+/gu;

/** Fleet's own sentence as it may be shown: one line, clipped, no e-mail address and no key that it may repeat. */
export function shownWords(words: string, apiKey: string): string {
  const masked = words
    .slice(0, MOST_SEARCHED)
    .replaceAll(apiKey, '[key]')
    .replace(FLEET_KEY, '[key]')
    .replace(EMAIL, '[e-mail]');
  const line = masked.replace(BLANK, ' ').trim();
  if (line.length <= MOST_CHARACTERS) return line;
  // Half of a character outside the basic plane would not be text any more.
  return `${line.slice(0, MOST_CHARACTERS - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
