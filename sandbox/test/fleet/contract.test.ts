import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { type Answer, type Api, anApi, macBook, screen } from './api.ts';
import contract from './fixtures/seed-operations.json' with { type: 'json' };

const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addSchema(contract, 'contract');

type SeedOperation = keyof typeof contract.responses;

function faultsOf(definition: string, body: unknown): unknown {
  const check = ajv.compile({ $ref: `contract#/definitions/${definition}` });
  return check(body) ? [] : check.errors;
}

function expectContract(operation: SeedOperation, answer: Answer): void {
  const definition = (contract.responses[operation] as Record<string, string>)[String(answer.status)];
  if (!definition) throw new Error(`${operation} may not answer ${answer.status}`);
  expect(faultsOf(definition, answer.body)).toEqual([]);
}

const people = { purchaser_id: 11, signatory_id: 21 };

type Case = readonly [string, SeedOperation, number, (api: Api, id: number) => Promise<Answer>];

const patch = (body: unknown) => (api: Api, id: number) => api.patch(`/carts/${id}`, body);
const validate = (body: unknown) => (api: Api, id: number) => api.post(`/carts/${id}/validate`, body);

const cases: readonly Case[] = [
  ['a cart', 'getCart', 200, (api, id) => api.get(`/carts/${id}`)],
  ['no cart', 'getCart', 404, (api) => api.get('/carts/999')],
  ['new lines', 'patchCart', 200, patch({ order_items: [macBook, screen] })],
  ['a purchase', 'patchCart', 200, patch({ acquisition_mode: 'BUY' })],
  ['mixed currencies', 'patchCart', 200, patch({ order_items: [screen, { ...screen, delivery_country: 'GB' }] })],
  ['a product without name', 'patchCart', 200, patch({ order_items: [{ product_id: 281, delivery_country: 'FR' }] })],
  ['an empty patch', 'patchCart', 400, patch({})],
  ['a bad line', 'patchCart', 400, patch({ order_items: [{ ...macBook, keyboard_layout: undefined }] })],
  ['a READ key', 'patchCart', 403, (api, id) => api.patch(`/carts/${id}`, people, api.fleet.readOnlyKey)],
  ['an unknown product', 'patchCart', 404, patch({ order_items: [{ ...screen, product_id: 999 }] })],
  [
    'a product not sold there',
    'patchCart',
    404,
    patch({ order_items: [{ ...macBook, product_id: 191, delivery_country: 'ES' }] }),
  ],
  [
    'a layout not offered',
    'patchCart',
    404,
    patch({ order_items: [{ ...macBook, product_id: 141, keyboard_layout: 'DUTCH_QWERTY' }] }),
  ],
  [
    'an order',
    'patchCart',
    409,
    (api, id) => ordered(api, id).then(() => api.patch(`/carts/${id}`, { purchaser_id: 11 })),
  ],
  [
    'a server error',
    'patchCart',
    500,
    (api, id) => failing(api, 'patchCart').patch(`/carts/${id}`, { purchaser_id: 11 }),
  ],
  ['a validate', 'validateCart', 200, validate(people)],
  ['a stranger', 'validateCart', 400, validate({ purchaser_id: 999 })],
  ['a READ key', 'validateCart', 403, (api, id) => api.post(`/carts/${id}/validate`, people, api.fleet.readOnlyKey)],
  ['no cart', 'validateCart', 404, (api) => api.post('/carts/999/validate', people)],
  [
    'a second validate',
    'validateCart',
    409,
    (api, id) => ordered(api, id).then(() => api.post(`/carts/${id}/validate`, people)),
  ],
  [
    'a server error',
    'validateCart',
    500,
    (api, id) => failing(api, 'validateCart').post(`/carts/${id}/validate`, people),
  ],
];

async function ordered(api: Api, id: number): Promise<void> {
  api.fleet.cockpit.validate(id);
}

function failing(api: Api, operation: SeedOperation): Api {
  api.fleet.faults.add({ operation, kind: 'server_error_before_commit' });
  return api;
}

it.each(cases)('answers %s (%s, %i) as the contract says', async (_, operation, status, ask) => {
  const api = await anApi();
  const id = await api.aCart();

  const answer = await ask(api, id);

  expect(answer.status).toBe(status);
  expectContract(operation, answer);
});

it.each([
  ['PatchCartBody', { order_items: [{ product_id: 131, delivery_country: 'FR', user_id: 12 }] }],
  ['PatchCartBody', { purchaser_id: 12, acquisition_mode: 'BUY' }],
  ['PatchCartBody', {}],
  ['PatchCartBody', { order_items: [] }],
  ['PatchCartBody', { order_items: [{ product_id: 131 }] }],
  ['PatchCartBody', { order_items: [{ product_id: 131, delivery_country: 33 }] }],
  ['PatchCartBody', { order_items: [{ product_id: 131, delivery_country: 'FR', quantity: 2 }] }],
  ['PatchCartBody', { purchaser_id: 11.5 }],
  ['PatchCartBody', { purchaser_id: null }],
  ['ValidateCartBody', { purchaser_id: 12 }],
  ['ValidateCartBody', { purchaser_id: '12' }],
  ['ValidateCartBody', { signatory_id: 21 }],
  ['ValidateCartBody', { purchaser_id: 12, signatory_id: 0 }],
  ['ValidateCartBody', { purchaser_id: 12, note: 'x' }],
])('accepts a %s exactly when its schema does: %j', async (definition, body) => {
  const api = await anApi();
  const id = await api.aCart();

  const answer = definition === 'PatchCartBody' ? await patch(body)(api, id) : await validate(body)(api, id);

  const isAllowed = (faultsOf(definition, body) as unknown[]).length === 0;
  expect(answer.status).toBe(isAllowed ? 200 : 400);
});
