const MOST_CHARACTERS = 300;
const EMAIL = /[^\s@<>"'(),:;]+@[^\s@<>"'(),:;]+/g;
const FLEET_KEY = /flt_sk_[\w-]+/g;
/** Control characters would break a log line or a Slack message. */
const BLANK = /[\s\p{Cc}]+/gu;

/** Fleet's own sentence as it may be shown: one line, clipped, no e-mail address and no key that it may repeat. */
export function shownWords(words: string, apiKey: string): string {
  const masked = words.replaceAll(apiKey, '[key]').replace(FLEET_KEY, '[key]').replace(EMAIL, '[e-mail]');
  const line = masked.replace(BLANK, ' ').trim();
  // By code points, so that no character is cut in half.
  return line.length <= MOST_CHARACTERS ? line : `${[...line].slice(0, MOST_CHARACTERS - 1).join('')}…`;
}
