import { describe, expect, it } from 'vitest';
import { contentsOf } from '../../src/fleet/schema.ts';
import { answers, calls, newAddress, page } from './support/calls.ts';
import { aFleet } from './support/fleet-client.ts';
import { json } from './support/fleet-server.ts';

const answered = async (operation: keyof typeof calls, body: unknown) =>
  calls[operation]((await aFleet(json(answers[operation].status, body))).fleet);

describe('the answer to a write is about what was written', () => {
  it.each([
    ['createUser', { data: { id: 71, email: 'somebody.else@example.com' } }],
    ['updateAddress', { data: { id: 57, label: 'Lisbon' } }],
    ['updateDevice', { data: { id: 901, name: 'MacBook' } }],
  ] as const)('%s about another one says nothing', async (operation, body) => {
    expect(await answered(operation, body)).toMatchObject({
      failure: { kind: 'unreadable', issue: 'another record than the one asked for' },
    });
  });

  it.each([['NOAH.Weber@Example.com'], [null]])(
    'an email in another case, or none, is the same person: %s',
    async (email) => {
      expect(await answered('createUser', { data: { id: 71, email } })).toMatchObject({
        ok: true,
        value: { fleetUserId: 71 },
      });
    },
  );
});

describe('an address', () => {
  const row = {
    id: 57,
    first_name: 'Noah',
    last_name: 'Weber',
    phone: '+351 912 345 678',
    address1: 'Rua das Flores 5',
    zip: '1200-195',
    city: 'Lisboa',
    country: 'PT',
    label: 'Noah Weber',
  };
  const listed = async (...rows: readonly object[]) => {
    const result = await answered('listAddresses', page(...rows));
    if (!result.ok) throw new Error(result.failure.kind);
    return (result.value as { items: readonly { contents: string }[] }).items;
  };

  it('is the same however Fleet spells it', async () => {
    const spelled = { ...row, address1: '  RUA DAS FLORES, 5 ', zip: '1200195', address2: '', phone: null };
    const [one, two] = await listed(row, spelled);

    expect(two?.contents).toBe(one?.contents);
    const { firstName, lastName, address1, zip, city, country, label } = newAddress;
    const asked = {
      first_name: firstName,
      last_name: lastName,
      address1,
      address2: undefined,
      zip,
      city,
      country,
      label,
    };
    expect(contentsOf(asked)).toBe(one?.contents);
  });

  it.each(['first_name', 'last_name', 'address1', 'address2', 'zip', 'city', 'country', 'label'])(
    'is another one with another %s',
    async (field) => {
      const [one, two] = await listed(row, { ...row, [field]: 'Other' });
      expect(two?.contents).not.toBe(one?.contents);
    },
  );

  it('leaves nothing readable of where somebody lives', async () => {
    expect(JSON.stringify(await listed(row))).not.toMatch(/Flores|1200|912/u);
  });
});

describe('a tracking link', () => {
  const links = [
    ['https://parcel.example/1?a=b', { trackingUrl: 'https://parcel.example/1?a=b' }],
    ['http://parcel.example/1', {}],
    ['javascript:alert(1)', {}],
    ['https://anna:secret@parcel.example/1', {}],
    ['https://anna@parcel.example/1', {}],
    ['https://:secret@parcel.example/1', {}],
    ['parcel 1', {}],
    [null, {}],
    [7, {}],
  ] as const;

  it.each(links)('of a device is kept when it is https: %j', async (tracking_url, kept) => {
    const result = await answered('listDevices', page({ id: 900, name: 'MacBook', tracking_url }));
    expect(result).toMatchObject({ value: { items: [{ fleetDeviceId: 900 }] } });
    const [device] = (result as { value: { items: readonly { trackingUrl?: string }[] } }).value.items;
    expect(device?.trackingUrl).toBe((kept as { trackingUrl?: string }).trackingUrl);
  });

  it('of an order is read where an answer has one', async () => {
    const data = { order_id: 42, client_status: 'SHIPPED', tracking_url: 'https://parcel.example/2' };
    expect(await answered('getOrder', { data })).toMatchObject({ value: { trackingUrl: 'https://parcel.example/2' } });
  });
});
