import type { SlackUserId } from '../../domain/ids.ts';
import type { NoMatch } from '../../domain/people/people.ts';
import type { ServiceContext } from '../context.ts';
import { inChunks } from '../in-chunks.ts';
import { matchPerson } from './match-person.ts';
import { slackProfile } from './slack-profile.ts';

/** A submission is answered within three seconds: beyond these nobody is looked up. */
const LOOKED_UP = 25;

const never: readonly NoMatch['kind'][] = [
  'no_match',
  'two_matches',
  'email_hidden',
  'guest',
  'stranger',
  'deactivated',
  'bot',
];

/** The names of those whom Fleet would not take as signatory, because nobody can say who they are there. */
export async function whoCannotSign(
  context: ServiceContext,
  people: readonly SlackUserId[],
): Promise<readonly string[]> {
  const matches = await inChunks(people.slice(0, LOOKED_UP), (one) => matchPerson(context, one));
  const cannot = people.slice(0, LOOKED_UP).filter((_, index) => never.some((kind) => kind === matches[index]?.kind));
  return inChunks(cannot, async (one) => {
    const profile = await slackProfile(context, one);
    return profile.ok && profile.value !== null ? profile.value.name : one;
  });
}
