import type { SlackUserId } from '../../domain/ids.ts';
import { noCarry } from '../../domain/order/order-memory.ts';
import { fillOrderModal } from '../../presenters/order-form.ts';
import { opening, openLoading } from '../../presenters/workspace.ts';
import { noticeModal } from '../../views/notices.ts';
import { orderEquipmentTitle } from '../../views/order-equipment/order-equipment.ts';
import { loadingText } from '../../views/order-equipment/order-equipment-notices.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';
import type { CommandArgs } from './command-args.ts';
import { decoded } from './command-text.ts';

const MOST_WORDS = 100;

/** `/fleet order [words]` */
export function onOrderCommand(deps: HandlerDeps) {
  return async ({ ack, body }: CommandArgs, tenant: Tenant, rest: string): Promise<void> => {
    await ack();
    await openOrderEquipment(deps, tenant, { body, slackUserId: body.user_id as SlackUserId, words: decoded(rest) });
  };
}

/** Opens at once; what takes longer is filled in afterwards. */
export async function openOrderEquipment(
  deps: HandlerDeps,
  tenant: Tenant,
  {
    body,
    slackUserId,
    words,
  }: { readonly body: { readonly trigger_id: string }; readonly slackUserId: SlackUserId; readonly words: string },
): Promise<void> {
  const opened = await openLoading(tenant, body, noticeModal(orderEquipmentTitle, loadingText));
  if (opened === null) return;
  const memory = { purpose: { kind: 'add' }, carry: { ...noCarry, words: words.slice(0, MOST_WORDS) } } as const;
  deps.inBackground(
    'fill Order equipment',
    fillOrderModal(tenant, { ...opened, turn: opening, isForm: false }, { slackUserId, choice: null, memory }),
  );
}
