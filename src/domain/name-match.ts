// Letters that are no base letter with an accent, so that normalising leaves them as they are.
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

/** Lower case, without accents, words with one space between: "Jörg Müller" is found by "muller". */
export function foldName(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return spelledOut
    .reduce((spelled, [letter, letters]) => spelled.replaceAll(letter, letters), plain)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .join(' ');
}

/** Lower is better; null: a word does not occur. Both are folded. */
export function rankOf(name: string, wanted: string): number | null {
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  const words = wanted.split(' ');
  if (words.every((word) => ` ${name}`.includes(` ${word}`))) return 2;
  return words.every((word) => name.includes(word)) ? 3 : null;
}

/** The word that takes the fewest edits to get to, or that is the whole word of a part; null: none is near enough. */
export function nearestWord(typed: string, words: readonly string[]): string | null {
  const beginning = words.find((word) => typed.length >= 2 && (word.startsWith(typed) || typed.startsWith(word)));
  if (beginning !== undefined) return beginning;
  let nearest: { readonly word: string; readonly edits: number } | null = null;
  for (const word of words) {
    const edits = editsBetween(typed, word);
    // More than every second letter wrong is another word.
    if (edits * 2 <= word.length && (nearest === null || edits < nearest.edits)) nearest = { word, edits };
  }
  return nearest?.word ?? null;
}

/** Letters put in, left out, changed, or two neighbours swapped. */
function editsBetween(one: string, other: string): number {
  // A long text is no misspelt verb, and comparing it would take its square in time.
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
