import { privateLabel, sharedLabel } from '../../domain/catalog/address-owner.ts';
import { addressText } from '../../domain/catalog/new-address.ts';
import type { FleetTaskAsked } from '../../domain/fleet-task.ts';
import { addressLabelLimit } from '../../fleet/inferred.ts';
import { type Address, contentsOf } from '../../fleet/schema.ts';
import type { ServiceContext } from '../context.ts';
import { type Found, lookFor, type Saving } from '../look-for.ts';
import { ADDRESSES_KEY } from './addresses.ts';

/** An address that Fleet doesn't know: somebody's own, marked in its label, or everyone's. */
export function addressSaving(
  context: ServiceContext,
  { address, owner }: Extract<FleetTaskAsked, { kind: 'add_address' }>,
): Saving {
  const { fleet, store } = context;
  const name = `${address.firstName} ${address.lastName}`;
  // Never a street: everyone reads the label of a shared address.
  const label =
    owner === null
      ? sharedLabel(`${address.city}, ${name}`, addressLabelLimit)
      : privateLabel(name, owner, addressLabelLimit);
  const asFleetSays = {
    first_name: address.firstName,
    last_name: address.lastName,
    address1: address.address1,
    address2: address.address2,
    zip: address.zip,
    city: address.city,
    country: address.country,
    label,
  };
  const contents = contentsOf(asFleetSays);
  const found = ({ addressId }: Address): Found => ({
    fleetId: addressId,
    record: async () => {
      if (owner !== null) await store.noteOwnAddresses([addressId]);
      await store.cache.forget(ADDRESSES_KEY);
    },
  });
  return {
    operation: 'createAddress',
    name: [addressText(asFleetSays)],
    isAllowed: ({ fleetUserId, isFleetAdmin }) => isFleetAdmin || fleetUserId === owner,
    known: async () => null,
    send: async () => {
      const created = await fleet.createAddress({ ...address, label }, 'person');
      return created.ok ? { ok: true, value: found(created.value) } : created;
    },
    look: async () => {
      const ask = (page: { readonly limit: number; readonly offset: number }) =>
        fleet.listAddresses(page, 'background');
      const looked = await lookFor(ask, {
        idOf: (one) => one.addressId,
        fits: (one) => one.contents === contents,
      });
      return looked.kind === 'found' ? { kind: 'found', found: found(looked.found) } : looked;
    },
    isThere: () => false,
    fieldOf: (failure) =>
      failure.kind === 'rejected' && failure.code === 'DELIVERY_COUNTRY_NOT_FOUND' ? 'country' : null,
  };
}
