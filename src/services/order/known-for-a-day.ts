import type { ServiceContext } from '../context.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What Fleet said when it refused something, and its catalog does not say: believed for a day. */
export async function rememberForADay({ store }: ServiceContext, about: string, name: string): Promise<void> {
  await store.remember(`${about}:${name}`, '1', DAY_MS);
}

/** Those of the names that were remembered within the last day. */
export async function knownForADay(
  { store }: ServiceContext,
  about: string,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const facts = await store.remembered(names.map((name) => `${about}:${name}`));
  return new Set(names.filter((_, at) => facts[at] !== null));
}
