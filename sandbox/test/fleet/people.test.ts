import { expect, it } from 'vitest';
import { aSeed } from '../../fleet/seed/a-seed.ts';
import { canaries } from '../../fleet/seed/places.ts';
import { anApi, refused } from './api.ts';

type Users = { data: { id: number; email: string | null; secondary_email: string | null }[]; meta: { total: number } };

it('lists the people that tests rely on', async () => {
  const { get } = await anApi();

  const { data } = (await get('/users?limit=100')).body as Users;

  const byId = new Map(data.map((user) => [user.id, user]));
  expect(byId.get(11)).toMatchObject({ email: 'anna.keller@acme.test', first_name: 'Anna', role: 'EMPLOYEE' });
  expect(byId.get(12)).toMatchObject({ email: 'ben.martin@acme.test' });
  expect(byId.get(13)).toMatchObject({ email: 'eva.lind@acme.test' });
  expect(byId.get(21)).toMatchObject({ email: 'clara.rossi@acme.test', role: 'ADMIN' });
  expect(byId.get(22)).toMatchObject({ email: 'dan.oneil@acme.test', role: 'ADMIN', last_name: "O'Neil" });
  expect(byId.get(31)).toMatchObject({ email: null, first_name: 'Temp' });
  expect(data.filter((user) => user.secondary_email === 'front.desk@acme.test')).toHaveLength(2);
});

it('pages ten thousand people by a hundred and has no email filter', async () => {
  const { get } = await anApi({ seed: aSeed({ users: 10_000 }) });

  const page = (await get('/users?limit=100&offset=9900')).body as Users;

  expect(page.data).toHaveLength(100);
  expect(page.meta.total).toBe(10_000);
  expect(await get('/users?email=anna.keller@acme.test')).toMatchObject(
    refused(400, 'query.email is not a known field'),
  );
  expect(await get('/users?limit=0')).toMatchObject(refused(400, expect.stringContaining('query.limit')));
  expect(await get('/users?offset=-1')).toMatchObject(refused(400, expect.stringContaining('query.offset')));
});

it('drops a removed user and applies a changed role at once', async () => {
  const { get, fleet } = await anApi();

  fleet.cockpit.removeUser(12);
  fleet.cockpit.setRole(13, 'ADMIN');

  expect(await get('/users/12')).toMatchObject(refused(404, 'USER_NOT_FOUND'));
  expect((await get('/users/13')).body).toMatchObject({ data: { role: 'ADMIN' } });
});

it('keeps streets in addresses, and only ids in links to them', async () => {
  const { get, fleet } = await anApi();

  const { data } = (await get('/addresses')).body as { data: { id: number; is_default: boolean; is_hq: boolean }[] };
  const links = await get('/user-addresses');
  fleet.cockpit.removeAddress(56);

  expect(data.filter((address) => address.is_default).map((address) => address.id)).toEqual([51]);
  expect((await get('/addresses/61')).body).toMatchObject({
    data: { address1: 'Canaryweg 61', country: 'DE', first_name: 'Anna' },
  });
  expect(links.body).toMatchObject({
    data: expect.arrayContaining([{ user_id: 11, address_id: 61 }]),
    meta: { total: 6 },
  });
  expect(canaries.filter((canary) => !JSON.stringify(data).includes(canary))).toEqual([]);
  expect(canaries).toContain('Canarymunich');
  expect(canaries).not.toContain('Canaryberlin');
  expect(JSON.stringify(links.body)).not.toMatch(/canary/i);
  expect(await get('/addresses/56')).toMatchObject(refused(404, 'ADDRESS_NOT_FOUND'));
});

it("finds devices by person, status, and words in the device's or the assignee's name", async () => {
  const { get } = await anApi();
  const names = async (query: string) =>
    ((await get(`/devices?${query}`)).body as { data: { name: string | null }[] }).data.map((device) => device.name);

  expect(await names('user_id=11')).toEqual(['MacBook Air 13 M2', 'Dell UltraSharp 24']);
  expect(await names('client_status=AVAILABLE')).toEqual(['Spare MacBook Pro 16']);
  expect(await names('search=keller')).toHaveLength(2);
  expect(await names('search=ultrasharp')).toEqual(['Dell UltraSharp 24']);
  expect(await get('/devices?client_status=LOST')).toMatchObject(
    refused(400, expect.stringContaining('query.client_status')),
  );
});
