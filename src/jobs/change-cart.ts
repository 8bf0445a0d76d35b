import type { Work } from '../domain/work.ts';
import { showCartOutcome } from '../presenters/cart.ts';
import { changeCartInFleet } from '../services/cart/change-cart.ts';
import { yourCartTitle } from '../views/cart/your-cart.ts';
import { orderEquipmentTitle } from '../views/order-equipment/order-equipment.ts';
import type { JobTenant } from './job-tenant.ts';
import { carriedOut } from './outcome.ts';

type ChangeCart = Extract<Work, { kind: 'change_cart' }>;

export async function carryOutCartChange(work: ChangeCart, tenant: JobTenant): Promise<void> {
  const outcome = await changeCartInFleet(tenant.context, work);
  const title = 'choice' in work.change ? orderEquipmentTitle : yourCartTitle;
  await carriedOut(showCartOutcome(tenant, outcome, { ...work, title }));
}
