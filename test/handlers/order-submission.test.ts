import { expect, it } from 'vitest';
import { stateAfterRender, withIds } from '../../sandbox/slack/elements.ts';
import { StoreUnavailable } from '../../src/domain/failures/failure.ts';
import type { HandlerWorkspace } from '../../src/handlers/listener.ts';
import { onOrderEquipment } from '../../src/handlers/order-form.ts';
import type { WorkspaceStore } from '../../src/store/store.ts';
import { pendingText } from '../../src/views/cart/modal.ts';
import { signedOrderModal } from '../../src/views/order-form/modal.ts';
import { aForm } from '../domain/an-order-form.ts';
import { BEN, cartWorld } from '../services/cart/cart-world.ts';
import { redisOfFile } from '../store/support/redis-for-tests.ts';

const { redis } = await redisOfFile();
const view = 'V1' as never;

/** The filled form is submitted; what Slack is answered. */
async function submitting(over: (store: WorkspaceStore) => Partial<WorkspaceStore> = () => ({})) {
  const { context, store } = await cartWorld(redis);
  const sign = (text: string) => context.seal.sign('modal', text);
  const carry = { approver: null, note: '', words: '' };
  const modal = signedOrderModal(aForm(), { purpose: { kind: 'add' }, turns: {}, carry }, sign);
  const blocks = withIds(modal.blocks as never, () => 'filler');
  const state = { values: stateAfterRender(blocks, {}) };
  // Nothing else of a workspace is used here.
  const used = { context: { ...context, store: { ...store, ...over(store) } }, relaySoon: () => {} };
  const workspace = used as unknown as HandlerWorkspace;
  const submit = async (): Promise<string> => {
    let answered = '';
    const ack = async (answer: object) => {
      answered = JSON.stringify(answer);
    };
    const submitted = { ...modal, blocks, state, id: view, hash: 'h1' };
    await onOrderEquipment({ ack, body: { user: { id: BEN } }, view: submitted } as never, workspace);
    return answered;
  };
  return { submit, store };
}

it('a change that is recorded is acknowledged as that, though its turn could not be claimed', async () => {
  const away = () => Promise.reject(new StoreUnavailable('Redis: Command timed out'));
  const { submit, store } = await submitting(() => ({ claimGeneration: away, claimNextGeneration: away }));

  expect(await submit()).toContain(pendingText);

  expect((await store.outbox(0)).map(({ work }) => work.kind)).toContain('change_cart');
});

it.each([
  ['behind', '1800000000.000100', '1800000009.000000'],
  ['ahead', '1600000000.000100', '1600000009.000000'],
])(
  'comes after every drawing of the form and before every later change, with our clock %s',
  async (_, drawn, later) => {
    const { submit, store } = await submitting();
    await store.claimGeneration(view, drawn);

    await submit();

    expect(await store.isCurrentGeneration(view, drawn)).toBe(false);
    expect(await store.claimGeneration(view, later)).toBe(true);
  },
);
