import { isServed } from '../countries.ts';
import type { Address } from '../model.ts';
import { pageFields, pageReply } from '../paging.ts';
import { country, filledText, flag, object, shortText, text } from '../parse.ts';
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

const line = shortText(70);
const required = {
  ...{ first_name: filledText, last_name: filledText, phone: filledText, phone_country: country },
  ...{ address1: line, zip: filledText, city: filledText, label: filledText },
};
const optional = { address2: line, type: text, country, comment: text, is_default: flag };
const NewAddressBody = object(required, optional);
const AddressChangeBody = object({}, { ...required, ...optional });

export function createAddress({ state, rules }: World, call: Call): Reply {
  checkOffered(rules);
  const body = NewAddressBody(call.body, 'body');
  checkServed(body.country ?? 'FR');
  const address: Address = {
    ...{ address2: null, type: null, country: 'FR', comment: null, is_default: false, is_hq: false },
    ...body,
    id: state.nextAddressId(),
  };
  state.save('addresses', address);
  return { status: 201, body: { data: address } };
}

export function updateAddress({ state, rules }: World, call: Call): Reply {
  checkOffered(rules);
  const body = AddressChangeBody(call.body, 'body');
  if (Object.keys(body).length === 0) reject(400, 'EMPTY_PATCH_BODY');
  const before = state.addresses.get(pathId(call, 'address_id')) ?? reject(404, 'ADDRESS_NOT_FOUND');
  if (body.country !== undefined) checkServed(body.country);
  const address: Address = { ...before, ...body };
  state.save('addresses', address);
  return { status: 200, body: { data: address } };
}

function checkServed(code: string): void {
  if (!isServed(code)) reject(404, 'DELIVERY_COUNTRY_NOT_FOUND');
}

function checkOffered(rules: Rules): void {
  if (rules.addresses === 'missing') reject(404, 'Not found');
}
