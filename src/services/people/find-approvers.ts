import { inChunks } from '../../domain/async.ts';
import type { SlackUserId } from '../../domain/ids.ts';
import { foldName, rankOf } from '../../domain/name-match.ts';
import type { FleetPerson, NoMatch, Person } from '../../domain/people/people.ts';
import type { ServiceContext } from '../context.ts';
import { findFleetPersonInSlack } from './admins.ts';
import { checkMaySign, listApprovers } from './approvers.ts';
import { matchOrReport, slackProfile } from './match.ts';

/** Each one costs a call to Slack, and someone who types expects options within two seconds. */
const MAX_NAMED = 10;

export interface FoundApprovers {
  /** Best match first; without words, everyone who is offered. */
  readonly people: readonly Person[];
  /** We know no one who may sign for the requester, so no words would find anyone. `incomplete`: Fleet may. */
  readonly noOne: 'known' | 'incomplete' | null;
}

/** Matches by name, also beyond the offered list, which is truncated. */
export async function findApprovers(
  context: ServiceContext,
  requester: Person,
  words: string,
): Promise<FoundApprovers> {
  const offered = await listApprovers(context, requester);
  if (words.trim() === '') return { people: offered, noOne: await whyNoOne(context, offered) };
  const named = await inChunks(await findOthersNamed(context, words, offered), async ({ fleetUserId }) => {
    const found = await findFleetPersonInSlack(context, fleetUserId);
    if (!found.ok || found.value === null) return null;
    const may = await checkMaySign(context, { slackUserId: found.value.person.slackUserId, requester });
    return may.ok ? may.person : null;
  });
  const all = [...offered, ...named.filter((one) => one !== null)];
  return { people: rankByName(all, words), noOne: await whyNoOne(context, all) };
}

async function whyNoOne({ store }: ServiceContext, known: readonly Person[]): Promise<FoundApprovers['noOne']> {
  if (known.length > 0) return null;
  const state = await store.directory.state();
  return state?.isWhole === false || state?.areAdminsKnown === false ? 'incomplete' : 'known';
}

function rankByName(people: readonly Person[], words: string): readonly Person[] {
  const wanted = foldName(words);
  return people
    .flatMap((person) => {
      const rank = rankOf(foldName(person.name), wanted);
      return rank === null ? [] : [{ person, rank }];
    })
    .sort((one, other) => one.rank - other.rank)
    .map(({ person }) => person);
}

/** People of that name who are not offered already, without those who certainly may not sign. */
async function findOthersNamed(
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
    .slice(0, MAX_NAMED);
}

/** A select takes 100 options, and the first two of **For** are Me and Not assigned yet. */
const MAX_FOUND = 98;

type FoundPeople =
  | { readonly kind: 'people'; readonly people: readonly FleetPerson[]; readonly isWhole: boolean }
  /** The directory isn't built yet. That is not the same as no one being found. */
  | { readonly kind: 'people_loading' };

/** Fleet's people by name for the field **For**. Reads the directory and never calls Fleet. */
export async function searchPeople(
  context: ServiceContext,
  words: string,
  limit: number = MAX_FOUND,
): Promise<FoundPeople> {
  const { directory } = context.store;
  const [state, people] = await Promise.all([directory.state(), directory.search(words.trim(), limit)]);
  return state === null ? { kind: 'people_loading' } : { kind: 'people', people, isWhole: state.isWhole };
}

/** A submission must be answered within three seconds, so we look up no more than this. */
const MAX_LOOKED_UP = 25;

const neverMatched: readonly NoMatch['kind'][] = [
  'no_match',
  'two_matches',
  'email_hidden',
  'guest',
  'stranger',
  'deactivated',
  'bot',
];

/** The names of people without a Fleet user, who could never sign. Reports them, so that admins can link them. */
export async function reportWhoCannotSign(
  context: ServiceContext,
  people: readonly SlackUserId[],
): Promise<readonly string[]> {
  const matches = await inChunks(people.slice(0, MAX_LOOKED_UP), (one) => matchOrReport(context, one));
  const cannot = people
    .slice(0, MAX_LOOKED_UP)
    .filter((_, index) => neverMatched.some((kind) => kind === matches[index]?.kind));
  return inChunks(cannot, async (one) => {
    const profile = await slackProfile(context, one);
    return profile.ok && profile.value !== null ? profile.value.name : one;
  });
}
