import { foldName, rankingBy, searchedName } from '../name-match.ts';
import { createTextIndex, narrowedTo } from '../text-index.ts';

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
    // Who is called so, or so and more, comes first anyway, and stands together.
    const first = firstFrom(names, wanted);
    const ranked: P[][] = [[], [], [], [], []];
    for (let at = first; at < first + limit && names[at]?.name.startsWith(wanted); at += 1) {
      const one = names[at];
      if (one !== undefined) ranked[one.name === wanted ? 0 : 1]?.push(one.person);
    }
    if ((ranked[0]?.length ?? 0) + (ranked[1]?.length ?? 0) < limit) {
      const ranking = rankingBy(wanted);
      for (const one of narrowedTo(names, [index.containing(ranking.words), index.containing(ranking.loose)])) {
        const rank = ranking.rank(one);
        if (rank !== null && rank > 1) ranked[rank]?.push(one.person);
      }
    }
    return ranked.flat().slice(0, limit);
  };
}

/** Where the names that are not before `wanted` begin. */
function firstFrom(names: readonly { readonly name: string }[], wanted: string): number {
  let [from, to] = [0, names.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((names[middle]?.name ?? '') < wanted) from = middle + 1;
    else to = middle;
  }
  return from;
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
