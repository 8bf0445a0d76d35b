import type { Link } from '../../domain/people/link.ts';
import type { NoMatch, UnmatchedPerson } from '../../domain/people/people.ts';
import type { ServiceContext } from '../context.ts';
import { inChunks } from '../in-chunks.ts';
import { matchPerson } from './match-person.ts';

const LOOKED_AT = 60;

export interface Unmatched {
  readonly people: readonly UnmatchedPerson[];
  readonly links: readonly Link[];
}

/** Those who came and were not matched, without whoever is matched by now. */
export async function listUnmatched(context: ServiceContext): Promise<Unmatched> {
  const { store } = context;
  const [ids, links] = await Promise.all([store.unmatched(), store.links(LOOKED_AT)]);
  const people = await inChunks(ids.slice(0, LOOKED_AT), async (slackUserId) => {
    const match = await matchPerson(context, slackUserId);
    if (stillUnmatched(match)) return [{ slackUserId, why: match }];
    await store.dropUnmatched(slackUserId);
    return [];
  });
  return { people: people.flat(), links };
}

/** Somebody who left or became a guest since then needs no link either. */
function stillUnmatched(match: Awaited<ReturnType<typeof matchPerson>>): match is NoMatch {
  return match.kind === 'no_match' || match.kind === 'two_matches' || match.kind === 'email_hidden';
}
