import { answerPress } from '../../presenters/card.ts';
import type { CardPress } from '../../services/signature/card-value.ts';
import { withdrawFromCard } from '../../services/signature/decide.ts';
import { pressApprove } from '../../services/signature/press-approve.ts';
import { remindApprover } from '../../services/signature/remind-approver.ts';
import type { Settled } from '../../services/signature/settle-request.ts';
import { acceptedText, refusalText, remindedText } from '../../views/card/decision-text.ts';
import { cardPress, type PressArgs } from '../card-press.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';

export function onApprove(deps: HandlerDeps) {
  return async (args: PressArgs, tenant: Tenant): Promise<void> => {
    const press = cardPress(args, 'approver');
    const outcome = await pressApprove(tenant.context, press);
    await finish(deps, args, tenant, outcome, shownOnCard(press, acceptedText.approved));
  };
}

export function onWithdraw(deps: HandlerDeps) {
  return async (args: PressArgs, tenant: Tenant): Promise<void> => {
    const press = cardPress(args, 'requester');
    const outcome = await withdrawFromCard(tenant.context, press);
    await finish(deps, args, tenant, outcome, shownOnCard(press, acceptedText.withdrawn));
  };
}

export function onRemind(deps: HandlerDeps) {
  return async (args: PressArgs, tenant: Tenant): Promise<void> => {
    const outcome = await remindApprover(tenant.context, cardPress(args, 'requester'));
    await finish(deps, args, tenant, outcome, outcome.ok ? remindedText(outcome.request) : null);
  };
}

/** A card that stays says itself that it was pressed; elsewhere the person is told. */
function shownOnCard(press: CardPress, text: string): string | null {
  return press.copy === null ? text : null;
}

/** Recorded by now, or refused: acknowledge, hand the work over, and answer whoever the card itself does not. */
async function finish(
  deps: HandlerDeps,
  { ack, body }: PressArgs,
  tenant: Tenant,
  outcome: Settled,
  accepted: string | null,
): Promise<void> {
  await ack();
  deps.hurry();
  await answerPress(tenant, body, outcome, outcome.ok ? accepted : refusalText(outcome.refusal));
}
