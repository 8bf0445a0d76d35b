import type { AllMiddlewareArgs, BlockAction, BlockElementAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { SlackUserId, SlackViewId } from '../../domain/ids.ts';
import { isQuantity, settleChoice } from '../../domain/order/order-choice.ts';
import { MAX_QUANTITY } from '../../domain/order/order-form.ts';
import { type OrderPurpose, turnsAfter } from '../../domain/order/order-memory.ts';
import { fillOrderModal } from '../../presenters/order-form.ts';
import { orderFields } from '../../views/ids.ts';
import { noticeModal } from '../../views/notices.ts';
import { orderEquipmentTitle } from '../../views/order-equipment/order-equipment.ts';
import { readOrderMemory } from '../../views/order-equipment/order-equipment-metadata.ts';
import { unreadableFormText } from '../../views/order-equipment/order-equipment-notices.ts';
import { readOrderEquipment } from '../../views/order-equipment/order-equipment-read.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';
import { waitedFor } from '../waited-for.ts';

type Args = SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs;
type FormView = NonNullable<BlockAction['view']>;

/** A field of **Order equipment** changed: what depends on it is cleared, filled anew and priced. */
export function onOrderFormChange(deps: HandlerDeps) {
  return async ({ ack, body, action }: Args, tenant: Tenant): Promise<void> => {
    await ack();
    if (body.view === undefined) return;
    const slackUserId = body.user.id as SlackUserId;
    const acted = { view: body.view, quantity: typedQuantity(action), actionTs: action.action_ts, slackUserId };
    waitedFor(deps, tenant, 'bring Order equipment up to date', { body }, () => refill(tenant, acted));
  };
}

async function refill(
  tenant: Tenant,
  acted: {
    readonly view: FormView;
    /** Null: another field changed. */
    readonly quantity: number | null;
    readonly actionTs: string;
    readonly slackUserId: SlackUserId;
  },
): Promise<void> {
  const { view, quantity, actionTs, slackUserId } = acted;
  const { context, slack } = tenant;
  const viewId = view.id as SlackViewId;
  const memory = readOrderMemory(context.seal.open('modal', view.private_metadata));
  if (memory === null) {
    await slack.updateModal(viewId, noticeModal(orderEquipmentTitle, unreadableFormText));
    return;
  }
  const { stated, blockIds, odd } = readOrderEquipment(view);
  const { seen, choice } = settleChoice(memory.choice, stated);
  if (quantity !== null && cannotBeAdded(quantity, memory.purpose)) return;
  const screen = { seen, fields: new Set(blockIds.keys()), odd };
  await fillOrderModal(
    tenant,
    { viewId, hash: view.hash, turn: actionTs, isForm: true },
    {
      slackUserId,
      choice,
      memory: { purpose: memory.purpose, carry: memory.carry },
      turnsFor: (next) => turnsAfter(memory.turns, screen, next, actionTs.replace('.', '')),
    },
  );
}

/** Bolt's types do not know the number field. Not a number: it was emptied. */
function typedQuantity(action: BlockElementAction): number | null {
  if (action.action_id !== orderFields.quantity) return null;
  return 'value' in action && typeof action.value === 'string' ? Number(action.value) : Number.NaN;
}

/** There is no price of it, and a form that is drawn anew takes away what Slack says under the field about such a number. */
function cannotBeAdded(quantity: number, purpose: OrderPurpose): boolean {
  return !isQuantity(quantity, purpose.kind === 'add' ? MAX_QUANTITY : Number.POSITIVE_INFINITY);
}
