import { pageFields, pageReply } from '../paging.ts';
import { object } from '../parse.ts';
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
