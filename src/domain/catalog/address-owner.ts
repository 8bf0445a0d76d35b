import { FleetUserId, parseFleetId } from '../ids.ts';

/** Whose an address is, by its label alone. `broken`: it may be somebody's, and nobody can tell whose. */
export type MarkedOwner =
  | { readonly kind: 'unmarked' }
  | { readonly kind: 'owner'; readonly fleetUserId: FleetUserId }
  | { readonly kind: 'broken' };

const START = '[private ';
const MARK = /\[\s*private\s+(\d+)\s*-\s*([0-9a-z]{2})\s*\]\s*$/iu;
/** Spelled as Fleet or a person may have changed it. */
const LOOKS_MARKED = /\[\s*private|private\s*\d+\s*-\s*[0-9a-z]{2}/giu;

/**
 * The label of a private address: a name, then our mark with its owner's Fleet id, so that Fleet itself keeps whose it is.
 * `limit`: how long Fleet lets a label be. The mark is never clipped.
 */
export function privateLabel(name: string, owner: FleetUserId, limit: number): string {
  const mark = `${START}${owner}-${checkOf(owner)}]`;
  const room = limit - mark.length - 1;
  let shown = '';
  for (const character of plainText(name)) {
    if (shown.length + character.length > room) break;
    shown += character;
  }
  return `${shown.trim()} ${mark}`.trim();
}

/** The label of an address that everybody may use: nothing in it is read as a mark. */
export function sharedLabel(name: string, limit: number): string {
  return [...plainText(name).slice(0, limit)]
    .filter((one) => !/\p{Cs}/u.test(one))
    .join('')
    .trim();
}

/** Reads the mark. What looks like one and isn't, or isn't at the end, says that nobody can tell whose it is. */
export function readOwner(label: string | null): MarkedOwner {
  const text = (label ?? '').normalize('NFKC').trim();
  const looks = text.match(LOOKS_MARKED)?.length ?? 0;
  const [, id = '', check = ''] = MARK.exec(text) ?? [];
  const owner = parseFleetId(FleetUserId, id);
  if (owner !== null && check.toLowerCase() === checkOf(owner) && text.indexOf('[') === text.lastIndexOf('['))
    return { kind: 'owner', fleetUserId: owner };
  return looks > 0 || isCutOff(text) ? { kind: 'broken' } : { kind: 'unmarked' };
}

/** Somebody shortened the label in the middle of a mark. */
function isCutOff(text: string): boolean {
  const from = text.lastIndexOf('[');
  return from >= 0 && START.startsWith(text.slice(from).toLowerCase());
}

/** Not a secret: it only tells a mark from something that looks like one, such as one with a mistyped number. */
function checkOf(owner: number): string {
  return ((owner * 7919 + 571) % 1296).toString(36).padStart(2, '0');
}

/** Without what a mark is made of. */
function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[[\]\p{Cc}]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/private(?= ?\d)/giu, 'for')
    .trim();
}
