import type { FleetPerson, Person } from '../../domain/people/people.ts';
import type { ServiceContext } from '../context.ts';
import { inChunks } from '../in-chunks.ts';
import { checkMaySign, listApprovers } from './approvers.ts';
import { fleetPersonInSlack } from './fleet-person-in-slack.ts';
import { searchPeople } from './search-people.ts';

/** Each costs a look into Slack, and whoever types sees the answer within two seconds. */
const MOST_NAMED = 10;

/** Those who are offered, and whoever is called like the words: of a long list only a part is offered. */
export async function findApprovers(
  context: ServiceContext,
  requester: Person,
  words: string,
): Promise<readonly Person[]> {
  const offered = await listApprovers(context, requester);
  if (words.trim() === '') return offered;
  const named = await inChunks(await peopleNamed(context, words, offered), async ({ fleetUserId }) => {
    const found = await fleetPersonInSlack(context, fleetUserId);
    if (!found.ok || found.value === null) return null;
    const may = await checkMaySign(context, { slackUserId: found.value.person.slackUserId, requester });
    return may.ok ? may.person : null;
  });
  return [...offered, ...named.filter((one) => one !== null)];
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
