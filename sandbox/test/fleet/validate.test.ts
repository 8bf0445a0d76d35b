import { expect, it } from 'vitest';
import { anApi, refused } from './api.ts';

const people = { purchaser_id: 11, signatory_id: 21 };

it('turns a cart into an order once, and records who signed', async () => {
  const { post, fleet, aCart } = await anApi({ now: () => 1_800_000_000_000 });
  const id = await aCart();

  const first = await post(`/carts/${id}/validate`, people);
  const second = await post(`/carts/${id}/validate`, people);

  expect(first).toMatchObject({ status: 200, body: { data: { order_id: id, client_status: 'BEING_PROCESSED' } } });
  expect(second).toMatchObject(refused(409, 'ORDER_NOT_CART'));
  expect(fleet.validateCommits(id)).toBe(1);
  expect(fleet.orders()).toMatchObject([{ id, lines: [{}, {}, {}, {}] }]);
  expect(fleet.order(id)?.validations).toEqual([
    { at: 1_800_000_000_000, by: 'api', purchaserId: 11, signatoryId: 21, signatoryWasNamed: true },
  ]);
});

it('uses the purchaser as signatory when none is named, and records that', async () => {
  const { post, fleet, aCart } = await anApi();
  const id = await aCart();

  await post(`/carts/${id}/validate`, { purchaser_id: 11 });

  expect(fleet.order(id)?.validations).toMatchObject([{ signatoryId: 11, signatoryWasNamed: false }]);
});

it('commits again if the rule allows it', async () => {
  const { post, fleet, aCart } = await anApi({ rules: { secondValidate: 'again' } });
  const id = await aCart();

  await post(`/carts/${id}/validate`, people);
  const second = await post(`/carts/${id}/validate`, people);

  expect(second.status).toBe(200);
  expect(fleet.validateCommits(id)).toBe(2);
});

it.each([
  ['no purchaser', { signatory_id: 21 }, 'body.purchaser_id is required'],
  ['an unknown purchaser', { purchaser_id: 999, signatory_id: 21 }, 'INVALID_PURCHASER'],
  ['an unknown signatory', { purchaser_id: 11, signatory_id: 999 }, 'INVALID_USER'],
  ['a null signatory', { purchaser_id: 11, signatory_id: null }, 'body.signatory_id must be an integer > 0'],
  ['an unknown field', { ...people, approve: true }, 'body.approve is not a known field'],
])('refuses %s', async (_, body, error) => {
  const { post, aCart, fleet } = await anApi();
  const id = await aCart();

  expect(await post(`/carts/${id}/validate`, body)).toMatchObject(refused(400, error));
  expect(fleet.validateCommits(id)).toBe(0);
});

it('refuses an empty cart, a missing payment method and a removed signatory, until they are fixed', async () => {
  const { post, fleet, aCart } = await anApi();
  const id = await aCart();
  const validate = () => post(`/carts/${id}/validate`, people);

  for (let index = 0; index < 4; index += 1) fleet.cockpit.removeLine(id);
  expect(await validate()).toMatchObject(refused(400, 'VALIDATE_CART_NO_DEVICES'));
  fleet.cockpit.addLine(id, { productId: 131 });
  fleet.cockpit.removePaymentMethod();
  expect(await validate()).toMatchObject(refused(400, 'PAYMENT_METHOD_REQUIRED'));
  fleet.cockpit.addPaymentMethod();
  fleet.cockpit.removeUser(21);
  expect(await validate()).toMatchObject(refused(400, 'INVALID_USER'));
  expect(await post(`/carts/${id}/validate`, { purchaser_id: 11, signatory_id: 22 })).toMatchObject({ status: 200 });
});

it('answers with the code for each conflict', async () => {
  const { post, fleet, aCart } = await anApi();
  const locked = await aCart(11);
  const archived = await aCart(12);
  fleet.cockpit.lockCart(locked);
  fleet.cockpit.setStatus(archived, 'ARCHIVED');

  expect(await post(`/carts/${locked}/validate`, people)).toMatchObject(refused(409, 'VALIDATE_CART_CONFLICT'));
  expect(await post(`/carts/${archived}/validate`, people)).toMatchObject(
    refused(409, 'ORDER_STATUS_TRANSITION_FORBIDDEN'),
  );
  expect(await post('/carts/999/validate', people)).toMatchObject(refused(404, 'CART_NOT_FOUND'));
  fleet.cockpit.unlockCart(locked);
  expect(await post(`/carts/${locked}/validate`, people)).toMatchObject({ status: 200 });
});

it('does not count a validate in the cockpit', async () => {
  const { post, fleet, aCart } = await anApi();
  const id = await aCart();

  fleet.cockpit.validate(id, { signatoryId: 22 });

  expect(await post(`/carts/${id}/validate`, people)).toMatchObject(refused(409, 'ORDER_NOT_CART'));
  expect(fleet.validateCommits(id)).toBe(0);
  expect(fleet.orders()).toMatchObject([{ id, validations: [{ by: 'cockpit', signatoryId: 22 }] }]);
});
