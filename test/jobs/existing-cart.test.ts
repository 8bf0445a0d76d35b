import { expect, it } from 'vitest';
import { cartModal } from '../../src/presenters/cart.ts';
import type { ServiceContext } from '../../src/services/context.ts';
import { readCartMemory, readYourCart } from '../../src/views/cart/modal.ts';
import { readOrderMemory } from '../../src/views/order-form/read.ts';
import { clara } from '../domain/a-request.ts';
import { aChoice } from '../domain/an-order-form.ts';

// Only the seal is used, and it writes what it is given.
const context = { seal: { signModal: (_of: unknown, text: string) => text } } as unknown as ServiceContext;

it('a cart that exists already keeps Approver and Note for whoever replaces its contents', async () => {
  const carry = { approver: clara.slackUserId, note: '"Please"\n'.repeat(50), words: 'mac' };
  const screen = {
    ...{ kind: 'exists', fleetOrderId: 42 as never, holds: [], choice: aChoice() },
    total: { fleet: null, ours: [], unpriced: 0 },
  } as const;
  const outcome = { kind: 'screen', screen, trouble: null, news: null, repriced: false } as never;

  const { private_metadata: metadata = '' } = await cartModal(context, outcome, {
    slackUserId: clara.slackUserId,
    carry,
  });

  const memory = readCartMemory(metadata);
  if (memory === null) throw new Error('the modal cannot be read');
  expect(readYourCart({ state: { values: {} } }, memory).carry).toEqual(carry);
  expect(readOrderMemory(memory.existing?.order ?? null)?.choice).toEqual(aChoice());
  expect(metadata.length).toBeLessThan(2800);
});
