import { expect, it } from 'vitest';
import { type Facts, firstSteps, type OrderFact, type Roles } from '../../demo/first-steps.ts';

const roles: Roles = { requester: 'ANNA', approver: 'CLARA', otherApprover: 'DAN' };
const nothing: Facts = { orders: [], cards: [], modals: [] };
const cart: OrderFact = { orderId: 42, purchaser: 'ANNA', clientStatus: null };
const order = (clientStatus: string): OrderFact => ({ ...cart, clientStatus });
const steps = (facts: Partial<Facts>) => firstSteps({ ...nothing, ...facts }, roles);

it('starts with Anna as requester, and suggests Clara as approver', () => {
  expect(steps({})).toEqual({
    done: { order: false, approve: false, ship: false },
    next: { move: 'order', orderId: null, requester: 'ANNA', approver: 'CLARA' },
  });
});

it('follows whoever opened the form instead of Anna', () => {
  const { next } = steps({ modals: [{ userId: 'BEN', shows: 'order_equipment' }] });

  expect(next).toMatchObject({ move: 'fill', requester: 'BEN' });
});

it('a cart is not an order yet: the next steps are to open it and send it', () => {
  expect(steps({ orders: [cart] }).next).toMatchObject({ move: 'open_cart', orderId: 42, requester: 'ANNA' });
  expect(steps({ orders: [cart], modals: [{ userId: 'ANNA', shows: 'your_cart' }] })).toMatchObject({
    done: { order: false },
    next: { move: 'send', orderId: 42 },
  });
});

it('an open form for a second device comes before sending the cart', () => {
  const { next } = steps({ orders: [cart], modals: [{ userId: 'ANNA', shows: 'order_equipment' }] });

  expect(next).toMatchObject({ move: 'fill', requester: 'ANNA', orderId: 42 });
});

it('the approver who was asked approves, not the one the guide suggested', () => {
  const facts = { orders: [cart], cards: [{ orderId: 42, approver: 'DAN', standing: 'waiting' as const }] };

  expect(steps(facts)).toEqual({
    done: { order: true, approve: false, ship: false },
    next: { move: 'approve', orderId: 42, requester: 'ANNA', approver: 'DAN' },
  });
});

it('never suggests that people approve their own request', () => {
  const { next } = steps({ modals: [{ userId: 'CLARA', shows: 'order_equipment' }] });

  expect(next).toMatchObject({ requester: 'CLARA', approver: 'DAN' });
});

it('waits while Fleet is asked, and counts it as approved only once Fleet has an order', () => {
  const cards = [{ orderId: 42, approver: 'CLARA', standing: 'sending' as const }];

  expect(steps({ orders: [cart], cards })).toMatchObject({ done: { approve: false }, next: { move: 'wait' } });
  expect(steps({ orders: [order('RECEIVED')], cards })).toMatchObject({
    done: { order: true, approve: true, ship: false },
    next: { move: 'ship', orderId: 42 },
  });
});

it('after a request is declined or withdrawn, the cart is next', () => {
  const cards = [{ orderId: 42, approver: 'CLARA', standing: 'over' as const }];

  expect(steps({ orders: [cart], cards })).toMatchObject({ done: { order: false }, next: { move: 'open_cart' } });
});

it('after a reassignment the new approver is asked', () => {
  const cards = [
    { orderId: 42, approver: 'DAN', standing: 'waiting' as const },
    { orderId: 42, approver: 'CLARA', standing: 'over' as const },
  ];

  expect(steps({ orders: [cart], cards }).next).toMatchObject({ move: 'approve', approver: 'DAN' });
});

it.each(['PROCESSING', 'SIGNING'])('%s is not shipped yet', (clientStatus) => {
  expect(steps({ orders: [order(clientStatus)] }).next).toMatchObject({ move: 'ship' });
});

it.each(['SHIPPED', 'RECEPTION_TO_CONFIRM', 'ONGOING_ORDER'])('%s: everything is done', (clientStatus) => {
  expect(steps({ orders: [order(clientStatus)] })).toEqual({
    done: { order: true, approve: true, ship: true },
    next: null,
  });
});

it('a cart whose purchaser is not in this Slack does not start the guide', () => {
  expect(steps({ orders: [{ ...cart, purchaser: null }] }).next).toMatchObject({ move: 'order', requester: 'ANNA' });
});
