import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { SlackUserId, SlackViewId } from '../../domain/ids.ts';
import { mostQuantity } from '../../domain/order/most-quantity.ts';
import { checkOrderChoice, settleChoice } from '../../domain/order/order-choice.ts';
import { MAX_QUANTITY, type OrderChoice } from '../../domain/order/order-form.ts';
import { editingOf, type OrderPurpose } from '../../domain/order/order-memory.ts';
import type { CartChange } from '../../domain/work.ts';
import { notAcceptedModal } from '../../presenters/cart.ts';
import { acceptCartChange } from '../../services/cart/accept-cart-work.ts';
import { noticeModal } from '../../views/notices.ts';
import { orderEquipmentTitle } from '../../views/order-equipment/order-equipment.ts';
import { readOrderMemory } from '../../views/order-equipment/order-equipment-metadata.ts';
import { addingModal, mistakeText, unreadableFormText } from '../../views/order-equipment/order-equipment-notices.ts';
import { type OrderReading, readOrderEquipment } from '../../views/order-equipment/order-equipment-read.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';

type Args = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

/** What can be checked here is a field error; everything else is recorded first and said by the job. */
export function onOrderEquipment(deps: HandlerDeps) {
  return async ({ ack, body, view }: Args, tenant: Tenant): Promise<void> => {
    const { context } = tenant;
    const memory = readOrderMemory(context.seal.open('modal', view.private_metadata));
    if (memory === null) {
      await ack({ response_action: 'update', view: noticeModal(orderEquipmentTitle, unreadableFormText) });
      return;
    }
    const reading = readOrderEquipment(view);
    const { choice } = settleChoice(memory.choice, reading.stated);
    const slackUserId = body.user.id as SlackUserId;
    const isMany = choice.quantity > MAX_QUANTITY && memory.purpose.kind !== 'add';
    const draft = isMany ? await context.store.draft(slackUserId) : null;
    const errors = fieldErrors(choice, reading, mostQuantity(draft, editingOf(memory.purpose)));
    if (Object.keys(errors).length > 0) {
      await ack({ response_action: 'errors', errors });
      return;
    }
    const submitted = { viewId: view.id as SlackViewId, hash: view.hash };
    const { carry, purpose } = memory;
    const change = changeOf(purpose, choice);
    const [accepted] = await Promise.all([
      acceptCartChange(context, { slackUserId, view: submitted, change, carry }),
      // From here on an older drawing of the form must not come back over the outcome. That it may is no reason to call
      // a change refused that is recorded.
      context.store.claimNextTurn(submitted.viewId).catch(() => {}),
    ]);
    const shown = accepted.kind === 'accepted' ? addingModal(purpose.kind) : notAcceptedModal(tenant, accepted, carry);
    await ack({ response_action: 'update', view: shown });
    deps.hurry();
  };
}

function fieldErrors(choice: OrderChoice, { blockIds }: OrderReading, most: number): Record<string, string> {
  const onScreen = new Set(blockIds.keys());
  const fallback = blockIds.get('product');
  const errors = [...checkOrderChoice(choice, onScreen, most)].flatMap(([field, mistake]) => {
    const blockId = blockIds.get(field) ?? fallback;
    return blockId === undefined ? [] : [[blockId, mistakeText(mistake, most)] as const];
  });
  return Object.fromEntries(errors);
}

function changeOf(purpose: OrderPurpose, choice: OrderChoice): CartChange {
  switch (purpose.kind) {
    case 'add':
      return { kind: 'add', choice };
    case 'edit':
      return { kind: 'edit', row: purpose.row, choice };
    case 'complete_found':
      return { kind: 'complete_found', productId: purpose.productId, choice };
    default:
      return purpose satisfies never;
  }
}
