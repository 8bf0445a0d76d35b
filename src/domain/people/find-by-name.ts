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
