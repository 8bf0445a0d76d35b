import type { BlockButtonAction } from '@slack/bolt';
import type { ModalView } from '../../domain/surfaces.ts';
import { tellWhoActed } from '../../presenters/workspace.ts';
import type { PressedSide } from '../../services/signature/card-value.ts';
import { findRequest } from '../../services/signature/find-request.ts';
import { couldNotOpenText, refusalText } from '../../views/card/decision-text.ts';
import { allLinesModal } from '../../views/cart/all-lines-modal.ts';
import { cardMetadata, cardPress, type PressArgs } from '../card-press.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';

/** Opens at once: the trigger lives three seconds. Whether the person may is checked when they submit. */
export function onOpenModal(side: PressedSide, view: (metadata: string) => ModalView) {
  return async (args: PressArgs, tenant: Tenant): Promise<void> => {
    await Promise.all([args.ack(), open(tenant, args.body, view(cardMetadata(tenant, cardPress(args, side))))]);
  };
}

/** **Show all devices**: for the two people of the request, whatever became of it. */
export function onShowAllLines(deps: HandlerDeps) {
  return async (args: PressArgs, tenant: Tenant): Promise<void> => {
    const press = cardPress(args, 'approver');
    const found = await findRequest(tenant.context, press);
    await args.ack();
    deps.hurry();
    if (!found.ok) return tellWhoActed(tenant, args.body, refusalText(found.refusal));
    const { requester, approver } = found.request;
    const isParty = [requester.slackUserId, approver.slackUserId].includes(press.slackUserId);
    if (!isParty) return tellWhoActed(tenant, args.body, refusalText({ kind: 'not_the_approver', approver }));
    await open(tenant, args.body, allLinesModal(found.request));
  };
}

async function open(tenant: Tenant, body: BlockButtonAction, view: ModalView): Promise<void> {
  const { slack } = tenant;
  const isInModal = body.view?.type === 'modal';
  const opened = await (isInModal ? slack.pushModal(body.trigger_id, view) : slack.openModal(body.trigger_id, view));
  if (!opened.ok) await tellWhoActed(tenant, body, couldNotOpenText);
}
