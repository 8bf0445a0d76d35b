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
