import type { OrderChoice } from '../domain/order/order-form.ts';
import type { FieldTurns, OrderMemory } from '../domain/order/order-memory.ts';
import { withTimeout } from '../domain/with-timeout.ts';
import type { OfferedForm } from '../services/order/fill-catalog.ts';
import type { FilledForm } from '../services/order/fill-order-form.ts';
import { withPrice } from '../services/order/with-price.ts';
import { signedOrderModal, withTroubleShown } from '../views/order-equipment/order-equipment.ts';
import type { Tenant } from './deps.ts';
import type { Draw } from './draw-modal.ts';
import { noFormModal } from './no-form-modal.ts';

/** A price that is kept already comes with the form; for any other the form does not wait. */
const PRICE_GRACE_MS = 150;

export interface Presenting {
  readonly tenant: Tenant;
  readonly draw: Draw;
  readonly memory: Omit<OrderMemory, 'choice' | 'turns'>;
  readonly turnsFor: (choice: OrderChoice) => FieldTurns;
}

export async function presentOrderForm(filled: FilledForm, presenting: Presenting): Promise<void> {
  const { tenant, draw } = presenting;
  if (filled.kind !== 'form') {
    await draw(noFormModal(tenant, filled));
    return;
  }
  const pricing = withPrice(tenant.context, filled);
  const soon = await withTimeout(tenant.context.sleep, PRICE_GRACE_MS, pricing);
  if (soon !== null) {
    await draw(view(soon, presenting));
    return;
  }
  const [isShown, priced] = await Promise.all([draw(view(filled, presenting)), pricing]);
  if (isShown) await draw(view(priced, presenting));
}

function view({ form, trouble }: OfferedForm, { tenant, memory, turnsFor }: Presenting) {
  return signedOrderModal(withTroubleShown(form, trouble), { ...memory, turns: turnsFor(form.choice) }, (text) =>
    tenant.context.seal.sign('modal', text),
  );
}
