import { expect, it } from 'vitest';
import type { Fault } from '../../fleet/fault.ts';
import { anApi } from './api.ts';

const people = { purchaser_id: 11, signatory_id: 21 };
const validateCart = { operation: 'validateCart' } as const;

async function aValidate(fault: Fault, timeoutMs = 2_000) {
  const api = await anApi({ requestsPerMinute: 100 });
  const id = await api.aCart();
  const active = api.fleet.faults.add(fault);
  const send = () =>
    api.raw(`/carts/${id}/validate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(people),
      signal: AbortSignal.timeout(timeoutMs),
    });
  return { ...api, id, active, send, commits: () => api.fleet.validateCommits(id) };
}

it.each([
  ['hang_before_commit', 0],
  ['hang_after_commit', 1],
] as const)('never answers: %s leaves %i commits', async (kind, commits) => {
  const validate = await aValidate({ ...validateCart, kind }, 150);

  await expect(validate.send()).rejects.toMatchObject({ name: 'TimeoutError' });

  expect(validate.commits()).toBe(commits);
  expect(validate.fleet.journal.of('validateCart')).toMatchObject([{ status: null, durationMs: null, faults: [kind] }]);
});

it.each([
  ['reset_before_commit', 0],
  ['reset_after_commit', 1],
] as const)('breaks the connection: %s leaves %i commits', async (kind, commits) => {
  const validate = await aValidate({ ...validateCart, kind });

  await expect(validate.send()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });

  expect(validate.commits()).toBe(commits);
});

it.each(['hang_mid_body', 'reset_mid_body'] as const)('answers in part: %s', async (kind) => {
  const validate = await aValidate({ ...validateCart, kind }, 200);

  const response = await validate.send();

  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow();
  expect(validate.commits()).toBe(1);
});

it.each([
  [{ kind: 'server_error_before_commit' }, 500, 0],
  [{ kind: 'server_error_after_commit' }, 500, 1],
  [{ kind: 'server_error_after_commit', status: 504 }, 504, 1],
  [{ kind: 'service_unavailable', retryAfterSeconds: 2 }, 503, 0],
  [{ kind: 'rate_limited' }, 429, 0],
  [{ kind: 'answer', status: 400, body: { error: 'Votre panier <b>est</b> vide' } }, 400, 0],
  [{ kind: 'answer', status: 409, body: { error: 'ORDER_NOT_CART' }, stage: 'after_commit' }, 409, 1],
] as const)('answers an error: %o', async (what, status, commits) => {
  const validate = await aValidate({ ...validateCart, ...what });

  const response = await validate.send();

  expect(response.status).toBe(status);
  expect(await response.json()).toEqual({ error: expect.any(String) });
  expect(validate.commits()).toBe(commits);
});

it.each([
  [{ tell: 'seconds', seconds: 7 }, '7', null],
  [{ tell: 'http_date', seconds: 7 }, 'Thu, 01 Jan 2026 00:00:07 GMT', null],
  [{ tell: 'reset_only', seconds: 7 }, null, '7'],
  [{ tell: 'reset_epoch', seconds: 7 }, null, '1767225607'],
  [{ tell: 'nothing' }, null, null],
] as const)('announces a wait as %o', async (how, retryAfter, reset) => {
  const { get, fleet } = await anApi({ now: () => Date.UTC(2026, 0, 1), requestsPerMinute: 100 });
  fleet.faults.add({ operation: 'listUsers', kind: 'rate_limited', ...how });

  const { status, headers } = await get('/users');

  expect([status, headers.get('retry-after'), headers.get('ratelimit-reset')]).toEqual([429, retryAfter, reset]);
});

it.each([
  [{ kind: 'html', status: 200 }, 200, /^<!doctype html>/],
  [{ kind: 'html' }, 502, /^<!doctype html>/],
  [{ kind: 'broken_json' }, 200, /^\{"data":.*[^}]$/],
  [{ kind: 'empty_body' }, 200, /^$/],
  [{ kind: 'wrong_shape' }, 200, /^\{"result":"ok"\}$/],
  [{ kind: 'wrong_shape', shape: 'ids_as_strings' }, 200, /"order_id":"42"/],
  [{ kind: 'wrong_shape', shape: 'data_is_a_list' }, 200, /"data":\[/],
  [{ kind: 'unknown_status' }, 200, /"client_status":"TELEPORTING"/],
] as const)('commits, then gives an unreadable answer: %o', async (what, status, text) => {
  const validate = await aValidate({ ...validateCart, ...what });

  const response = await validate.send();

  expect(response.status).toBe(status);
  expect(await response.text()).toMatch(text);
  expect(validate.commits()).toBe(1);
});

it('answers ten megabytes', async () => {
  const validate = await aValidate({ ...validateCart, kind: 'huge_body' }, 20_000);

  const text = await (await validate.send()).text();

  expect(text.length).toBeGreaterThan(10 * 1024 * 1024);
  expect(JSON.parse(text)).toMatchObject({ data: { order_id: 42 } });
});

it('nulls every nullable field and nothing else', async () => {
  const { get, fleet, aCart } = await anApi();
  await aCart();
  fleet.faults.add({ operation: '*', kind: 'nulls' });

  const cart = await get('/carts/42');
  const user = await get('/users/11');
  const pricing = await get('/catalog/products/131/pricing?delivery_country=FR&currency=EUR&acquisition_mode=LEASING');
  const products = await get('/catalog/product-groups/1/products?delivery_country=FR');

  const device = { id: expect.any(Number), name: null, rent: null, product_id: null };
  expect(cart.body).toEqual({
    data: {
      id: 42,
      purchaser_id: null,
      num_devices: null,
      rent: null,
      currency: null,
      devices: new Array(4).fill(device),
    },
  });
  expect(user.body).toMatchObject({
    data: { id: 11, email: null, first_name: null, role: 'EMPLOYEE', teams: [{ label: 'Design' }] },
  });
  expect(pricing.body).toEqual({ data: { min_shipping: null, max_shipping: null, amount: 19.9 } });
  expect(products.body).toMatchObject({
    data: [{ id: 101, has_keyboard: true, name: null, characteristics: { ram: null } }, {}, {}, {}],
  });
});

it('commits even if the client gave up on a slow answer', async () => {
  const validate = await aValidate({ ...validateCart, kind: 'slow', ms: 120 }, 40);

  await expect(validate.send()).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(validate.commits()).toBe(0);

  await expect.poll(validate.commits).toBe(1);
});

it('applies as often as set, or until removed or cleared', async () => {
  const { get, fleet } = await anApi();
  const statuses = async (count: number) => {
    const seen: number[] = [];
    for (let index = 0; index < count; index += 1) seen.push((await get('/users?limit=1')).status);
    return seen;
  };

  const twice = fleet.faults.add({ operation: 'listUsers', kind: 'service_unavailable', times: 2 });
  expect(await statuses(3)).toEqual([503, 503, 200]);
  expect(twice.hits()).toBe(2);
  const always = fleet.faults.add({ operation: '*', kind: 'server_error_before_commit', times: 'always' });
  expect(await statuses(3)).toEqual([500, 500, 500]);
  always.remove();
  expect(await statuses(1)).toEqual([200]);
  fleet.faults.add({ operation: '*', kind: 'empty_body' });
  fleet.faults.clear();
  expect(await statuses(1)).toEqual([200]);
});

it('applies by chance, the same way for the same seed', async () => {
  const run = async (seed: number) => {
    const { get, fleet } = await anApi();
    fleet.faults.add({ operation: '*', kind: 'server_error_before_commit', probability: 0.3, seed });
    const seen: number[] = [];
    for (let index = 0; index < 40; index += 1) seen.push((await get('/users?limit=1')).status);
    return seen.join();
  };

  const [first, again, other] = [await run(5), await run(5), await run(6)];

  expect(first).toBe(again);
  expect(first).not.toBe(other);
  expect(first.match(/500/g)?.length).toBeGreaterThan(4);
});

it('can apply to one order only, and only one fault applies to a request', async () => {
  const { get, fleet, aCart } = await anApi();
  const annas = await aCart(11);
  const bens = await aCart(12);
  const first = fleet.faults.add({
    operation: 'getCart',
    kind: 'service_unavailable',
    when: ({ params }) => params.order_id === String(bens),
  });
  const second = fleet.faults.add({ operation: 'getCart', kind: 'server_error_before_commit' });

  expect((await get(`/carts/${bens}`)).status).toBe(503);
  expect((await get(`/carts/${annas}`)).status).toBe(500);
  expect([first.hits(), second.hits()]).toEqual([1, 1]);
});

it('reads what was so before the last change, until it has caught up', async () => {
  const api = await anApi();
  const lag = api.fleet.faults.add({ operation: '*', kind: 'lag' });
  const id = await api.aCart();
  const statusOf = async (path: string) => (await api.raw(path)).status;

  expect(await statusOf(`/carts/${id}`)).toBe(404);
  lag.remove();
  expect(await statusOf(`/carts/${id}`)).toBe(200);
  api.fleet.cockpit.validate(id);
  api.fleet.faults.add({ operation: '*', kind: 'lag', times: 2 });
  expect([await statusOf(`/carts/${id}`), await statusOf(`/orders/${id}`)]).toEqual([200, 404]);
  expect([await statusOf(`/carts/${id}`), await statusOf(`/orders/${id}`)]).toEqual([404, 200]);
});
