import type { User } from '../model.ts';
import { pageFields, pageReply } from '../paging.ts';
import { country, email, filledText, id, listOf, object, oneOf } from '../parse.ts';
import { type Reply, reject } from '../rejection.ts';
import { type Call, pathId, type World } from '../world.ts';

const Page = object({}, pageFields);

/** No email filter and no search: the API reference has neither. */
export function listUsers({ state }: World, call: Call): Reply {
  return pageReply([...state.users.values()], Page(call.query, 'query'), (user) => user);
}

export function getUser({ state }: World, call: Call): Reply {
  const user = state.users.get(pathId(call, 'user_id')) ?? reject(404, 'USER_NOT_FOUND');
  return { status: 200, body: { data: user } };
}

const NewUserBody = object(
  { email },
  {
    ...{ first_name: filledText, last_name: filledText, phone: filledText, phone_country: country },
    ...{ language: filledText, position: filledText, arrival_date: filledText, departure_date: filledText },
    ...{ date_of_birth: filledText, city_of_birth: filledText, country_of_birth: country },
    ...{ role: oneOf(['EMPLOYEE', 'ADMIN'] as const), team_ids: listOf(id, 0) },
  },
);

/** Fleet names no list of them: these stand for all. */
const personalDomains: ReadonlySet<string> = new Set(['gmail.com', 'yahoo.com', 'hotmail.com', 'mailinator.com']);

export function createUser({ state, rules }: World, call: Call): Reply {
  const body = NewUserBody(call.body, 'body');
  const folded = body.email.toLowerCase();
  if (personalDomains.has(folded.split('@')[1] ?? '')) reject(400, 'USER_EMAIL_NOT_ALLOWED');
  if ([...state.users.values()].some((user) => user.email?.toLowerCase() === folded))
    reject(409, 'USER_EMAIL_CONFLICT');
  const { team_ids, role = 'EMPLOYEE', ...given } = body;
  const known = [...state.users.values()].flatMap(({ teams }) => teams);
  const teams = (team_ids ?? []).map((one) => known.find((team) => team.id === one) ?? reject(400, 'unknown team'));
  const user: User = {
    ...{ first_name: null, last_name: null, phone: null, phone_country: null, language: 'en', position: null },
    ...{ arrival_date: null, departure_date: null, date_of_birth: null, city_of_birth: null, country_of_birth: null },
    ...given,
    ...{ id: state.nextUserId(), role, teams, secondary_email: null },
    email: rules.emailsKept === 'in_lower_case' ? folded : body.email,
  };
  state.save('users', user);
  return { status: 201, body: { data: user } };
}
