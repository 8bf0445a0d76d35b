import { expect, it } from 'vitest';
import { anApi, refused, screen } from './api.ts';

const cart = { purchaser_id: 11, order_items: [screen] };

it.each([
  ['no key', {}],
  ['a wrong key', { authorization: 'Bearer flt_sk_wrong' }],
  ['another scheme', { authorization: 'Basic flt_sk_test_acme' }],
])('answers 401 to %s', async (_, headers) => {
  const { fleet } = await anApi();

  const response = await fetch(`${fleet.url}/users`, { headers });

  expect(response.status).toBe(401);
  expect(await response.json()).toEqual({ error: expect.any(String) });
});

it('forgets a revoked key until it is restored', async () => {
  const { get, fleet } = await anApi();

  fleet.cockpit.revokeKey();
  expect(await get('/users')).toMatchObject({ status: 401 });
  expect(await get('/users', fleet.readOnlyKey)).toMatchObject({ status: 200 });
  fleet.cockpit.restoreKey();
  expect(await get('/users')).toMatchObject({ status: 200 });
});

it('lets a READ key only read', async () => {
  const { get, post, patch, fleet, aCart } = await anApi();
  const id = await aCart();

  expect(await get(`/carts/${id}`, fleet.readOnlyKey)).toMatchObject({ status: 200 });
  expect(await post('/carts', cart, fleet.readOnlyKey)).toMatchObject(refused(403, 'INSUFFICIENT_SCOPE'));
  expect(await patch(`/carts/${id}`, { purchaser_id: 12 }, fleet.readOnlyKey)).toMatchObject(
    refused(403, 'INSUFFICIENT_SCOPE'),
  );
  expect(await post(`/carts/${id}/validate`, { purchaser_id: 11 }, fleet.readOnlyKey)).toMatchObject(
    refused(403, 'INSUFFICIENT_SCOPE'),
  );
});

it.each(['0', '042', '1e3', '-1', 'abc', '4.2', '%2042'])('refuses the path id %s', async (id) => {
  const { get } = await anApi();

  expect(await get(`/carts/${id}`)).toMatchObject(refused(400, expect.stringContaining('order_id must match')));
});

it.each([
  ['no content type', undefined, '{}'],
  ['a form', 'application/x-www-form-urlencoded', 'purchaser_id=11'],
  ['text', 'text/plain', '{}'],
  ['broken JSON', 'application/json', '{"purchaser_id":'],
  ['nothing', 'application/json', ''],
])('refuses a body of %s', async (_, contentType, body) => {
  const { raw } = await anApi();
  const headers: Record<string, string> = contentType === undefined ? {} : { 'content-type': contentType };

  const response = await raw('/carts', { method: 'POST', headers, body: new TextEncoder().encode(body) });

  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({ error: expect.any(String) });
});

it('accepts a content type with a charset', async () => {
  const { raw } = await anApi();
  const headers = { 'content-type': 'application/json; charset=utf-8' };

  expect((await raw('/carts', { method: 'POST', headers, body: JSON.stringify(cart) })).status).toBe(201);
});

it.each([
  ['DELETE', '/carts/42'],
  ['POST', '/orders/42'],
  ['GET', '/teams'],
  ['PUT', '/carts/42'],
])('does not know %s %s', async (method, path) => {
  const { raw } = await anApi();

  expect((await raw(path, { method })).status).toBe(404);
});

it('reports a deleted company on every operation', async () => {
  const { get, post, fleet } = await anApi();

  fleet.cockpit.removeCompany();

  expect(await get('/users')).toMatchObject(refused(404, 'COMPANY_NOT_FOUND'));
  expect(await post('/carts', cart)).toMatchObject(refused(404, 'COMPANY_NOT_FOUND'));
  fleet.cockpit.restoreCompany();
  expect(await post('/carts', cart)).toMatchObject({ status: 201 });
});

it('counts requests per key and minute, and says how long to wait', async () => {
  let now = 1_000_000;
  const { get, fleet } = await anApi({ requestsPerMinute: 3, now: () => now });

  const allowed = [await get('/users'), await get('/carts'), await get('/orders')];
  now += 20_500;
  const over = await get('/users');
  const otherKey = await get('/users', fleet.readOnlyKey);
  now += 39_500;
  const nextMinute = await get('/users');

  expect(allowed.map((one) => [one.status, one.headers.get('ratelimit-remaining')])).toEqual([
    [200, '2'],
    [200, '1'],
    [200, '0'],
  ]);
  expect(over).toMatchObject(refused(429, expect.any(String)));
  expect(over.headers.get('retry-after')).toBe('40');
  expect(over.headers.get('ratelimit-limit')).toBe('3');
  expect(over.headers.get('ratelimit-reset')).toBe('40');
  expect(otherKey.status).toBe(200);
  expect(nextMinute.status).toBe(200);
});

it('accepts a hundred requests a minute by default; a refused one changes nothing', async () => {
  const { get, post, fleet } = await anApi({ requestsPerMinute: 100 });
  for (let index = 0; index < 100; index += 1) await get('/users?limit=1');

  const answer = await post('/carts', cart);

  expect(answer.status).toBe(429);
  expect(fleet.carts()).toEqual([]);
});
