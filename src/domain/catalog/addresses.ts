import { z } from 'zod';
import { CountryCode, FleetAddressId, FleetUserId } from '../ids.ts';
import { alphabetical } from '../name-match.ts';
import type { DeepReadonly } from '../vocabulary.ts';

export interface OfferedAddress {
  readonly addressId: FleetAddressId;
  /** Never a street: "Office Berlin", "Anna's own address". Null: chosen before, but Fleet isn't answering now. */
  readonly label: string | null;
}

export interface OfferedAddresses {
  readonly addresses: readonly OfferedAddress[];
  readonly leftOut: number;
  /** False: Fleet may have more than these. */
  readonly isWhole: boolean;
}

/** All that we keep of an address: nothing that says where anyone lives. */
export const KnownAddress = z.object({
  addressId: FleetAddressId,
  /** Null for a person's own address: its label may contain a street. */
  label: z.string().nullable(),
  country: CountryCode.nullable(),
  isDefault: z.boolean(),
  /** The person whose own address it is. Null: the company's. */
  owner: FleetUserId.nullable(),
  /** Fleet's label says that it is its owner's alone. */
  isPrivate: z.literal(true).exactOptional(),
});
export type KnownAddress = DeepReadonly<z.infer<typeof KnownAddress>>;

const MAX_ADDRESSES = 300;

/** An owner's full name, and what tells them apart from everyone else in the company. */
export interface OwnerName {
  readonly name: string;
  readonly distinct: string;
}

/** The company's addresses in the country by label, then the requester's own, then colleagues' own by name. */
export function offeredAddresses(
  known: readonly KnownAddress[],
  asked: {
    readonly country: CountryCode;
    readonly requester: FleetUserId;
    /** Of the owners that the directory knows. */
    readonly names: ReadonlyMap<FleetUserId, OwnerName>;
  },
): Omit<OfferedAddresses, 'isWhole'> {
  const there = known.filter(({ country }) => country === asked.country);
  const owners = [...new Set(there.flatMap(({ owner }) => (owner === null ? [] : [owner])))];
  const firstNames = owners.map((owner) => firstName(asked.names.get(owner)?.name));
  const isShared = (name: string) => firstNames.filter((one) => one === name).length > 1;
  const rows = there.map((address) => ({ addressId: address.addressId, ...labelled(address, asked, isShared) }));
  rows.sort(
    (one, other) =>
      one.rank - other.rank || alphabetical.compare(one.label, other.label) || one.addressId - other.addressId,
  );
  return {
    addresses: numbered(rows.slice(0, MAX_ADDRESSES)),
    leftOut: Math.max(0, rows.length - MAX_ADDRESSES),
  };
}

/** Nothing that we may show tells a person's two addresses apart, so they are numbered. */
function numbered(
  rows: readonly { readonly addressId: FleetAddressId; readonly label: string }[],
): readonly OfferedAddress[] {
  const seen = new Map<string, number>();
  return rows.map(({ addressId, label }) => {
    const count = (seen.get(label) ?? 0) + 1;
    seen.set(label, count);
    return { addressId, label: count === 1 ? label : `${label} (${count})` };
  });
}

function labelled(
  { addressId, label, isDefault, owner }: KnownAddress,
  { requester, names }: { readonly requester: FleetUserId; readonly names: ReadonlyMap<FleetUserId, OwnerName> },
  isShared: (firstName: string) => boolean,
): { readonly label: string; readonly rank: number } {
  if (owner === null) return { label: label ?? `Company address ${addressId}`, rank: isDefault ? 0 : 1 };
  if (owner === requester) return { label: 'Your own address', rank: 2 };
  const { name, distinct } = names.get(owner) ?? { name: '', distinct: '' };
  // Also where the namesake has no address here: nobody must take this home for theirs.
  const shown = isShared(firstName(name)) || distinct !== name ? distinct.trim() : firstName(name);
  return { label: shown === '' ? "A colleague's own address" : `${shown}'s own address`, rank: 3 };
}

function firstName(name: string | undefined): string {
  return (name ?? '').trim().replace(/\s.*$/su, '');
}
