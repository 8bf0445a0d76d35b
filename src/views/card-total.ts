import type { CartTotal } from '../domain/cart.ts';
import type { AcquisitionMode } from '../domain/fleet-words.ts';
import type { Money } from '../domain/order-line.ts';
import type { DeviceRequest } from '../domain/request.ts';
import { counted, money, price, priceUnknown } from './format.ts';

/** Plain text: made of amounts and currency codes only. Mode null: not known here, so nothing is said of month or once. */
export function totalText({ fleet, ours, unpriced }: CartTotal, mode: AcquisitionMode | null): string {
  const shown = (one: Money) => (mode === null ? money(one) : price(one, mode));
  const [only, ...others] = ours;
  if (fleet === null) {
    if (only === undefined) return priceUnknown;
    const without = unpriced === 0 ? '' : `, without ${counted(unpriced, 'device')} of unknown price`;
    return `${ours.map(shown).join(' + ')} (our sum${without})`;
  }
  const isOneSum = only !== undefined && others.length === 0 && unpriced === 0;
  return isOneSum && money(only) !== money(fleet) ? `${shown(fleet)} (our sum: ${shown(only)})` : shown(fleet);
}

/** Null after Redis was lost: Fleet does not give the mode back. */
export function modeOf(request: DeviceRequest): AcquisitionMode | null {
  return request.lines.length === 0 ? null : request.mode;
}
