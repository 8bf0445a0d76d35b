import { FleetProductId, parseFleetId } from '../../domain/ids.ts';
import type { OrderChoice } from '../../domain/order/order-form.ts';
import { type OrderPurpose, turnsOfNewForm } from '../../domain/order/order-memory.ts';
import { showCart } from '../../presenters/cart.ts';
import { fillOrderModal } from '../../presenters/order-form.ts';
import { choiceOfFound, choiceOfRow } from '../../services/order/line-choice.ts';
import { type CartPress, onCartPress } from '../cart-press.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';
import { waitedFor, waitingInCart } from '../waited-for.ts';

/** **Add another device**: the form takes the cart's place and keeps Approver and Note. */
export function onAddDevice(deps: HandlerDeps) {
  return onCartPress(async (press, { ack, body }, tenant) => {
    await ack();
    waitedFor(deps, tenant, 'fill Order equipment', waitingInCart(press.viewId, body), () =>
      fillForm(tenant, press, { purpose: { kind: 'add' }, choice: null }),
    );
  });
}

export function onEditRow(deps: HandlerDeps) {
  return onCartPress(async (press, { ack, body }, tenant) => {
    await ack();
    const edit = async () => {
      const choice = await choiceOfRow(tenant.context, press.slackUserId, press.value);
      await formOrCart(tenant, press, { purpose: { kind: 'edit', row: press.value }, choice });
    };
    waitedFor(deps, tenant, 'edit a row', waitingInCart(press.viewId, body), edit);
  });
}

/** What Fleet does not return (country, keyboard, person, address, mode) is asked for. */
export function onCompleteFound(deps: HandlerDeps) {
  return onCartPress(async (press, { ack, body }, tenant) => {
    await ack();
    const complete = async () => {
      const productId = parseFleetId(FleetProductId, press.value);
      if (productId === null) return showCart(tenant, press.viewId, press);
      const choice = await choiceOfFound(tenant.context, press.slackUserId, productId);
      await formOrCart(tenant, press, { purpose: { kind: 'complete_found', productId }, choice });
    };
    waitedFor(deps, tenant, 'complete a device', waitingInCart(press.viewId, body), complete);
  });
}

interface Wanted {
  readonly purpose: OrderPurpose;
  readonly choice: OrderChoice | null;
}

/** Without a choice the row is gone meanwhile: the cart as it is now says so best. */
async function formOrCart(tenant: Tenant, press: CartPress, wanted: Wanted): Promise<void> {
  if (wanted.choice === null) await showCart(tenant, press.viewId, press);
  else await fillForm(tenant, press, wanted);
}

async function fillForm(
  tenant: Tenant,
  { slackUserId, viewId, hash, turn, carry }: CartPress,
  { purpose, choice }: Wanted,
): Promise<void> {
  await tenant.context.store.claimTurn(viewId, turn);
  const modal = { viewId, hash, turn, isForm: false };
  await fillOrderModal(tenant, modal, {
    slackUserId,
    choice,
    memory: { purpose, carry: { ...carry, words: '' } },
    turnsFor: () => turnsOfNewForm(turn.replace('.', '')),
  });
}
