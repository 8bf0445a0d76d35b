import type { Work } from '../domain/work.ts';
import { changeCartInFleet } from '../services/change-cart.ts';
import { waitingModal } from '../views/cart-waiting.ts';
import { orderEquipmentTitle } from '../views/order-equipment.ts';
import { yourCartTitle } from '../views/your-cart.ts';
import type { JobTenant } from './job-tenant.ts';
import { showCartOutcome } from './show-cart-outcome.ts';

type ChangeCart = Extract<Work, { kind: 'change_cart' }>;

export async function carryOutCartChange(work: ChangeCart, tenant: JobTenant): Promise<void> {
  const outcome = await changeCartInFleet(tenant.context, work);
  const title = 'choice' in work.change ? orderEquipmentTitle : yourCartTitle;
  await showCartOutcome(tenant, outcome, { ...work, waiting: (why) => waitingModal(title, why) });
}
