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
