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
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      const isSwap = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1] && !same;
      row.push(
        least([
          at(rows, i - 1, j) + 1,
          at([row], 0, j - 1) + 1,
          at(rows, i - 1, j - 1) + (same ? 0 : 1),
          ...(isSwap ? [at(rows, i - 2, j - 2) + 1] : []),
        ]),
      );
    }
    rows.push(row);
  }
  return at(rows, one.length, other.length);
}

function at(rows: readonly (readonly number[])[], i: number, j: number): number {
  return rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
}

function least(numbers: readonly number[]): number {
  return numbers.reduce((smallest, number) => (number < smallest ? number : smallest), Number.POSITIVE_INFINITY);
}
