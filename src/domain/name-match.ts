// Letters that normalising doesn't split into a base letter and an accent.
const spelledOut = [
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['ł', 'l'],
  ['þ', 'th'],
  ['ı', 'i'],
] as const;

/** As people look a name up in a list: numbers by their size, case and accents last. */
export const alphabetical = new Intl.Collator('en', { numeric: true });

/** Lower case, without accents, words separated by one space, so that "muller" finds "Jörg Müller". */
export function foldName(text: string): string {
  const lower = text.toLowerCase();
  // Most names of products have nothing to fold, and a search folds thousands.
  if (/^[a-z\d]*(?: [a-z\d]+)*$/.test(lower)) return lower;
  const plain = lower.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return spelledOut
    .reduce((spelled, [letter, letters]) => spelled.replaceAll(letter, letters), plain)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .join(' ');
}

/** A folded name with what every search needs of it. */
export interface SearchedName {
  readonly name: string;
  /** The name written as one word, loosely spelled: from its first word on, and with the last word first. */
  readonly joined: string;
}

export function searchedName(folded: string): SearchedName {
  const parts = looseSpelling(folded).split(' ');
  return { name: folded, joined: `${parts.join('')} ${parts.toReversed().join('')}` };
}

/** Lower is better. Null: a word doesn't occur. Both texts must be folded. */
export function rankOf(name: string, wanted: string): number | null {
  return rankingBy(wanted).rank(searchedName(name));
}

/** The same for one search among many names. */
export function rankingBy(wanted: string) {
  const words = wanted.split(' ');
  const loose = words.map(looseSpelling);
  return {
    /** A name with a rank contains either all of `words`, or, in `joined`, all of `loose`. */
    words,
    loose,
    rank: ({ name, joined }: SearchedName): number | null => {
      if (name === wanted) return 0;
      if (name.startsWith(wanted)) return 1;
      if (words.every((word) => name.includes(word)))
        return words.every((word) => ` ${name}`.includes(` ${word}`)) ? 2 : 3;
      // Every joined form is a part of `joined`. Most names end here, and a search ranks thousands.
      if (!loose.every((word) => joined.includes(word))) return null;
      const forms = joinedForms(looseSpelling(name).split(' '));
      return loose.every((word) => forms.some((form) => form.startsWith(word))) ? 4 : null;
    },
  };
}

/** As typed on a keyboard without ü, ö, å: "mueller" and "muller", "haakon" and "hakon" are spelled alike. */
export function looseSpelling(folded: string): string {
  return folded.replace(/([aou])e|aa/g, (both, vowel: string | undefined) => vowel ?? both.slice(1));
}

/** What follows each word written as one, so that "obrien" finds "o brien", and with the family name first. */
function joinedForms(words: readonly string[]): readonly string[] {
  const reversed = words.toReversed();
  return words.flatMap((_, at) => [words.slice(at).join(''), reversed.slice(at).join('')]);
}

/** A word that starts with the typed text (or the other way round), or else the closest by edits. Null: none is close. */
export function nearestWord(typed: string, words: readonly string[]): string | null {
  const beginning = words.find((word) => typed.length >= 2 && (word.startsWith(typed) || typed.startsWith(word)));
  if (beginning !== undefined) return beginning;
  let nearest: { readonly word: string; readonly edits: number } | null = null;
  for (const word of words) {
    const edits = editsBetween(typed, word);
    // With more than half of its letters wrong it is another word.
    if (edits * 2 <= word.length && (nearest === null || edits < nearest.edits)) nearest = { word, edits };
  }
  return nearest?.word ?? null;
}

/** Whether one letter was inserted, left out or changed, or two neighbours swapped. Linear, unlike `editsBetween`. */
export function isOneEditAway(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  const isSwap = short[at] === long[at + 1] && short[at + 1] === long[at];
  return short.slice(at + 1) === long.slice(at + 1) || (isSwap && short.slice(at + 2) === long.slice(at + 2));
}

/** Letters inserted, deleted or changed, or two neighbours swapped. */
function editsBetween(one: string, other: string): number {
  // A long text is no misspelt verb, and comparing it takes quadratic time.
  if (one.length > 30) return one.length;
  const known = new Map<string, number>();
  const edits = (i: number, j: number): number => {
    if (i === 0 || j === 0) return i + j;
    const key = `${i}:${j}`;
    const already = known.get(key);
    if (already !== undefined) return already;
    const isSwap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
    const ways = [
      edits(i - 1, j) + 1,
      edits(i, j - 1) + 1,
      edits(i - 1, j - 1) + (one[i - 1] === other[j - 1] ? 0 : 1),
    ];
    if (isSwap) ways.push(edits(i - 2, j - 2) + 1);
    const fewest = Math.min(...ways);
    known.set(key, fewest);
    return fewest;
  };
  return edits(one.length, other.length);
}
