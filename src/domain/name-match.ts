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

/** At most `limit` whose names hold every word, accents and case folded: by `rankOf`, then by name. */
export type FindByName<P extends { readonly name: string }> = (words: string, limit: number) => readonly P[];

/** Prepares the names once for many searches. */
export function findByName<P extends { readonly name: string }>(people: readonly P[]): FindByName<P> {
  const names = people
    .map((person) => ({ person, ...searchedName(foldName(person.name)) }))
    .sort((one, other) => compare(one.name, other.name));
  const index = createTextIndex(names.map(({ name, joined }) => `${name} ${joined}`));

  return (words, limit) => {
    const wanted = foldName(words);
    const found: { readonly person: P; readonly rank: number }[] = [];
    // Who is called so, or so and more, comes first anyway, and stands together.
    const first = firstFrom(names, wanted);
    for (const { person, name } of names.slice(first, first + limit)) {
      if (!name.startsWith(wanted)) break;
      found.push({ person, rank: name === wanted ? 0 : 1 });
    }
    if (found.length < limit) {
      const ranking = rankingBy(wanted);
      for (const one of narrowedTo(names, [index.containing(ranking.words), index.containing(ranking.loose)])) {
        const rank = ranking.rank(one);
        if (rank !== null && rank > 1) found.push({ person: one.person, rank });
      }
    }
    // Each rank is in the order of the names already.
    return found
      .sort((one, other) => one.rank - other.rank)
      .slice(0, limit)
      .map(({ person }) => person);
  };
}

/** Where the names that are not before `wanted` begin. */
function firstFrom(names: readonly { readonly name: string }[], wanted: string): number {
  let [from, to] = [0, names.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const one = names[middle];
    if (one !== undefined && one.name < wanted) from = middle + 1;
    else to = middle;
  }
  return from;
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** Narrows a search among thousands of texts down to a few, by the letters that follow each other in them. */
export interface TextIndex {
  /**
   * The places of at least all texts that contain every one of the words, and maybe of others: look at them. Null: the
   * words are too short to narrow anything down.
   */
  containing(words: readonly string[]): Uint32Array | Uint16Array | null;
}

/** Words are never looked for across a space. */
const SPACE = 32;
const MAX_BUCKETS = 2 ** 15;

/** About 0.1 MB for a thousand names. Pairs and triples of letters share buckets by their hash. */
export function createTextIndex(texts: readonly string[]): TextIndex {
  const bits = Math.ceil(Math.log2(Math.min(MAX_BUCKETS, Math.max(256, texts.length * 4))));
  const size = 2 ** bits;
  const bucketOf = (one: number, two: number, three: number) =>
    Math.imul(Math.imul(Math.imul(one, 65_599) + two, 65_599) + three, 0x9e3779b1) >>> (32 - bits);

  // Each bucket once for each text, in the texts' order.
  const buckets = new Uint16Array(2 * texts.reduce((sum, text) => sum + text.length, 0));
  const lengths = new Uint32Array(texts.length);
  const takenFor = new Int32Array(size).fill(-1);
  let count = 0;
  const take = (bucket: number, place: number): void => {
    if (takenFor[bucket] === place) return;
    takenFor[bucket] = place;
    buckets[count] = bucket;
    count += 1;
  };
  texts.forEach((text, place) => {
    const before = count;
    let one = SPACE;
    let two = SPACE;
    for (let at = 0; at < text.length; at += 1) {
      const letter = text.charCodeAt(at);
      if (letter !== SPACE && two !== SPACE) {
        take(bucketOf(two, letter, 0), place);
        if (one !== SPACE) take(bucketOf(one, two, letter), place);
      }
      one = two;
      two = letter;
    }
    lengths[place] = count - before;
  });
  const { ends, places } = sortedByBucket(buckets.subarray(0, count), lengths, size);

  return {
    containing: (words) => {
      let fewest: readonly [from: number, to: number] | null = null;
      for (const word of words) {
        const length = Math.min(word.length, 3);
        for (let at = 0; length > 1 && at + length <= word.length; at += 1) {
          const third = length === 3 ? word.charCodeAt(at + 2) : 0;
          const bucket = bucketOf(word.charCodeAt(at), word.charCodeAt(at + 1), third);
          const [from, to] = [ends[bucket] || 0, ends[bucket + 1] || 0];
          if (fewest === null || to - from < fewest[1] - fewest[0]) fewest = [from, to];
        }
      }
      return fewest === null ? null : places.subarray(...fewest);
    },
  };
}

/** The places of each bucket's texts, one bucket after the other: from `ends[bucket]` to `ends[bucket + 1]`. */
function sortedByBucket(buckets: Uint16Array, lengths: Uint32Array, size: number) {
  const ends = new Uint32Array(size + 1);
  for (const bucket of buckets) ends[bucket + 1] = (ends[bucket + 1] || 0) + 1;
  for (let bucket = 1; bucket <= size; bucket += 1) ends[bucket] = (ends[bucket] || 0) + (ends[bucket - 1] || 0);
  const next = ends.slice();
  const places = lengths.length > 2 ** 16 ? new Uint32Array(buckets.length) : new Uint16Array(buckets.length);
  let at = 0;
  lengths.forEach((length, place) => {
    for (const end = at + length; at < end; at += 1) {
      const bucket = buckets[at] || 0;
      const to = next[bucket] || 0;
      places[to] = place;
      next[bucket] = to + 1;
    }
  });
  return { ends, places };
}

/** Those that are at any of the places, in order. All of them if a search could not be narrowed down: null. */
export function narrowedTo<T>(all: readonly T[], places: readonly (ArrayLike<number> | null)[]): readonly T[] {
  const candidates = new Set<number>();
  for (const some of places) {
    // Of many places, it takes longer to put them in order than to look at the texts.
    if (some === null || some.length > all.length / 4) return all;
    for (const place of Array.from(some)) candidates.add(place);
  }
  return [...candidates].sort((one, other) => one - other).flatMap((place) => all.slice(place, place + 1));
}
