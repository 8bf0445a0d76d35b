import { foldName, rankOf } from '../../domain/name-search.ts';
import type { FleetPerson, Person } from '../../domain/people/people.ts';
import type { ServiceContext } from '../context.ts';
import { inChunks } from '../in-chunks.ts';
import { checkMaySign, listApprovers } from './approvers.ts';
import { fleetPersonInSlack } from './fleet-person-in-slack.ts';
import { searchPeople } from './search-people.ts';

/** Each costs a look into Slack, and whoever types sees the answer within two seconds. */
const MOST_NAMED = 10;

export interface FoundApprovers {
  /** By how well the words name them; without words all who are offered. */
  readonly people: readonly Person[];
  /** Not one of all those who may sign for the requester is known: no words would find anybody. */
  readonly isNobodyKnown: boolean;
}

/** Matches by name. Also searches people beyond the offered list, which is truncated. */
export async function findApprovers(
  context: ServiceContext,
  requester: Person,
  words: string,
): Promise<FoundApprovers> {
  const offered = await listApprovers(context, requester);
  if (words.trim() === '') return { people: offered, isNobodyKnown: offered.length === 0 };
  const named = await inChunks(await peopleNamed(context, words, offered), async ({ fleetUserId }) => {
    const found = await fleetPersonInSlack(context, fleetUserId);
    if (!found.ok || found.value === null) return null;
    const may = await checkMaySign(context, { slackUserId: found.value.person.slackUserId, requester });
    return may.ok ? may.person : null;
  });
  const all = [...offered, ...named.filter((one) => one !== null)];
  return { people: called(all, words), isNobodyKnown: all.length === 0 };
}

function called(people: readonly Person[], words: string): readonly Person[] {
  const wanted = foldName(words);
  return people
    .flatMap((person) => {
      const rank = rankOf(foldName(person.name), wanted);
      return rank === null ? [] : [{ person, rank }];
    })
    .sort((one, other) => one.rank - other.rank)
    .map(({ person }) => person);
}

/** Nobody who is offered already, and nobody of whom it is known that they may not sign. */
async function peopleNamed(
  context: ServiceContext,
  words: string,
  offered: readonly Person[],
): Promise<readonly FleetPerson[]> {
  const found = await searchPeople(context, words);
  if (found.kind !== 'people') return [];
  const { people, userGroups } = (await context.store.settings()).approvers;
  const hasList = people.length > 0 || userGroups.length > 0;
  const known = new Set(offered.map(({ fleetUserId }) => fleetUserId));
  return found.people
    .filter(({ fleetUserId, isFleetAdmin }) => !known.has(fleetUserId) && (hasList || isFleetAdmin))
    .slice(0, MOST_NAMED);
}
