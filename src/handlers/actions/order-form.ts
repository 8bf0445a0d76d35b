import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { SlackUserId, SlackViewId } from '../../domain/ids.ts';
import { settleChoice } from '../../domain/order/order-choice.ts';
import { turnsAfter } from '../../domain/order/order-memory.ts';
import { readOrderMemory } from '../../views/order-equipment/order-equipment-metadata.ts';
import { cannotOrderModal, unreadableFormText } from '../../views/order-equipment/order-equipment-notices.ts';
import { readOrderEquipment } from '../../views/order-equipment/order-equipment-read.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';
import { fillOrderModal } from '../fill-order-modal.ts';
import { waitedFor } from '../waited-for.ts';

type Args = SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs;
type FormView = NonNullable<BlockAction['view']>;

/** A field of **Order equipment** changed: what depends on it is cleared, filled anew and priced. */
export function onOrderFormChange(deps: HandlerDeps) {
  return async ({ ack, body, action }: Args, tenant: Tenant): Promise<void> => {
    await ack();
    if (body.view === undefined) return;
    const slackUserId = body.user.id as SlackUserId;
    const acted = { view: body.view, actionTs: action.action_ts, slackUserId };
    waitedFor(deps, tenant, 'bring Order equipment up to date', { body }, () => refill(deps, tenant, acted));
  };
}

async function refill(
  deps: HandlerDeps,
  tenant: Tenant,
  acted: { readonly view: FormView; readonly actionTs: string; readonly slackUserId: SlackUserId },
): Promise<void> {
  const { view, actionTs, slackUserId } = acted;
  const { context, slack } = tenant;
  const viewId = view.id as SlackViewId;
  const memory = readOrderMemory(context.seal.open('modal', view.private_metadata));
  if (memory === null) {
    await slack.updateModal(viewId, cannotOrderModal(unreadableFormText));
    return;
  }
  const { stated, blockIds, odd } = readOrderEquipment(view);
  const { seen, choice } = settleChoice(memory.choice, stated);
  const screen = { seen, fields: new Set(blockIds.keys()), odd };
  await fillOrderModal(
    deps,
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
