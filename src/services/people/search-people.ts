import type { FleetPerson } from '../../domain/people/people.ts';
import type { ServiceContext } from '../context.ts';
import { askForRefresh } from './directory-refreshes.ts';

/** A select takes 100 options, and the first two of **For** are Me and Nobody yet. */
const MOST_FOUND = 98;

export type FoundPeople =
  | { readonly kind: 'people'; readonly people: readonly FleetPerson[] }
  /** The first whole pass has not ended: nobody can be found yet, which is not the same as nobody being there. */
  | { readonly kind: 'people_loading' };

/** Fleet's people by name for the field **For**, from the directory: never a call to Fleet. */
export async function searchPeople(
  context: ServiceContext,
  words: string,
  limit: number = MOST_FOUND,
): Promise<FoundPeople> {
  const { directory } = context.store;
  if ((await directory.builtAt()) === null) {
    await askForRefresh(context);
    return { kind: 'people_loading' };
  }
  return { kind: 'people', people: await directory.search(words.trim(), limit) };
}
