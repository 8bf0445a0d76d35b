import { expect, it } from 'vitest';
import type { RequestCard, RequestState } from '../../../src/domain/request/request.ts';
import { requestCard } from '../../../src/views/request/card.ts';
import { aRequest, states } from '../../../test/domain/a-request.ts';
import { readCard } from '../../demo/read-card.ts';

function read(state: RequestState, over: Partial<RequestCard> = {}) {
  const card = { request: aRequest({ state }), side: 'approver', buttonValue: 'signed', devices: [], ...over } as const;
  const { text, blocks } = requestCard(card);
  return readCard(text, blocks);
}

const standings = { pending: 'waiting', validating: 'sending', unconfirmed: 'sending' } as const;

it.each(Object.values(states))('reads the card of a request that is $kind', (state) => {
  const standing = (standings as Partial<Record<string, string>>)[state.kind] ?? 'over';

  expect(read(state)).toEqual({ orderId: 42, standing });
});

it('a reassigned card no longer counts as waiting', () => {
  expect(read({ kind: 'pending' }, { buttonValue: null })).toMatchObject({ standing: 'over' });
});

it("the requester's card and other messages are not read as approver cards", () => {
  expect(read({ kind: 'pending' }, { side: 'requester' })).toBeNull();
  expect(readCard('Ordered. Your order 42 (1 device) is with Fleet.', [])).toBeNull();
});
