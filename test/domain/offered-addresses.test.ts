import { describe, expect, it } from 'vitest';
import { type KnownAddress, offeredAddresses } from '../../src/domain/catalog/addresses.ts';
import { addressId, country, fleetUserId } from './an-order-form.ts';

const address = (id: number, label: string | null, owner: number | null = null, more: Partial<KnownAddress> = {}) => ({
  addressId: addressId(id),
  label,
  country: country('DE'),
  isDefault: false,
  owner: owner === null ? null : fleetUserId(owner),
  ...more,
});
const names = new Map(
  [
    [1, 'Emma Roth'],
    [2, 'Anna Keller'],
    [3, 'Ben Martin'],
    [4, 'Ben Miller'],
    [5, 'Clara Rossi', 'Clara Rossi (Fleet user 5)'],
  ].map(([id, name, distinct = name]) => [fleetUserId(Number(id)), { name: `${name}`, distinct: `${distinct}` }]),
);
const labels = (...known: KnownAddress[]) =>
  offeredAddresses(known, { country: country('DE'), requester: fleetUserId(1), names }).addresses.map(
    ({ label }) => label,
  );

describe('the addresses on offer', () => {
  it("are the company's with its default first, then one's own, then colleagues'", () => {
    expect(
      labels(
        address(1, null, 2),
        address(2, null, 1),
        address(3, 'Office Munich'),
        address(4, 'Warehouse', null, { isDefault: true }),
        address(5, 'Office Berlin'),
      ),
    ).toEqual(['Warehouse', 'Office Berlin', 'Office Munich', 'Your own address', "Anna's own address"]);
  });

  it('are those in the country', () => {
    expect(
      labels(address(1, 'Paris', null, { country: country('FR') }), address(2, 'Nowhere', null, { country: null })),
    ).toEqual([]);
  });

  it('never show the label of somebody’s own: it may hold a street', () => {
    expect(labels(address(1, 'Hauptstraße 5', 2), address(2, 'Hauptstraße 6', 99))).toEqual([
      "A colleague's own address",
      "Anna's own address",
    ]);
  });

  it('tell somebody from their namesake, who may have no address here', () => {
    expect(labels(address(1, null, 5))).toEqual(["Clara Rossi (Fleet user 5)'s own address"]);
  });

  it('tell two Bens apart', () => {
    expect(labels(address(1, null, 3), address(2, null, 4))).toEqual([
      "Ben Martin's own address",
      "Ben Miller's own address",
    ]);
  });

  it('number what nothing else tells apart', () => {
    expect(labels(address(2, null, 2), address(1, null, 2), address(3, null, 1), address(4, null, 1))).toEqual([
      'Your own address',
      'Your own address (2)',
      "Anna's own address",
      "Anna's own address (2)",
    ]);
  });

  it('have a name also where the company gave none', () => {
    expect(labels(address(12, null))).toEqual(['Company address 12']);
  });

  it('are no more than a select can hold, and it is told how many are left out', () => {
    const many = Array.from({ length: 302 }, (_, index) => address(index + 1, `Office ${index + 1}`));

    const offer = offeredAddresses(many, { country: country('DE'), requester: fleetUserId(1), names });

    expect(offer.addresses).toHaveLength(300);
    expect(offer.leftOut).toBe(2);
  });
});
