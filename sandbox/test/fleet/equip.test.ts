import { expect, it } from 'vitest';
import { anApi, refused } from './api.ts';

const noah = { email: 'noah.weber@acme.test', first_name: 'Noah', last_name: 'Weber' };
const lisbon = {
  ...{ first_name: 'Noah', last_name: 'Weber', phone: '+351912345678', phone_country: 'PT' },
  ...{ address1: 'Rua das Flores 5', zip: '1200-195', city: 'Lisboa', country: 'PT', label: 'Noah Weber' },
};
type One = { data: { id: number } };
type Many = { data: { id: number }[] };

it('adds a person once, by email in any case', async () => {
  const { post, get, fleet } = await anApi();

  const added = await post('/users', { ...noah, arrival_date: '2026-12-15' });

  expect(added).toMatchObject({ status: 201, body: { data: { role: 'EMPLOYEE', email: noah.email, teams: [] } } });
  expect(await get(`/users/${(added.body as One).data.id}`)).toMatchObject({ status: 200 });
  expect(await post('/users', { ...noah, email: 'NOAH.weber@ACME.test' })).toMatchObject(
    refused(409, 'USER_EMAIL_CONFLICT'),
  );
  expect(fleet.journal.count('createUser')).toBe(2);
});

it.each([
  ['a personal address', { ...noah, email: 'noah@gmail.com' }, 'USER_EMAIL_NOT_ALLOWED'],
  ['no address', { first_name: 'Noah' }, 'body.email is required'],
  ['no email', { ...noah, email: 'noah' }, 'body.email must be an email address'],
  ['an empty name', { ...noah, last_name: '' }, 'body.last_name must be a string of at least 1 character'],
  ['a password', { ...noah, password: 'x' }, 'body.password is not a known field'],
  ['a team that is not there', { ...noah, team_ids: [999] }, 'unknown team'],
])('refuses a person with %s', async (_, body, error) => {
  const { post } = await anApi();
  expect(await post('/users', body)).toMatchObject(refused(400, error));
});

it('adds an address and changes it', async () => {
  const { post, patch, get } = await anApi();

  const { data } = (await post('/addresses', lisbon)).body as One;
  const changed = await patch(`/addresses/${data.id}`, { city: 'Porto' });

  expect(changed).toMatchObject({ status: 200, body: { data: { ...lisbon, city: 'Porto', is_default: false } } });
  expect(await get(`/addresses/${data.id}`)).toMatchObject({ body: { data: { city: 'Porto' } } });
});

it.each([
  ['POST', '/addresses', { ...lisbon, label: undefined }, 400, 'body.label is required'],
  ['POST', '/addresses', { ...lisbon, address1: 'x'.repeat(71) }, 400, 'at most 70 characters'],
  ['POST', '/addresses', { ...lisbon, country: 'JP' }, 404, 'DELIVERY_COUNTRY_NOT_FOUND'],
  ['POST', '/addresses', { ...lisbon, is_default: 'yes' }, 400, 'must be true or false'],
  ['PATCH', '/addresses/51', {}, 400, 'EMPTY_PATCH_BODY'],
  ['PATCH', '/addresses/51', { country: 'JP' }, 404, 'DELIVERY_COUNTRY_NOT_FOUND'],
  ['PATCH', '/addresses/51', { city: null }, 400, 'body.city must be'],
  ['PATCH', '/addresses/999', { city: 'Porto' }, 404, 'ADDRESS_NOT_FOUND'],
  ['PATCH', '/devices/999', { user_id: 11 }, 404, 'DEVICE_NOT_FOUND'],
])('%s %s with %j is refused', async (method, path, body, status, error) => {
  const api = await anApi();
  const answer = await (method === 'POST' ? api.post(path, body) : api.patch(path, body));
  expect(answer).toMatchObject(refused(status, expect.stringContaining(error)));
});

it('hands a device to a person, unless it is archived', async () => {
  const { get, patch, fleet } = await anApi();
  const [spare] = ((await get('/devices?client_status=AVAILABLE')).body as Many).data;
  const path = `/devices/${spare?.id}`;

  expect(await patch(path, {})).toMatchObject(refused(400, 'EMPTY_PATCH_BODY'));
  expect(await patch(path, { user_id: 999 })).toMatchObject(refused(400, 'INVALID_USER'));
  expect(await patch(path, { user_id: 13 })).toMatchObject({ status: 200 });
  expect(((await get('/devices?user_id=13')).body as Many).data).toContainEqual(
    expect.objectContaining({ id: spare?.id }),
  );
  const device = fleet.state.devices.get(spare?.id ?? 0);
  if (device === undefined) throw new Error('no device');
  fleet.state.save('devices', { ...device, clientStatus: 'ARCHIVED' });
  expect(await patch(path, { user_id: 11 })).toMatchObject(refused(403, 'DEVICE_MUTATION_FORBIDDEN'));
});

it('a list that lags does not show what was just added, and another one does', async () => {
  const { post, get, fleet } = await anApi();
  const lagging = ['listUsers', 'listAddresses'] as const;
  for (const operation of lagging) fleet.faults.add({ operation, kind: 'lag', times: 1 });

  const user = ((await post('/users', noah)).body as One).data.id;
  const address = ((await post('/addresses', lisbon)).body as One).data.id;
  const ids = async (path: string) => ((await get(path)).body as Many).data.map(({ id }) => id);

  expect(await ids('/users?limit=100')).not.toContain(user);
  expect(await ids('/addresses?limit=100')).not.toContain(address);
  expect(await ids('/users?limit=100')).toContain(user);
  expect(await ids('/addresses?limit=100')).toContain(address);
});

it('may keep emails in lower case', async () => {
  const { post, fleet } = await anApi();
  fleet.rules.emailsKept = 'in_lower_case';
  expect(await post('/users', { ...noah, email: 'Noah.Weber@acme.test' })).toMatchObject({
    body: { data: { email: 'noah.weber@acme.test' } },
  });
});

it('a key that may only read adds nobody', async () => {
  const { post, fleet } = await anApi();
  expect(await post('/users', noah, fleet.readOnlyKey)).toMatchObject(refused(403, 'INSUFFICIENT_SCOPE'));
});
