import { z } from 'zod';
import { readOwner } from '../../domain/catalog/address-owner.ts';
import { KnownAddress, type OfferedAddresses, offeredAddresses } from '../../domain/catalog/addresses.ts';
import type { Urgency } from '../../domain/fleet-budget.ts';
import type { CountryCode, FleetAddressId, FleetUserId } from '../../domain/ids.ts';
import type { FleetResult } from '../../fleet/fleet.ts';
import type { ServiceContext } from '../context.ts';
import { readList } from '../pages.ts';
import { distinctName } from '../people/match.ts';
import { lifetimes, readThrough } from './products.ts';

export const ADDRESSES_KEY = 'addresses';

/** Releases before this shape kept lists that might not have been whole, or didn't read marks; theirs is read again. */
const KnownAddresses = z.object({
  addresses: z.array(KnownAddress),
  areOwnersKnown: z.boolean(),
  isWhole: z.boolean(),
  readsMarks: z.literal(true),
});
type KnownAddresses = z.infer<typeof KnownAddresses>;

const readAddresses = (context: ServiceContext) =>
  readThrough(
    context,
    { key: ADDRESSES_KEY, schema: KnownAddresses, ...lifetimes.addresses, sealed: true },
    (urgency) => loadAddresses(context, urgency),
  );

/** Whose own address it is; null: the company's. Undefined: Fleet can't say. */
export async function ownerOfAddress(
  context: ServiceContext,
  addressId: FleetAddressId,
): Promise<FleetUserId | null | undefined> {
  const known = await readAddresses(context);
  return known.ok ? known.value.addresses.find((one) => one.addressId === addressId)?.owner : undefined;
}

/** The saved addresses in a country. Null: Fleet didn't answer. */
export async function listAddresses(
  context: ServiceContext,
  asked: {
    readonly country: CountryCode;
    readonly requester: FleetUserId;
    /** Whom it is for: only then others may choose that person's private address. */
    readonly assignee?: FleetUserId | null;
  },
): Promise<OfferedAddresses | null> {
  const known = await readAddresses(context);
  if (!known.ok) return null;
  const { addresses, areOwnersKnown, isWhole } = known.value;
  const there = addresses.filter(
    ({ country, owner, isPrivate }) =>
      country === asked.country &&
      (areOwnersKnown || owner === asked.requester) &&
      (isPrivate === undefined || owner === asked.requester || owner === asked.assignee),
  );
  const owners = [...new Set(there.flatMap(({ owner }) => (owner === null ? [] : [owner])))];
  const people = await Promise.all(
    owners.map(async (owner) => {
      const [person, distinct] = await Promise.all([
        context.store.directory.person(owner),
        distinctName(context, owner),
      ]);
      return person === null || distinct === null ? [] : [[owner, { name: person.name, distinct }] as const];
    }),
  );
  const names = new Map(people.flat());
  return { ...offeredAddresses(there, { ...asked, names }), isWhole };
}

/**
 * An address without an owner is the company's, and its label is shown to everyone: so only a whole list of owners may
 * say so, read after the addresses. Of a list that isn't whole we keep the addresses whose owner we know. An address that
 * ever had an owner is still a home when Fleet no longer says whose, such as after its owner left. A marked address is
 * its owner's by its label alone, and nobody's when its mark can't be read or Fleet links it to somebody else.
 */
async function loadAddresses(
  { fleet, log, store }: ServiceContext,
  urgency: Urgency,
): Promise<FleetResult<KnownAddresses>> {
  const listed = await readList({ ask: (page) => fleet.listAddresses(page, urgency), idOf: (one) => one.addressId });
  if (!listed.ok) return listed;
  const links = await readList({
    ask: (page) => fleet.listUserAddresses(page, urgency),
    idOf: ({ addressId, fleetUserId }) => `${addressId} ${fleetUserId}`,
  });
  if (!links.ok) return links;
  const { notWhole } = links.value;
  if (notWhole !== null) log.warn('only own addresses are offered: the list of owners is not whole', { why: notWhole });
  const owners = new Map(links.value.rows.map(({ addressId, fleetUserId }) => [addressId, fleetUserId]));
  const ids = listed.value.rows.map(({ addressId }) => addressId);
  await store.noteOwnAddresses(ids.filter((id) => owners.has(id)));
  const homes = await store.ownAddresses(ids.filter((id) => !owners.has(id)));
  const addresses = listed.value.rows.flatMap(({ addressId, label, country, city, isDefault }) => {
    const linked = owners.get(addressId) ?? null;
    const marked = readOwner(label);
    if (marked.kind === 'broken') return [];
    if (marked.kind === 'owner') {
      const owner = marked.fleetUserId;
      if (linked !== null && linked !== owner) return [];
      return [{ addressId, label: null, country, isDefault: false, owner, isPrivate: true as const }];
    }
    const owner = linked;
    if (owner === null && (notWhole !== null || homes.has(addressId))) return [];
    return [{ addressId, label: owner === null ? (label ?? city) : null, country, isDefault, owner }];
  });
  const areOwnersKnown = notWhole === null;
  const isWhole = areOwnersKnown && listed.value.notWhole === null;
  return { ok: true, value: { addresses, areOwnersKnown, isWhole, readsMarks: true } };
}
