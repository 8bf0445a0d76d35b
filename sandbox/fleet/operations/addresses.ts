import { pageFields, pageReply } from '../paging.ts';
import { object } from '../parse.ts';
import { type Reply, reject } from '../rejection.ts';
import type { Rules } from '../rules.ts';
import { type Call, pathId, type World } from '../world.ts';

const Page = object({}, pageFields);

/** We have not seen the reference page for this list: without `meta` it is not paged either. */
export function listAddresses({ state, rules }: World, call: Call): Reply {
  checkOffered(rules);
  const addresses = [...state.addresses.values()];
  if (rules.addresses === 'listed_without_meta') return { status: 200, body: { data: addresses } };
  return pageReply(addresses, Page(call.query, 'query'), (address) => address);
}

export function getAddress({ state, rules }: World, call: Call): Reply {
  checkOffered(rules);
  const address = state.addresses.get(pathId(call, 'address_id')) ?? reject(404, 'ADDRESS_NOT_FOUND');
  return { status: 200, body: { data: address } };
}

export function listUserAddresses({ state, rules }: World, call: Call): Reply {
  checkOffered(rules);
  return pageReply(state.userAddresses, Page(call.query, 'query'), (link) => link);
}

function checkOffered(rules: Rules): void {
  if (rules.addresses === 'missing') reject(404, 'Not found');
}
