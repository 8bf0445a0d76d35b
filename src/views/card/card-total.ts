import type { CartTotal } from '../../domain/cart/cart.ts';
import { totalsDiffer } from '../../domain/cart/cart-total.ts';
import type { AcquisitionMode } from '../../domain/failures/fleet-words.ts';
import type { Money } from '../../domain/order/order-line.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import { counted, money, price, priceUnknown } from '../format.ts';

/** Plain text: made of amounts and currency codes only. Mode null: not known here, so nothing is said of month or once. */
export function totalText(total: CartTotal, mode: AcquisitionMode | null): string {
  const shown = (one: Money) => (mode === null ? money(one) : price(one, mode));
  if (total.fleet === null && total.ours.length === 0) return priceUnknown;
  const without = total.unpriced === 0 ? '' : `, without ${counted(total.unpriced, 'device')} of unknown price`;
  const ours = total.ours.map(shown).join(' + ');
  if (total.fleet === null) return `${ours} (our sum${without})`;
  // Both are shown where they contradict each other: it is the approver who has to know.
  return totalsDiffer(total) ? `${shown(total.fleet)} (our sum: ${ours}${without})` : shown(total.fleet);
}

/** Null after Redis was lost: Fleet does not give the mode back. */
export function modeOf(request: DeviceRequest): AcquisitionMode | null {
  return request.lines.length === 0 ? null : request.mode;
}
