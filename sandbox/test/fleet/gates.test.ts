import { expect, it } from 'vitest';
import { anApi, refused, screen } from './api.ts';

const people = { purchaser_id: 11, signatory_id: 21 };

it('makes two validates meet, and one of them wins', async () => {
  const { post, fleet, aCart } = await anApi();
  const id = await aCart();
  const gate = fleet.hold('validateCart');

  const both = Promise.all([post(`/carts/${id}/validate`, people), post(`/carts/${id}/validate`, people)]);
  await gate.arrived(2);
  expect(gate.waiting()).toBe(2);
  expect(fleet.validateCommits(id)).toBe(0);
  gate.release();

  expect((await both).map((answer) => answer.status).sort()).toEqual([200, 409]);
  expect(fleet.validateCommits(id)).toBe(1);
});

it('allows changes while a request waits at the gate', async () => {
  const { post, fleet, aCart } = await anApi();
  const id = await aCart();
  const gate = fleet.hold('validateCart');

  const late = post(`/carts/${id}/validate`, people);
  await gate.arrived();
  fleet.cockpit.validate(id);
  gate.release();

  expect(await late).toMatchObject(refused(409, 'ORDER_NOT_CART'));
});

it('can hold an answer after the commit', async () => {
  const { post, fleet, aCart } = await anApi();
  const id = await aCart();
  const gate = fleet.hold('validateCart', 'after_commit');

  const first = post(`/carts/${id}/validate`, people);
  await gate.arrived();
  expect(fleet.validateCommits(id)).toBe(1);
  gate.release();

  expect(await first).toMatchObject({ status: 200 });
});

it('lets one through at a time', async () => {
  const { post, fleet } = await anApi({ rules: { oneActiveCart: false } });
  const gate = fleet.hold('createCart');
  const cart = { purchaser_id: 11, order_items: [screen] };

  const both = [post('/carts', cart), post('/carts', cart)];
  await gate.arrived(2);
  gate.releaseOne();
  await Promise.race(both);

  expect(fleet.carts()).toHaveLength(1);
  expect(gate.waiting()).toBe(1);
  gate.release();
  await Promise.all(both);
  expect(fleet.carts()).toHaveLength(2);
});

it('stays open once released', async () => {
  const { get, fleet } = await anApi();

  fleet.hold('listUsers').release();

  expect(await get('/users')).toMatchObject({ status: 200 });
});

it('answers VALIDATE_CART_CONFLICT to a concurrent validate, if the rule says so', async () => {
  const { post, fleet, aCart } = await anApi({ rules: { concurrentValidate: 'conflict' } });
  const id = await aCart();
  const gate = fleet.hold('validateCart');

  const first = post(`/carts/${id}/validate`, people);
  await gate.arrived();
  const second = await post(`/carts/${id}/validate`, people);
  gate.release();

  expect(second).toMatchObject(refused(409, 'VALIDATE_CART_CONFLICT'));
  expect(await first).toMatchObject({ status: 200 });
  expect(await post(`/carts/${id}/validate`, people)).toMatchObject(refused(409, 'ORDER_NOT_CART'));
});

it('can close while requests hang or wait at a gate', async () => {
  const { get, fleet } = await anApi();
  const gate = fleet.hold('listUsers');
  fleet.faults.add({ operation: 'listCarts', kind: 'hang_before_commit' });

  const outcomes = Promise.allSettled([get('/users'), get('/carts')]);
  await gate.arrived();
  await fleet.close();

  expect((await outcomes)[1].status).toBe('rejected');
});
