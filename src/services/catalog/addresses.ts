import { z } from 'zod';
import { KnownAddress, type OfferedAddress, offeredAddresses } from '../../domain/catalog/addresses.ts';
import type { Urgency } from '../../domain/fleet-budget.ts';
import type { CountryCode, FleetUserId } from '../../domain/ids.ts';
import type { FleetResult } from '../../fleet/fleet.ts';
import type { ServiceContext } from '../context.ts';
import { allPages } from '../pages.ts';
import { lifetimes, readThrough } from './products.ts';

export const ADDRESSES_KEY = 'addresses';

/** The saved addresses in a country. Null: Fleet didn't answer. */
export async function listAddresses(
  context: ServiceContext,
  asked: { readonly country: CountryCode; readonly requester: FleetUserId },
): Promise<{ readonly addresses: readonly OfferedAddress[]; readonly leftOut: number } | null> {
  const entry = { key: ADDRESSES_KEY, schema: z.array(KnownAddress), ...lifetimes.addresses, sealed: true };
  const known = await readThrough<readonly KnownAddress[]>(context, entry, (urgency) =>
    loadAddresses(context, urgency),
  );
  if (!known.ok) return null;
  const there = known.value.filter(({ country }) => country === asked.country);
  const owners = [...new Set(there.flatMap(({ owner }) => (owner === null ? [] : [owner])))];
  const people = await Promise.all(owners.map((owner) => context.store.directory.person(owner)));
  const names = new Map(people.flatMap((person) => (person === null ? [] : [[person.fleetUserId, person.name]])));
  return offeredAddresses(there, { ...asked, names });
}

/** Without the links we can't tell whose own an address is, so then we show none. */
async function loadAddresses(
  { fleet }: ServiceContext,
  urgency: Urgency,
): Promise<FleetResult<readonly KnownAddress[]>> {
  const [addresses, links] = await Promise.all([
    allPages((page) => fleet.listAddresses(page, urgency)),
    allPages((page) => fleet.listUserAddresses(page, urgency)),
  ]);
  if (!addresses.ok) return addresses;
  if (!links.ok) return links;
  const owners = new Map(links.value.map(({ addressId, fleetUserId }) => [addressId, fleetUserId]));
  return {
    ok: true,
    value: addresses.value.map(({ addressId, label, country, city, isDefault }) => {
      const owner = owners.get(addressId) ?? null;
      return { addressId, label: owner === null ? (label ?? city) : null, country, isDefault, owner };
    }),
  };
}
